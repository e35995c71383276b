"""What is sent: every message of the protocol, the same each time, and as wrong as it is meant to be."""

import json
import re

import pytest

from deskside.core.codec import decode
from deskside.core.errors import ProtocolError
from deskside.core.messages import TABLES
from tests.architecture.program import ROOT
from tests.hostile.frames import NEXT, Forge, messages

PROTOCOL = (ROOT / "web" / "deskside" / "core" / "PROTOCOL.md").read_text(encoding="utf-8")


def test_every_message_of_the_document_is_sent() -> None:
    listed = []
    table = ""
    for line in PROTOCOL.splitlines():
        if found := re.fullmatch(r"### Table: (.+)", line):
            table = found[1]
        elif line.startswith("### "):
            table = ""
        elif table and (found := re.fullmatch(r"#### `(\w+)`", line)):
            listed.append((table, found[1]))
    assert listed == list(messages())


@pytest.mark.parametrize(("table", "kind"), list(messages()))
def test_what_should_be_understood_is(table: str, kind: str) -> None:
    forge = Forge("understood")
    for _ in range(30):
        text = forge.valid(table, kind).data
        assert isinstance(text, str)
        if len(text) < 90_000:
            assert decode(text.replace(NEXT, "1"), TABLES[table], json.loads)["type"] == kind


@pytest.mark.parametrize("table", TABLES)
def test_much_of_what_is_wrong_is_refused(table: str) -> None:
    forge = Forge("refused")
    refused = 0
    for _ in range(200):
        kind = next(iter(TABLES[table]))
        data = forge.wrong(table, kind).data
        try:
            decode(data.replace(NEXT, "1") if isinstance(data, str) else data, TABLES[table], json.loads)
        except ProtocolError:
            refused += 1
    assert refused > 120


def test_the_same_seed_makes_the_same_frames_whatever_ids_there_are() -> None:
    batches = []
    for ids in (["one"], ["one", "two", "three"]):
        forge = Forge("same")
        forge.ids = ids
        batches.append([(f.kind, f.what, len(f.data)) for f in forge.batch("chat", 3, ("control",))])
    assert [one[:2] for one in batches[0]] == [one[:2] for one in batches[1]]


def test_a_batch_has_each_message_as_it_should_be() -> None:
    batch = Forge("batch").batch("control", 1)
    assert {frame.kind for frame in batch if not frame.what} == set(TABLES["control"])
