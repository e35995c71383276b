"""A transcript that was taken along says whether it was altered afterwards, and where."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from deskside.core.canonical import canonical
from deskside.core.transcript import DATA, DATA_END, escape, with_data
from deskside.ui.transcript import save_json, save_transcript
from signaling.cli import main
from signaling.transcript.checking import check
from signaling.transcript.reading import Transcript, Unreadable, read
from tests.ui.pages import T, log
from tests.ui.two_pages import TwoPages, texts

HARMLESS = "This transcript was not altered."


def talked() -> TwoPages:
    """A session with what people write, a red X, a reload and an end."""
    pages = TwoPages().join()
    pages.write("My printer <b>burns</b> & smokes\n\tbadly 🔥").run().write("I pay you 100", "representative").run()
    pages.representative.request_screen()
    pages.run()
    pages.red_x().tick(2)
    pages.reload_customer()
    pages.write("again").run().tick(2)
    pages.customer.finish("customer")
    pages.customer.conversation.event("ended", True, reason="customer")
    pages.representative.finish("customer")
    for host in (pages.customer_host, pages.representative_host):
        for _ in range(20):
            host.wait(0)
    return pages


def files(pages: TwoPages) -> dict[str, bytes]:
    """What both people can take along."""
    found = {}
    for name, session, host in (
        ("customer", pages.customer, pages.customer_host),
        ("representative", pages.representative, pages.representative_host),
    ):
        save_transcript(session, "Acme", T)
        save_json(session, "Acme", T)
        for _ in range(20):
            host.wait(0)
        for file, text in host.saved:
            found[name + "." + file.rpartition(".")[2]] = text.encode()
    return found


@pytest.fixture(scope="module")
def taken() -> dict[str, bytes]:
    return files(talked())


def test_a_file_of_a_former_version_is_still_verified(tmp_path: Path) -> None:
    """It had neither day nor zone, and its times were words alone."""
    pages = talked()
    session, host = pages.customer, pages.customer_host
    items = "".join(
        f'<li id="entry-{entry["id"]}"><p class="about">Bob 12:00</p><p dir="auto">{escape(entry["text"])}</p></li>\n'
        for entry in log(session.conversation)
        if entry["kind"] == "message"
    )
    shown = f'<!doctype html>\n<html lang="en">\n<body>\n<h1>Talk</h1>\n<ol>\n{items}</ol>\n</body>\n</html>\n'
    files: list[str] = []

    def exported(data: dict[str, Any]) -> None:
        def signed(mark: dict[str, Any]) -> None:
            files.append(with_data(shown, canonical(data | {"shown": mark})))

        session.record.sign_shown(shown, signed)

    session.record.export(exported)
    for _ in range(20):
        host.wait(0)
    code, said = verify(tmp_path, files[0].encode())
    assert (code, said.splitlines()[-1]) == (0, HARMLESS), said
    code, said = verify(tmp_path, files[0].replace("12:00", "13:00").encode())
    assert code == 1 and "altered after the page had written it" in said


def test_both_files_are_named_after_the_company_and_when_the_session_began() -> None:
    pages = talked()
    began = "2023-11-14 2313+0100"
    pages.customer.started_at = pages.representative.started_at = 1_700_000_000_000
    shown = files(pages)["customer.html"].decode()
    zone = "<br>Time zone: Europe/Berlin (UTC+01:00)</p>"
    assert f'<time datetime="2023-11-14">Tuesday, 14 November 2023</time>{zone}' in shown
    for host in (pages.customer_host, pages.representative_host):
        assert sorted(name for name, _ in host.saved) == [
            f"{began} Conversation with Acme.html",
            f"{began} Conversation with Acme.json",
        ]


NAMES = ["customer.html", "customer.json", "representative.html", "representative.json"]


def verify(folder: Path, content: bytes, *more: str) -> tuple[int, str]:
    path = folder / "transcript"
    path.write_bytes(content)
    result = CliRunner().invoke(main, ["transcript", "verify", str(path), *more])
    return result.exit_code, result.output


@pytest.mark.parametrize("name", NAMES)
def test_what_was_taken_along_was_not_altered(taken: dict[str, bytes], tmp_path: Path, name: str) -> None:
    code, said = verify(tmp_path, taken[name])
    assert (code, said.splitlines()[-1]) == (0, HARMLESS), said
    assert ("ends before the end" in said) == name.startswith("representative")


def test_a_copy_that_is_taken_before_the_other_page_has_signed_proves_nothing_of_that_person_yet(
    tmp_path: Path,
) -> None:
    pages = TwoPages().join().write("hello").run()
    code, said = verify(tmp_path, files(pages)["representative.html"])
    assert code == 2 and "by the representative's up to 2" in said, said
    assert "signed by the customer's page up to 0" in said
    assert "Entry 2 is not proved: message of the customer, 'hello'." in said


@pytest.mark.parametrize("name", NAMES)
def test_both_sides_hold_the_same(taken: dict[str, bytes], tmp_path: Path, name: str) -> None:
    (tmp_path / "other").write_bytes(taken["customer.json"])
    assert verify(tmp_path, taken[name], "--against", str(tmp_path / "other"))[0] == 0


def test_a_page_shows_what_was_said_and_holds_the_record_unseen(taken: dict[str, bytes]) -> None:
    text = taken["customer.html"].decode()
    assert text.count(DATA) == 1 and "<b>" not in text
    assert "&lt;b&gt;burns" in text and "I pay you 100" in text


@pytest.mark.parametrize("name", ["customer.html", "representative.html"])
def test_a_text_that_is_changed_where_people_read_it_is_found(
    taken: dict[str, bytes], tmp_path: Path, name: str
) -> None:
    shown, data, rest = taken[name].partition(DATA.encode())
    code, said = verify(tmp_path, shown.replace(b"100", b"900") + data + rest)
    assert code == 1 and "is shown with another text: message of the representative, 'I pay you 100'" in said


@pytest.mark.parametrize("name", NAMES)
def test_a_text_that_is_changed_everywhere_is_found(taken: dict[str, bytes], tmp_path: Path, name: str) -> None:
    code, said = verify(tmp_path, taken[name].replace(b"I pay you 100", b"I pay you 900"))
    assert code == 1 and "was altered: message of the representative, 'I pay you 900'" in said


@pytest.mark.parametrize("name", ["customer.html", "representative.html"])
@pytest.mark.parametrize(
    ("old", "new"),
    [(b"<h1>", b"<h1>Not a "), (b"</style>", b"li{display:none}</style>"), (b"</ol>", b"<li>more</li></ol>")],
)
def test_anything_else_that_is_shown_and_changed_is_found(
    taken: dict[str, bytes], tmp_path: Path, name: str, old: bytes, new: bytes
) -> None:
    code, said = verify(tmp_path, taken[name].replace(old, new, 1))
    assert code == 1 and "What this file shows was altered" in said


def rewritten(content: bytes, change: Any) -> bytes:
    """A file whose data somebody has changed, with every head computed anew."""
    import hashlib

    from deskside.core.canonical import canonical
    from deskside.core.chain import link_text

    data = json.loads(content)
    change(data)
    previous = ""
    data["heads"] = []
    for number, record in enumerate(data["records"], 1):
        record["number"] = number
        previous = hashlib.sha256(link_text(data["session"], previous, record).encode()).hexdigest()
        data["heads"].append(previous)
    return canonical(data).encode()


def message(data: dict[str, Any]) -> int:
    return next(place for place, record in enumerate(data["records"]) if record["text"] == "I pay you 100")


def _other_text(data: dict[str, Any]) -> None:
    data["records"][message(data)]["text"] = "I pay you 900"


def _without_a_revocation(data: dict[str, Any]) -> None:
    data["records"] = [record for record in data["records"] if record["text"] != "revoked"]


def _without_the_end(data: dict[str, Any]) -> None:
    del data["records"][-2:]


def _without_the_other_side(data: dict[str, Any]) -> None:
    data["records"] = data["records"][:3]
    data["signatures"] = [one for one in data["signatures"] if one["by"] == "representative"]


def _with_other_keys(data: dict[str, Any]) -> None:
    for record in data["records"]:
        if record["kind"] == "keys":
            record["customer_key"] = record["representative_key"]


@pytest.mark.parametrize(
    "change", [_other_text, _without_a_revocation, _without_the_end, _without_the_other_side, _with_other_keys]
)
@pytest.mark.parametrize("name", ["customer.json", "representative.json"])
def test_who_computes_the_whole_chain_anew_has_no_signature_for_it(
    taken: dict[str, bytes], tmp_path: Path, name: str, change: Any
) -> None:
    code, said = verify(tmp_path, rewritten(taken[name], change))
    assert code == 1 and said.splitlines()[-1] == "This transcript was altered.", said


def test_a_forgery_with_new_keys_differs_from_what_the_other_side_holds(tmp_path: Path) -> None:
    true, false = talked(), talked()
    (tmp_path / "other").write_bytes(files(true)["representative.json"])
    forged = files(false)["customer.json"]
    assert verify(tmp_path, forged)[0] == 0, "nobody can tell by itself: that is what the words are for"
    code, said = verify(tmp_path, forged, "--against", str(tmp_path / "other"))
    assert code == 1 and "The two files differ from entry 1 on." in said


def test_a_page_without_its_signature_is_altered(taken: dict[str, bytes], tmp_path: Path) -> None:
    text = taken["customer.html"].decode()
    before, _, rest = text.partition(DATA)
    data, _, after = rest.partition(DATA_END)
    loaded = json.loads(data)
    del loaded["shown"]
    code, said = verify(tmp_path, (before + DATA + json.dumps(loaded) + DATA_END + after).encode())
    assert code == 1 and "What this file shows is not signed." in said


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"hello",
        b"\xff\xfe{}",
        b"<html></html>",
        b'{"format": "deskside transcript 1"}',
        b"[" * 100_000,
        b"{" + b'"a":{' * 100_000,
        DATA.encode() + b"{}" + DATA_END.encode(),
        DATA.encode() + b"{}",
    ],
)
def test_what_is_no_transcript_is_neither(tmp_path: Path, content: bytes) -> None:
    code, said = verify(tmp_path, content)
    assert code == 2 and said.strip()


def test_a_session_that_never_connected_is_signed_by_nobody(tmp_path: Path) -> None:
    pages = TwoPages().write("is anybody there").run()
    code, said = verify(tmp_path, files(pages)["customer.json"])
    assert code == 2 and "Nobody has signed" in said


def test_a_browser_without_webcrypto_gives_away_what_was_said_and_nothing_that_can_be_checked(tmp_path: Path) -> None:
    pages = TwoPages()
    for host, session in ((pages.customer_host, pages.customer), (pages.representative_host, pages.representative)):
        host.crypto = session.record.crypto = None
    pages.join().write("hello").run()
    taken = files(pages)
    assert [record["text"] for record in json.loads(taken["customer.json"])["records"]] == ["hello"]
    assert b"hello" in taken["customer.html"] and DATA.encode() not in taken["customer.html"]
    assert {verify(tmp_path, taken[name])[0] for name in NAMES} == {2}
    assert texts(pages.customer) == []


MADE: list[dict[str, Any]] = []


def original() -> dict[str, Any]:
    if not MADE:
        MADE.append(json.loads(files(talked())["customer.json"]))
    return copy.deepcopy(MADE[0])


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_change_of_any_entry_is_found_and_named(draw: st.DataObject) -> None:
    data = original()
    place = draw.draw(st.integers(0, len(data["records"]) - 1))
    record = data["records"][place]
    how = draw.draw(st.sampled_from(["field", "drop", "swap", "double", "head"]))
    if how == "field":
        field = draw.draw(st.sampled_from(sorted(record)))
        old = record[field]
        record[field] = old + 1 if type(old) is int else draw.draw(st.text(max_size=5).filter(lambda new: new != old))
    elif how == "drop":
        del data["records"][place], data["heads"][place]
    elif how == "swap" and place:
        for rows in (data["records"], data["heads"]):
            rows[place - 1], rows[place] = rows[place], rows[place - 1]
    elif how == "double":
        data["records"].insert(place, dict(record))
        data["heads"].insert(place, data["heads"][place])
    else:
        how = "head"
        data["heads"][place] = data["heads"][place][::-1]
    try:
        found = check(read(json.dumps(data).encode()))
    except Unreadable:
        assert how == "field", "what is no transcript any more"
        return
    assert found.problems
    if how == "field":
        assert found.problems[0].startswith(f"Entry {place + 1} ")


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_whatever_a_file_holds_it_is_read_or_refused(content: bytes) -> None:
    try:
        assert isinstance(read(content), Transcript)
    except Unreadable as error:
        assert str(error)
