"""A real coturn in the middle of the small internet, with a certificate of its own for TLS."""

import base64
import hashlib
import subprocess
import tempfile
from pathlib import Path
from typing import Self

from tests.faults.internet import SERVER, Internet

SECRET = "a secret of the tests"
PORT, TLS_PORT = 3478, 443
UDP = f"turn:{SERVER}:{PORT}?transport=udp"
TCP = f"turn:{SERVER}:{PORT}?transport=tcp"
TLS = f"turns:{SERVER}:{TLS_PORT}?transport=tcp"
STUN = f"stun:{SERVER}:{PORT}"


class Relay:
    """`kill` takes it away at once, `start` brings it back. Use it in a `with`."""

    def __init__(self, internet: Internet) -> None:
        self._internet = internet
        self._folder = tempfile.TemporaryDirectory()
        self._process: subprocess.Popen[bytes] | None = None
        folder = Path(self._folder.name)
        self._log = folder / "log"
        certificate, key = folder / "certificate.pem", folder / "key.pem"
        command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        command += ["-days", "2", "-subj", "/CN=relay", "-addext", f"subjectAltName=IP:{SERVER}"]
        self._run([*command, "-keyout", str(key), "-out", str(certificate)])
        self.key_hash = self._hash_of_key(certificate)
        (folder / "turnserver.conf").write_text(
            f"""listening-ip={SERVER}
relay-ip={SERVER}
listening-port={PORT}
tls-listening-port={TLS_PORT}
cert={certificate}
pkey={key}
fingerprint
use-auth-secret
static-auth-secret={SECRET}
realm=deskside.example
no-cli
no-dtls
no-multicast-peers
pidfile={folder / "pid"}
log-file={self._log}
simple-log
"""
        )
        self._command = ["turnserver", "-c", str(folder / "turnserver.conf")]

    @staticmethod
    def _run(command: list[str], given: bytes = b"") -> bytes:
        return subprocess.run(command, input=given, capture_output=True, check=True).stdout

    def _hash_of_key(self, certificate: Path) -> str:
        """As Chromium wants to hear which certificate it may trust."""
        key = self._run(["openssl", "x509", "-in", str(certificate), "-pubkey", "-noout"])
        binary = self._run(["openssl", "pkey", "-pubin", "-outform", "der"], key)
        return base64.b64encode(hashlib.sha256(binary).digest()).decode()

    @property
    def log(self) -> str:
        """What it has written down."""
        return self._log.read_text() if self._log.exists() else ""

    def start(self) -> None:
        """Start it and wait until it listens."""
        command = [*self._internet.command("middle"), *self._command]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        listens = f"until : 2>/dev/null < /dev/tcp/{SERVER}/{TLS_PORT}; do sleep 0.05; done"
        probe = ["timeout", "10", "bash", "-c", listens]
        try:
            subprocess.run([*self._internet.command("middle"), *probe], check=True, capture_output=True)
        except subprocess.CalledProcessError:
            raise RuntimeError(f"coturn does not listen; it wrote:\n{self.log}") from None

    def kill(self) -> None:
        """As a power cut does."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        self._folder.cleanup()
