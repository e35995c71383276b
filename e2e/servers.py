"""The program as an operator runs it: built, served on a port that the system chooses, with people who may sign in."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
PASSWORD = "correct horse battery"
PATIENCE = 60
_HIRE = """
import sys
from signaling.cli import main
for name in sys.argv[2:]:
    main(["representative", "add", name, "--data", sys.argv[1]], standalone_mode=False)
"""


def _environment(settings: dict[str, object], root: Path = ROOT) -> dict[str, str]:
    """Without settings of the machine; the sources are found whether or not the package is installed."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DESKSIDE_")}
    kept |= {"PYTHONPATH": os.pathsep.join([str(root / "web"), str(root)]), "PYTHONUNBUFFERED": "1"}
    return kept | {f"DESKSIDE_{name.upper()}": str(value) for name, value in settings.items()}


def _run(*words: str, text: str = "", settings: dict[str, object] | None = None, root: Path = ROOT) -> None:
    command = [sys.executable, *words]
    environment = _environment(settings or {}, root)
    done = subprocess.run(command, cwd=root, env=environment, input=text, text=True, capture_output=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")


def build(directory: Path, root: Path = ROOT) -> None:
    """Build the static app of the sources in `root`."""
    _run("-m", "deskside_build", str(directory), root=root)


def add_representative(data: Path, name: str, *options: str) -> None:
    """As an administrator does it on the server's machine."""
    _run("-m", "signaling", "representative", "add", name, *options, "--data", str(data), text=PASSWORD + "\n")


def hire(data: Path, names: Sequence[str], root: Path = ROOT) -> None:
    """The same for many, in one process."""
    _run("-c", _HIRE, str(data), *names, text=f"{PASSWORD}\n" * len(names), root=root)


def decide(data: Path, site: dict[str, object], settings: dict[str, object] | None = None, root: Path = ROOT) -> None:
    """Import settings of the site on the server's machine. What is left out has its default."""
    words = ("-m", "signaling", "settings", "import", "-", "--data", str(data))
    _run(*words, text=json.dumps(site), settings=settings, root=root)


def keep(data: Path, recordings: Sequence[dict[str, object]]) -> None:
    """Put recordings into the data folder, as a recorder leaves them. See `e2e.recordings`."""
    _run("-m", "tests.recordings.kept", str(data), text=json.dumps(recordings))


def verify(*words: str) -> tuple[int, str]:
    """`deskside transcript verify`: how it ends, and what it says."""
    command = [sys.executable, "-m", "signaling", "transcript", "verify", *words]
    done = subprocess.run(command, cwd=ROOT, env=_environment({}), text=True, capture_output=True, check=False)
    return done.returncode, done.stdout + done.stderr


class Server:
    """One server on one data folder. After `stop` or `kill`, `start` takes the same port again."""

    root = ROOT
    """Where the sources of the server are."""

    def __init__(self, app: Path, data: Path, site: dict[str, object] | None = None, **settings: object) -> None:
        """`site` is what an administrator decides, `settings` what an operator does."""
        self.data = data
        self.url = ""
        settings_per_address = ("new_sessions_per_address", "sign_in_attempts_per_address", "hellos_per_address")
        generous = dict.fromkeys(settings_per_address, "1000/minute")
        self.settings = {"static": app} | generous | settings
        self._site = {"company": "Acme Help"} | (site or {})
        self._process: subprocess.Popen[str] | None = None
        self._reader = threading.Thread()
        self._printed = ""
        self._changed = threading.Condition()

    def start(self) -> None:
        """Start it and wait until it listens."""
        if self._site:
            decide(self.data, self._site, self.settings, self.root)
            self._site = {}
        port = self.url.rpartition(":")[2] or "0"
        command = [sys.executable, "-m", "signaling", "serve", "--port", port, "--data", str(self.data)]
        environment = _environment(self.settings, self.root)
        self._printed = ""
        self._process = subprocess.Popen(
            command, cwd=self.root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self._reader = threading.Thread(target=self._read, args=(self._process,))
        self._reader.start()
        self.url = self.printed(r"listens on (\S+)")

    def printed(self, pattern: str) -> str:
        """The first group of `pattern`, as soon as the server has printed it."""
        with self._changed:
            ended = False

            def found() -> bool:
                nonlocal ended
                ended = self._process is None or self._process.poll() is not None
                return ended or bool(re.search(pattern, self._printed))

            self._changed.wait_for(found, PATIENCE)
            match = re.search(pattern, self._printed)
        if not match:
            raise AssertionError(f"the server {'ended' if ended else 'is silent'}; it printed:\n{self._printed}")
        return match[1]

    def has_printed(self, pattern: str) -> bool:
        """Whether there was something like it until now."""
        with self._changed:
            return bool(re.search(pattern, self._printed))

    def _read(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdout
        for line in process.stdout:
            with self._changed:
                self._printed += line
                self._changed.notify_all()
        process.wait()
        with self._changed:
            self._changed.notify_all()

    def stop(self) -> None:
        """As an operator stops it."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """As a power cut does."""
        self._end(signal.SIGKILL)

    def _end(self, number: int) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.send_signal(number)
        process.wait(PATIENCE)
        self._reader.join()
        assert process.stdout
        process.stdout.close()
