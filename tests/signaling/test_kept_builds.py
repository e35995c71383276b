"""After an upgrade the hashed files of the builds before are still served, for a time."""

import os
import time
from pathlib import Path

import httpx
import pytest

from signaling import kept_builds
from signaling.kept_builds import KeptBuilds
from tests.signaling.server import serving, settings, write_pages

DAY = 24 * 3600.0
OLD = "/assets/start-1.mjs"


def upgrade(pages: Path) -> None:
    """What `pip install` does to the package's folder: the old file and its packed forms are gone."""
    for path in (pages / "assets").glob("start-1.mjs*"):
        path.unlink()
    (pages / "assets" / "start-2.mjs").write_text("new start")


def test_a_page_that_was_loading_during_an_upgrade_finds_its_files(data: Path, tmp_path: Path) -> None:
    write_pages(tmp_path / "pages")
    with serving(settings(data, static=tmp_path / "pages")) as site:
        before = site.get(OLD)
    upgrade(tmp_path / "pages")
    with serving(settings(data, static=tmp_path / "pages")) as site:
        for accepted, encoding in (("br", "br"), ("gzip", "gzip"), ("", None)):
            after = site.get(OLD, **{"accept-encoding": accepted})
            assert (after.status_code, after.text) == (200, before.text)
            assert after.headers.get("content-encoding") == encoding
            for name in ("content-type", "cache-control", "x-content-type-options"):
                assert after.headers[name] == before.headers[name]
        assert site.get(OLD + ".br").status_code == 404
        assert site.get("/assets/start-2.mjs").text == "new start"
        for path in ("/assets/..%2f..%2fdeskside.sqlite3", "/builds/assets/start-1.mjs", "/assets/never.mjs"):
            assert httpx.get(site.url + path).status_code == 404


def test_without_keeping_a_former_file_is_gone_at_once(data: Path, tmp_path: Path) -> None:
    write_pages(tmp_path / "pages")
    with serving(settings(data, static=tmp_path / "pages")):
        pass
    upgrade(tmp_path / "pages")
    with serving(settings(data, static=tmp_path / "pages", keep_builds=0)) as site:
        assert site.get(OLD).status_code == 404
    assert not (data / "builds").exists()


def test_the_time_counts_from_the_last_moment_at_which_a_build_was_served(tmp_path: Path) -> None:
    build, kept = tmp_path / "pages", KeptBuilds(tmp_path / "builds", int(7 * DAY))
    write_pages(build)
    start = time.time()
    kept.keep(build, start)
    kept.keep(build, start + 30 * DAY)
    upgrade(build)
    kept.keep(build, start + 36 * DAY)
    assert OLD in kept.find()
    kept.keep(build, start + 38 * DAY)
    assert OLD not in kept.find() and "/assets/start-2.mjs" in kept.find()


def test_copies_are_bounded_and_the_oldest_go_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build, kept = tmp_path / "pages", KeptBuilds(tmp_path / "builds", int(7 * DAY))
    for day in range(4):
        (build / "assets").mkdir(parents=True, exist_ok=True)
        for path in (build / "assets").iterdir():
            path.unlink()
        (build / "assets" / f"start-{day}.mjs").write_bytes(b"x" * 100)
        monkeypatch.setattr(kept_builds, "MOST_BYTES", 250)
        kept.keep(build, 1_700_000_000 + day)
    assert sorted(kept.find()) == ["/assets/start-2.mjs", "/assets/start-3.mjs"]


def test_a_copy_that_was_cut_short_is_made_again_and_links_are_not_followed(tmp_path: Path) -> None:
    build, kept = tmp_path / "pages", KeptBuilds(tmp_path / "builds", int(DAY))
    write_pages(build)
    kept.keep(build, time.time())
    copy = tmp_path / "builds" / "assets" / "start-1.mjs"
    copy.write_bytes(b"")
    os.symlink(tmp_path, tmp_path / "builds" / "assets" / "elsewhere")
    os.symlink(build / "index.html", tmp_path / "builds" / "assets" / "page.html")
    kept.keep(build, time.time())
    assert copy.read_bytes() == (build / "assets" / "start-1.mjs").read_bytes()
    assert "/assets/page.html" not in kept.find()
