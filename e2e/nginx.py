"""nginx in front of the server, with the blocks of docs/deploy.md or with its own defaults."""

import os
import re
import socket
import subprocess
import time
from pathlib import Path
from urllib.parse import urlsplit

from e2e.servers import ROOT

DOCUMENT = ROOT / "docs" / "deploy.md"
PATIENCE = 60
_FRAME = """
pid {folder}/nginx.pid;
daemon off;
worker_processes 1;
{user}
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{servers}
}}
"""


def documented(number: int) -> str:
    """A block of the document for nginx."""
    blocks = re.findall(r"^```nginx\n(.*?)^```$", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return str(blocks[number])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Nginx:
    """One nginx in a folder; `url` is where it listens, without a path. Use it in a `with`."""

    def __init__(self, folder: Path, server_url: str, block: str, tls: bool = True) -> None:
        """`block` is a whole site, or a location of one; what it says of ports and files is replaced."""
        folder.mkdir(parents=True)
        self._folder = folder
        self._upstream = urlsplit(server_url).netloc
        self._tls = tls
        self._port = free_port()
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self._port}"
        if tls:
            command = [
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=127.0.0.1",
            ]
            files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")]
            subprocess.run([*command, *files], check=True, capture_output=True)
        self._process: subprocess.Popen[bytes] | None = None
        self.configure(block)

    def configure(self, block: str) -> None:
        """Another block from the next start on."""
        block = block.replace("127.0.0.1:8000", self._upstream)
        if "server {" not in block:
            block = f"server {{\n{self._listen()}\n{block}\n}}"
        else:
            # The plain server that only leads to the other one would need a port below 1024.
            block = block[block.rindex("server {") :]
            block = re.sub(r"^ *(listen|ssl_certificate|ssl_certificate_key) .*\n", "", block, flags=re.MULTILINE)
            block = block.replace("server {", f"server {{\n{self._listen()}", 1)
        user = "user root;" if os.name == "posix" and os.getuid() == 0 else ""
        text = _FRAME.format(folder=self._folder, user=user, servers=block)
        (self._folder / "nginx.conf").write_text(text, encoding="utf-8")

    def _listen(self) -> str:
        if not self._tls:
            return f"listen 127.0.0.1:{self._port};"
        files = f"ssl_certificate {self._folder}/certificate.pem;\nssl_certificate_key {self._folder}/key.pem;"
        return f"listen 127.0.0.1:{self._port} ssl;\n{files}"

    def start(self) -> None:
        """Start it, and wait until it listens."""
        command = ["nginx", "-p", str(self._folder), "-e", str(self._folder / "error.log")]
        environment = os.environ | {"PATH": os.environ["PATH"] + ":/usr/sbin"}
        self._process = subprocess.Popen([*command, "-c", str(self._folder / "nginx.conf")], env=environment)
        end = time.monotonic() + PATIENCE
        while True:
            assert self._process.poll() is None and time.monotonic() < end, self.errors()
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self._port)) == 0:
                    return
            time.sleep(0.02)

    def stop(self) -> None:
        process, self._process = self._process, None
        if process:
            process.terminate()
            process.wait(PATIENCE)

    def errors(self) -> str:
        """What it complains of."""
        log = self._folder / "error.log"
        return log.read_text(encoding="utf-8") if log.exists() else ""

    def __enter__(self) -> "Nginx":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
