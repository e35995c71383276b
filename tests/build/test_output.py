"""The folder that is built can be served by any static host, for ever, without any other host."""

import base64
import gzip
import hashlib
import json
import re
from pathlib import Path

import brotli
import pytest

from deskside_build import pyscript
from signaling.static_app import content_security_policy

from .references import read

WEB = Path(__file__).parents[2] / "web"
LANGUAGES = ("en", "de", "ar")
PAGES = tuple(
    name + suffix for name in ("index", "console", "admin", "compat") for suffix in (".html", ".de.html", ".ar.html")
)
PACKED = (".br", ".gz")
# Names that are never fetched: of vocabularies, in the text that MicroPython's `help()` prints, and in examples.
NOT_FETCHED = {"www.w3.org", "docs.micropython.org", "example.com", "www.example.com"}


def files(app: Path) -> list[Path]:
    """Every file that is no compressed form of another."""
    return [path for path in sorted(app.rglob("*")) if path.is_file() and path.suffix not in PACKED]


def test_only_what_people_and_browsers_ask_for_by_name_keeps_it(app: Path) -> None:
    names = {path.name for path in app.iterdir() if path.suffix not in PACKED}
    assert names == {*PAGES, "sw.js", "embed.js", "licenses.txt", "assets"}


def test_the_authors_of_what_the_app_carries_are_named(app: Path) -> None:
    text = (app / "licenses.txt").read_text(encoding="utf-8")
    for name in (
        "@pyscript/core 0.7.31, APACHE-2.0",
        "polyscript",
        "reflected-ffi",
        "micropython",
        "brython",
        "lucide",
    ):
        assert name in text


def test_the_name_of_an_asset_holds_the_digest_of_its_content(app: Path) -> None:
    for path in (app / "assets").iterdir():
        digest = re.search(r"-([0-9a-f]{12})\b", path.name)
        assert digest, path
        if path.is_file() and path.suffix not in PACKED:
            assert hashlib.sha256(path.read_bytes()).hexdigest().startswith(digest[1]), path


@pytest.mark.parametrize("page", PAGES)
def test_every_reference_of_a_page_resolves(app: Path, page: str) -> None:
    found = read(app / page)
    assert {url for url in found.all if not (app / url).is_file()} == set()


def test_every_asset_is_referred_to(app: Path) -> None:
    named = {url for page in PAGES for url in read(app / page).all}
    # The interpreter finds its WebAssembly beside itself.
    assert {str(path.relative_to(app)) for path in files(app / "assets")} == {
        url for url in named if url.startswith("assets/")
    }


def test_pyscript_comes_without_what_no_page_uses(app: Path) -> None:
    (path,) = (app / "assets").glob("pyscript-*.js")
    script = path.read_text(encoding="utf-8")
    assert "jsffi" in script
    # Pyodide, its plugins and the Python library that every page would write and import at its start.
    for left_out in ("pyodide.mjs", "micropip", "pyscript.websocket", 'import("./'):
        assert left_out not in script


def test_pyscript_that_has_changed_is_not_bundled_by_halves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(pyscript.LEFT_OUT, "polyscript/esm/interpreter/renamed.js", "")
    with pytest.raises(RuntimeError, match=r"renamed\.js"):
        pyscript.bundle(WEB, tmp_path)


def test_the_compressed_forms_are_the_same_files(app: Path) -> None:
    compressed = 0
    for path in files(app):
        packed = {suffix: path.with_name(path.name + suffix) for suffix in PACKED}
        if path.suffix in (".html", ".js", ".mjs", ".css", ".json", ".svg", ".wasm"):
            assert gzip.decompress(packed[".gz"].read_bytes()) == path.read_bytes()
            assert brotli.decompress(packed[".br"].read_bytes()) == path.read_bytes()
            compressed += 1
    assert compressed > len(PAGES)


def test_no_file_names_another_host(app: Path) -> None:
    for path in files(app):
        if path.name == "licenses.txt":
            continue
        hosts = set(re.findall(rb"(?:https?|wss?)://([A-Za-z0-9.-]+\.[A-Za-z]{2,})", path.read_bytes()))
        assert {host.decode() for host in hosts} <= NOT_FETCHED, path


