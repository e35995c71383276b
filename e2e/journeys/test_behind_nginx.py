"""Behind nginx: as docs/deploy.md has it, and as it is by itself."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from e2e.barriers import finds_nothing
from e2e.nginx import Nginx, documented
from e2e.pages.admin import Admin
from e2e.pages.console import Console
from e2e.pages.customer import Customer
from e2e.people import ADMINISTRATOR, People
from e2e.servers import PASSWORD, Server

SITE, BELOW = documented(0), documented(1)
PLAIN = "location / { proxy_pass http://127.0.0.1:8000; }"
NO_UPGRADE = "location / { proxy_pass http://127.0.0.1:8000; proxy_set_header Host $http_host; }"
UPGRADES = (
    "proxy_http_version 1.1;",
    "proxy_set_header Upgrade $http_upgrade;",
    'proxy_set_header Connection "upgrade";',
)
ONLY_UPGRADE = (
    f"location / {{ proxy_pass http://127.0.0.1:8000; proxy_set_header Host $http_host; {' '.join(UPGRADES)} }}"
)
LOGO = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGD4DwABBAEAX+XDSwAAAABJRU5ErkJg"
    "gg=="
)

Started = Callable[..., Server]


@pytest.fixture
def started(app: Path, staff: Path, tmp_path: Path) -> Iterator[Started]:
    """Starts a server with these settings."""
    servers = []

    def start(**settings: object) -> Server:
        data = tmp_path / "data"
        shutil.copytree(staff, data)
        server = Server(app, data, {"logo": LOGO, "colour": "#8a1c5c"}, **settings)
        servers.append(server)
        server.start()
        return server

    yield start
    for server in servers:
        server.kill()


def visitor(people: People) -> BrowserContext:
    """A browser that takes the certificate of the test."""
    return people.context(ignore_https_errors=True, viewport={"width": 1440, "height": 900})


def typed_in(people: People, url: str, name: str) -> Console:
    """A representative who signs in with the keyboard, and takes customers."""
    console = Console(visitor(people).new_page(), url, name)
    console.open()
    expect(console.name_box).to_be_focused()
    console.page.keyboard.type(name, delay=30)
    console.page.keyboard.press("Tab")
    console.page.keyboard.type(PASSWORD, delay=30)
    console.page.keyboard.press("Enter")
    console.is_available()
    return console


@pytest.mark.parametrize(
    ("block", "path", "said"),
    [
        pytest.param(SITE, "", {}, id="at-the-root"),
        pytest.param(BELOW, "/help", {"path": "/help/"}, id="below-a-path"),
        pytest.param(
            BELOW.replace("127.0.0.1:8000;", "127.0.0.1:8000/;"), "/help", {"path": "help"}, id="path-taken-away"
        ),
    ],
)
def test_a_whole_session_works_as_documented(
    people: People, started: Started, tmp_path: Path, block: str, path: str, said: dict[str, object]
) -> None:
    server = started(trusted_proxies="127.0.0.1", **said)
    with Nginx(tmp_path / "nginx", server.url.removesuffix(path), block) as nginx:
        url = nginx.url + path
        console = typed_in(people, url, "Riley")
        cookies = console.page.context.cookies()
        assert cookies
        for cookie in cookies:
            assert cookie["path"] == path + "/" and cookie["secure"] and cookie["httpOnly"]

        console.page.get_by_role("button", name="Create session key").click()
        link = console.page.get_by_role("textbox", name="Link with the key").input_value()
        assert link.startswith(f"{url}/?key=")
        page = visitor(people).new_page()
        page.goto(link)
        customer = Customer(page, url, "Casey")
        expect(customer.key).to_have_value(link.rpartition("=")[2])
        expect(page).to_have_url(url + "/")
        logo = page.locator("img.logo")
        expect(logo).to_be_visible()
        assert logo.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1
        customer.name_box.press_sequentially("Casey", delay=30)
        customer.start_chat.click()
        customer.not_now.click()
        console.accept("Casey")
        customer.is_joined()
        console.is_joined()
        customer.talk.say("Is it the router?")
        console.talk.has("Is it the router?")
        page.reload()
        customer.is_joined()
        console.page.reload()
        console.talk.has("Is it the router?")
        console.talk.say("It is")
        customer.talk.has("Is it the router?", "It is")
        customer.talk.offer({"name": "log.txt", "mimeType": "text/plain", "buffer": b"nothing " * 5000})
        console.page.get_by_role("button", name="Accept file").click()
        console.talk.file("log.txt").is_said("received and checked")
        customer.press_end()
        expect(page.get_by_role("button", name="Download transcript")).to_be_visible()

        admin = Admin(visitor(people).new_page(), url, ADMINISTRATOR)
        admin.come_in(PASSWORD)
        expect(admin.preview.get_by_role("button", name="Start chat")).to_be_visible()
        admin.page.get_by_role("link", name="Desk", exact=True).click()
        expect(admin.page).to_have_url(url + "/console")
        Console(admin.page, url, ADMINISTRATOR).is_available()

        script = admin.page.context.request.get(url + "/embed.js")
        assert script.ok and "javascript" in script.headers["content-type"]
        if path:
            page.goto(nginx.url + path)
            expect(page).to_have_url(url + "/")
        # Nothing had to be said to whoever looks after the server.
        assert not server.has_printed('"wrong_origin"|"web_socket_lost"|"proxy_not_trusted"')


def advice(server: Server, event: str) -> str:
    """What the server has logged about it."""
    line = server.printed(rf'(\{{[^\n]*"event": "{event}"[^\n]*\}})\n')
    return str(json.loads(line)["advice"])


def test_with_the_defaults_of_nginx_everybody_is_told_what_is_the_matter(
    people: People, started: Started, tmp_path: Path
) -> None:
    server = started()
    people.forgive("Failed to load")
    with Nginx(tmp_path / "nginx", server.url, PLAIN, tls=False) as nginx:
        console = Console(people.context(locale="en-GB").new_page(), nginx.url, "Riley")
        console.open()
        console.name_box.press_sequentially("Riley", delay=30)
        console.password_box.press_sequentially(PASSWORD, delay=30)
        console.password_box.press("Enter")
        expect(console.talk.problem).to_contain_text("Your name and password were not looked at")
        expect(console.page.get_by_text("proxy_set_header Host $http_host;")).to_be_visible()
        expect(console.password_box).to_have_value(PASSWORD)
        assert "proxy_set_header Host $http_host;" in advice(server, "wrong_origin")

        customer = Customer(people.context(locale="en-GB").new_page(), nginx.url, "Casey")
        customer.send_form()
        expect(customer.talk.problem).to_contain_text("The company’s website is not set up correctly for chat")
        expect(customer.talk.problem).not_to_contain_text("Check your internet")
        expect(customer.page.get_by_text("For whoever looks after this website:")).to_be_visible()
        for line in ("proxy_set_header Host $http_host;", *UPGRADES):
            expect(customer.page.get_by_text(line)).to_be_visible()
        finds_nothing(customer.page, "portal behind a proxy")
        expect(customer.name_box).to_have_value("Casey")
        assert advice(server, "web_socket_lost").endswith(" ".join(UPGRADES))

        # Somebody follows the advice: whoever waits is let in, without loading anything anew.
        nginx.stop()
        nginx.configure(ONLY_UPGRADE)
        nginx.start()
        expect(customer.not_now).to_be_visible()
        console.password_box.press("Enter")
        console.is_available()


def test_without_upgrade_the_desk_says_so_until_it_works(people: People, started: Started, tmp_path: Path) -> None:
    server = started()
    with Nginx(tmp_path / "nginx", server.url, NO_UPGRADE, tls=False) as nginx:
        console = Console(people.context(locale="en-GB").new_page(), nginx.url, "Riley")
        console.open()
        console.name_box.fill("Riley")
        console.password_box.fill(PASSWORD)
        console.sign_in.click()
        expect(console.page.get_by_role("heading", name="The desk cannot connect")).to_be_visible()
        for line in UPGRADES:
            expect(console.page.get_by_text(line)).to_be_visible()
        nginx.stop()
        nginx.configure(ONLY_UPGRADE)
        nginx.start()
        console.is_available()


def test_a_proxy_that_refuses_web_sockets_itself_is_told_from_no_internet(
    people: People, started: Started, tmp_path: Path
) -> None:
    server = started()
    with Nginx(
        tmp_path / "nginx", server.url, "location = /signaling { return 403; } " + NO_UPGRADE, tls=False
    ) as nginx:
        customer = Customer(people.context(locale="en-GB").new_page(), nginx.url, "Casey")
        customer.open()
        customer.name_box.press_sequentially("Casey", delay=30)
        customer.name_box.press("Enter")
        expect(customer.talk.problem).to_contain_text("A company network, a VPN or a security program may hold it back")
        expect(customer.talk.problem).not_to_contain_text("Check your internet")
        console = Console(people.context(locale="en-GB").new_page(), nginx.url, "Riley")
        console.open()
        console.name_box.fill("Riley")
        console.password_box.fill(PASSWORD)
        console.sign_in.click()
        expect(console.page.get_by_role("heading", name="The desk cannot connect")).to_be_visible()
        for page in (customer.page, console.page):
            for line in UPGRADES:
                expect(page.get_by_text(line)).to_be_visible()
        nginx.stop()
        nginx.configure(ONLY_UPGRADE)
        nginx.start()
        expect(customer.not_now).to_be_visible()
        console.is_available()


@pytest.mark.parametrize(
    ("said", "without", "lines"),
    [
        ({}, "", ["DESKSIDE_TRUSTED_PROXIES=127.0.0.1"]),
        ({"trusted_proxies": "127.0.0.1"}, "X-Forwarded-Proto", ["proxy_set_header X-Forwarded-Proto $scheme;"]),
    ],
)
def test_tls_that_ends_before_the_server_is_told_apart_from_a_wrong_password(
    people: People, started: Started, tmp_path: Path, said: dict[str, object], without: str, lines: list[str]
) -> None:
    server = started(**said)
    block = "".join(line for line in SITE.splitlines(keepends=True) if not without or without not in line)
    with Nginx(tmp_path / "nginx", server.url, block) as nginx:
        page = visitor(people).new_page()
        for path in ("/console", "/admin"):
            page.goto(nginx.url + path)
            door = Console(page, nginx.url, ADMINISTRATOR)
            door.name_box.fill(ADMINISTRATOR)
            door.password_box.fill(PASSWORD)
            door.sign_in.click()
            expect(door.talk.problem).to_contain_text("Your name and password were not looked at")
            expect(page.locator("pre")).to_have_text("\n".join(lines))
        customer = Customer(visitor(people).new_page(), nginx.url, "Casey")
        customer.send_form()
        expect(customer.talk.problem).to_contain_text("not set up correctly for chat")
        expect(customer.page.locator("pre")).to_have_text("\n".join(lines))
        assert advice(server, "wrong_origin").endswith(f": {' '.join(lines)}")


def test_settings_that_are_too_large_for_the_proxy_are_kept_and_the_line_is_named(
    people: People, started: Started, tmp_path: Path
) -> None:
    server = started(trusted_proxies="127.0.0.1")
    with Nginx(
        tmp_path / "nginx", server.url, SITE.replace("client_max_body_size 5m", "client_max_body_size 200")
    ) as nginx:
        admin = Admin(visitor(people).new_page(), nginx.url, ADMINISTRATOR)
        admin.come_in(PASSWORD)
        admin.fill("Company name", "Alder & Finch")
        admin.save_button.click()
        expect(admin.problem).to_contain_text("A proxy in front of the server")
        expect(admin.page.get_by_text("client_max_body_size 5m;")).to_be_visible()
        expect(admin.field("Company name")).to_have_value("Alder & Finch")
