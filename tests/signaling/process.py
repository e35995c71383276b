"""The server as its own process, so that it can be killed."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Self

from click.testing import CliRunner, Result

from signaling.cli import main
from tests.signaling.server import Site

ROOT = Path(__file__).parents[2]


def environment(**variables: str) -> dict[str, str]:
    """What a command of ours runs with: warnings are errors there too."""
    paths = os.pathsep.join([str(ROOT), str(ROOT / "web")])
    clean = {name: value for name, value in os.environ.items() if not name.startswith("DESKSIDE_")}
    return clean | {"PYTHONPATH": paths, "PYTHONWARNINGS": "error"} | variables


def deskside(*arguments: str | Path, stdin: str = "", **variables: str) -> Result:
    """Run a command to its end. `stdin` is what is typed, the rest are variables of the environment."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin, env=variables)


class Process:
    """`deskside serve` on a folder; use it in a `with`, which kills what is left."""

    def __init__(self, data: Path, port: int = 0, prefix: Iterable[str] = (), **variables: str) -> None:
        """`prefix` is what the command line begins with, where it is not to run as it is."""
        command = [*prefix, sys.executable, "-m", "signaling", "serve", "--port", str(port), "--data", str(data)]
        variables = {"DESKSIDE_STATIC": str(data / "pages")} | variables
        # A pipe that nobody reads would stop it when it is full.
        self._log = tempfile.TemporaryFile("w+")  # noqa: SIM115 (`end` closes it)
        self.process = subprocess.Popen(
            command, env=environment(**variables), stdout=subprocess.PIPE, stderr=self._log, text=True
        )
        assert self.process.stdout
        line = self.process.stdout.readline()
        found = re.fullmatch(r"Deskside listens on (\S+:(\d+)\S*)\n", line)
        assert found, line + self.end()
        self.site = Site(found[1])
        self.port = int(found[2])

    def line(self) -> str:
        """The next line that it prints."""
        assert self.process.stdout
        return self.process.stdout.readline()

    def logged(self) -> str:
        """The log so far."""
        return os.pread(self._log.fileno(), 1 << 24, 0).decode()

    def end(self, kill: bool = False) -> str:
        """Stop it; the log."""
        if kill:
            self.process.kill()
        else:
            self.process.terminate()
        self.process.communicate(timeout=60)
        with self._log as log:
            log.seek(0)
            return log.read()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.site.hang_up()
        if self.process.returncode is None:
            self.end(kill=True)