def test_nothing_of_a_page_needs_the_policy_to_allow_every_inline_script_or_style(app: Path) -> None:
    for page in PAGES:
        text = (app / page).read_text(encoding="utf-8")
        inline = re.findall(r"<script(?![^>]* src=)([^>]*)>", text)
        assert all('type="application/json"' in attributes or 'type="mpy"' in attributes for attributes in inline), page
        assert not re.search(r"\sstyle=|\son[a-z]+=", text), page
        # The policy names the one style by its digest.
        (style,) = re.findall(r"<style>(.*?)</style>", text)
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        assert f"style-src 'self' 'sha256-{digest}';" in content_security_policy(page)


@pytest.mark.parametrize(
    ("page", "most"), [("index.html", 240_000), ("index.ar.html", 240_000), ("compat.html", 300_000)]
)
def test_the_customer_page_is_usable_after_few_bytes(app: Path, page: str, most: int) -> None:
    chain = {app / page, *(app / url for url in read(app / page).first)}
    assert sum(path.with_name(path.name + ".br").stat().st_size for path in chain) <= most


def test_the_portal_stands_in_the_page_before_python_runs(app: Path) -> None:
    text = (app / "index.html").read_text(encoding="utf-8")
    assert '<html lang="en"' in text
    assert "<main" in text
    assert '<label for="name">Your name</label>' in text
    assert "Start chat" in text
    assert re.search(r"<noscript>.*This page needs JavaScript", text)


@pytest.mark.parametrize(
    ("page", "language", "direction", "button"),
    [
        ("index.html", "en", "ltr", "Start chat"),
        ("index.de.html", "de", "ltr", "Chat starten"),
        ("index.ar.html", "ar", "rtl", "بدء المحادثة"),
        ("compat.ar.html", "ar", "rtl", "بدء المحادثة"),
    ],
)
def test_a_page_says_everything_in_its_language(
    app: Path, page: str, language: str, direction: str, button: str
) -> None:
    text = (app / page).read_text(encoding="utf-8")
    assert f'<html lang="{language}" dir="{direction}"' in text
    assert button in text


def test_a_page_knows_itself_in_every_language_and_the_texts_of_each(app: Path) -> None:
    for page in ("index", "console", "compat"):
        for own in LANGUAGES:
            name = page + ".html" if own == "en" else f"{page}.{own}.html"
            text = (app / name).read_text(encoding="utf-8")
            found = re.search(r'id="deskside-assets">(.*?)</script>', text)
            assert found
            assets = json.loads(found[1])
            for language in LANGUAGES:
                assert assets[f"page.{language}"].startswith(page + ".")
                texts = json.loads((app / assets[f"modules.texts.{language}"]).read_text(encoding="utf-8"))["texts"]
                assert list(texts) == [language]
                assert texts[language]["composer.send"]
            first = json.loads((app / assets["modules.first"]).read_text(encoding="utf-8"))["texts"]
            assert list(first) == [own]


def test_a_browser_without_webassembly_is_sent_to_the_page_of_its_language(app: Path) -> None:
    for language in ("de", "ar"):
        assert f'data-fallback="compat.{language}.html"' in (app / f"index.{language}.html").read_text(encoding="utf-8")


def test_a_page_holds_every_icon_that_its_views_name(app: Path) -> None:
    for page, packages in (("index.html", ("customer",)), ("console.html", ("console",))):
        known = set(re.findall(r'<symbol id="icon-([\w-]+)"', (app / page).read_text(encoding="utf-8")))
        for package in ("views", *packages):
            for path in (WEB / "deskside" / "ui" / package).glob("*.py"):
                named = set(re.findall(r'\bicon\("([\w-]+)"\)', path.read_text(encoding="utf-8")))
                assert named <= known, path


def test_the_lock_file_pins_every_package_and_names_no_host() -> None:
    text = (WEB / "package-lock.json").read_text(encoding="utf-8")
    lock = json.loads(text)
    assert "://" not in text
    assert all(package.get("integrity", "").startswith("sha512-") for name, package in lock["packages"].items() if name)
    wanted = json.loads((WEB / "package.json").read_text(encoding="utf-8"))
    versions = [*wanted["dependencies"].values(), *wanted["devDependencies"].values()]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in versions)
