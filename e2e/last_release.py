"""The last release, built from the history of this repository, so that journeys hold it against today's."""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e import servers
from e2e.servers import ROOT, Server

LAST_RELEASE = "8e240d9aa80f8cbd1d497f5d175027cc7dcdf0f3"
"""The commit of the release that people have open in their browsers while a server is upgraded to this one. Whoever
makes a release writes its commit here."""
_KEPT = ROOT / "web" / ".cache" / f"release-{LAST_RELEASE[:12]}"


AWAY = re.compile("server is away|your place is kept")


def upgrade(server: Server, app: Path, root: Path, *pages: Page) -> None:
    """The server goes on with the pages in `app` and the sources in `root`; these open pages notice, and come back."""
    server.stop()
    for page in pages:
        expect(page.get_by_text(AWAY)).to_be_visible()
    server.root = root
    server.settings["static"] = app
    server.start()
    for page in pages:
        expect(page.get_by_text(AWAY)).to_have_count(0)


class LastRelease:
    """Its sources and its static app. Made once in a source tree."""

    def __init__(self) -> None:
        self.root = _KEPT / "sources"
        self.app = _KEPT / "app"
        if not self.app.exists():
            self._make()

    def _make(self) -> None:
        found = subprocess.run(["git", "cat-file", "-e", f"{LAST_RELEASE}^{{commit}}"], cwd=ROOT, capture_output=True)
        if found.returncode:
            pytest.skip(
                f"the last release, {LAST_RELEASE[:12]}, is not in this clone: `git fetch --unshallow` brings it"
            )
        shutil.rmtree(self.root, ignore_errors=True)
        _KEPT.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=_KEPT.parent, prefix="release-") as making:
            sources = Path(making) / "sources"
            sources.mkdir()
            packed = subprocess.run(["git", "archive", LAST_RELEASE], cwd=ROOT, check=True, capture_output=True).stdout
            subprocess.run(["tar", "-x", "-C", str(sources)], input=packed, check=True)
            self._lend(sources / "web")
            servers.build(Path(making) / "app", sources)
            _KEPT.mkdir(exist_ok=True)
            for name in ("sources", "app"):
                (Path(making) / name).rename(_KEPT / name)

    def _lend(self, web: Path) -> None:
        """What was fetched and packed for today's build serves that one too, where it needs the same."""
        ours = ROOT / "web"
        if (ours / "package-lock.json").read_bytes() == (web / "package-lock.json").read_bytes():
            (web / "node_modules").symlink_to(ours / "node_modules")
        (web / ".cache").mkdir()
        for path in (ours / ".cache").iterdir():
            if path.is_file() and path.name != "lock":
                (web / ".cache" / path.name).hardlink_to(path)
