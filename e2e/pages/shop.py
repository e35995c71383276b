"""A company's own page, on an origin of its own, with the button on it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from playwright.sync_api import Locator, Page

HOST = "shop.example"
PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Acme Shop</title>
{head}
</head>
<body>
<main><h1>Acme Shop</h1><p>Trouble with your order?</p>{tags}</main>
</body>
</html>"""


class Shop:
    """What the company's server answers. Its policy allows no more than docs/embed.md asks for."""

    def __init__(self, support: str) -> None:
        self.support = support
        self.url = ""
        self.policy = f"default-src 'none'; script-src {support}; connect-src {support}; base-uri 'none'"
        self.policy += "; require-trusted-types-for 'script'; trusted-types 'none'"
        self.tags = self.tag()
        self.language = "en"
        self.head = ""

    def tag(self, **data: str) -> str:
        """The script element with these data attributes."""
        attributes = "".join(f' data-{name}="{escape(value)}"' for name, value in data.items())
        return f'<script async src="{self.support}/embed.js"{attributes}></script>'

    @property
    def body(self) -> bytes:
        return PAGE.format(language=self.language, head=self.head, tags=self.tags).encode()


@contextmanager
def opened(support: str) -> Iterator[Shop]:
    """Serve the shop until the block ends."""
    shop = Shop(support)

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/" else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", shop.policy)
            self.end_headers()
            self.wfile.write(shop.body if self.path == "/" else b"")

        def log_message(self, format: str, *args: object) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    shop.url = f"http://{HOST}:{server.server_port}"
    try:
        yield shop
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def button(page: Page, name: str = "Get help") -> Locator:
    """The button, by how its name begins."""
    return page.get_by_role("link", name=name)
