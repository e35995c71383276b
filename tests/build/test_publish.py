"""`deskside build` writes the app for another host, with everything that only the page itself can say there."""

import gzip
import shutil
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from signaling.cli import main
from signaling.static_app import AddressError, content_security_policy, publish

from .references import read


def policy(text: str) -> dict[str, str]:
    """A policy by directive."""
    return {name: value for name, _, value in (part.partition(" ") for part in text.split("; "))}


def test_without_a_server_the_whole_app_is_copied(app: Path, tmp_path: Path) -> None:
    publish(tmp_path / "site", built=app)
    copied = {path.relative_to(tmp_path / "site"): path.read_bytes() for path in (tmp_path / "site").rglob("*.*")}
    assert copied == {path.relative_to(app): path.read_bytes() for path in app.rglob("*.*")}


def test_a_page_on_another_origin_carries_its_policy_and_its_server(app: Path, tmp_path: Path) -> None:
    publish(tmp_path / "site", "https://support.example.com/", built=app)
    for name in ("index.html", "compat.html", "index.de.html", "index.ar.html", "compat.ar.html"):
        metas = read(tmp_path / "site" / name).metas
        assert metas["deskside-signaling"] == "https://support.example.com"
        said = policy(metas["Content-Security-Policy"])
        expected = policy(content_security_policy(name))
        assert said.pop("connect-src") == "'self' https://support.example.com wss://support.example.com"
        assert said.pop("img-src") == "'self' blob: data: https://support.example.com"
        del expected["connect-src"], expected["img-src"], expected["frame-ancestors"]
        assert said == expected


def test_a_page_on_another_origin_finds_a_server_below_a_path(app: Path, tmp_path: Path) -> None:
    publish(tmp_path / "site", "https://www.example.com/care/help/", built=app)
    metas = read(tmp_path / "site" / "index.html").metas
    assert metas["deskside-signaling"] == "https://www.example.com/care/help"
    assert "'self' https://www.example.com wss://www.example.com;" in metas["Content-Security-Policy"]


def test_the_policy_stands_before_everything_that_it_governs(app: Path, tmp_path: Path) -> None:
    publish(tmp_path / "site", "http://localhost:8000", built=app)
    text = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    before = text[: text.index("Content-Security-Policy")]
    assert "<link" not in before
    assert "<script" not in before


def test_only_the_customers_page_lives_elsewhere(app: Path, tmp_path: Path) -> None:
    publish(tmp_path / "site", "https://support.example.com", built=app)
    assert not [*(tmp_path / "site").glob("console*"), *(tmp_path / "site").glob("admin*")]
    assert all((tmp_path / "site" / name).exists() for name in ("sw.js", "licenses.txt"))


def test_no_compressed_form_of_a_page_lacks_its_policy(app: Path, tmp_path: Path) -> None:
    publish(tmp_path / "site", "https://support.example.com", built=app)
    assert not (tmp_path / "site" / "index.html.br").exists()
    packed = gzip.decompress((tmp_path / "site" / "index.html.gz").read_bytes())
    assert packed == (tmp_path / "site" / "index.html").read_bytes()


@pytest.mark.parametrize(
    "address",
    [
        "support.example.com",
        "ftp://support.example.com",
        "https://",
        "https://example.com/help",
        "https://example.com/help/../",
        "https://example.com//",
        "https://example.com?a=b",
        "https://a.example; script-src *",
        "https://user:word@example.com",
    ],
)
def test_what_is_no_address_of_a_server_is_refused(app: Path, tmp_path: Path, address: str) -> None:
    with pytest.raises(AddressError):
        publish(tmp_path / "site", address, built=app)
    assert not (tmp_path / "site").exists()


def test_a_folder_with_other_things_is_left_alone(app: Path, tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("dear")
    with pytest.raises(FileExistsError):
        publish(tmp_path, built=app)
    assert (tmp_path / "letters.txt").read_text() == "dear"


def test_an_app_that_was_never_built_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="install the package again"):
        publish(tmp_path / "site", built=tmp_path / "nothing")


def test_the_command_says_what_is_wrong_in_a_sentence(tmp_path: Path) -> None:
    answer = CliRunner().invoke(main, ["build", str(tmp_path / "site"), "--signaling", "example.com"])
    assert answer.exit_code == 1
    assert "write it like https://" in answer.output


def test_a_folder_published_again_keeps_the_hashed_files_of_the_publication_before_for_a_time(
    app: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    former, site = tmp_path / "former", tmp_path / "site"
    shutil.copytree(app, former)
    (former / "assets" / "start-0ld.mjs").write_text("old")
    start, day = time.time_ns(), 24 * 3600 * 1_000_000_000
    for days, built, there in ((0, former, True), (30, app, True), (36, app, True), (38, app, False)):
        monkeypatch.setattr(time, "time_ns", lambda days=days: start + days * day)
        publish(site, built=built)
        assert (site / "assets" / "start-0ld.mjs").exists() == there, days
    assert {path.name for path in (site / "assets").iterdir()} == {path.name for path in (app / "assets").iterdir()}
