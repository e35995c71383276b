"""PROTOCOL.md says what the tables say, and leaves nothing out."""

import ast

import pytest

from deskside.core import codec, messages, objects, outbox, permissions, record_messages, schema, versions
from deskside.core.close_codes import CLOSE_CODES

from .program import ROOT, expect_none, modules

TEXT = (ROOT / "web" / "deskside" / "core" / "PROTOCOL.md").read_text(encoding="utf-8")
MESSAGES = [(table, kind) for table in messages.TABLES for kind in messages.TABLES[table]]
OBJECTS = {
    "Negotiation": objects.NEGOTIATION,
    "Description": objects.DESCRIPTION,
    "Candidate": objects.CANDIDATE,
    "ICE server": objects.ICE_SERVER,
    "Wait": objects.WAIT,
    "Hold": objects.HOLD,
    "Redirect": objects.REDIRECT,
    "Notice": objects.NOTICE,
    "Left message": objects.LEFT_MESSAGE,
    "Question": objects.QUESTION,
    "Choice": objects.CHOICE,
    "Answer": objects.ANSWER,
    "Queue entry": objects.QUEUE_ENTRY,
    "Session": objects.SESSION,
    "Record": record_messages.RECORD,
}


def section(heading: str, text: str = TEXT) -> str:
    """What stands below a heading, up to the next one of the same rank or above."""
    rank = heading.split(" ")[0]
    lines = text.splitlines()
    assert lines.count(heading) == 1, f"PROTOCOL.md has no heading, or several: {heading}"
    found = []
    for line in lines[lines.index(heading) + 1 :]:
        if line.startswith("#") and len(line.split(" ")[0]) <= len(rank):
            break
        found.append(line)
    return "\n".join(found)


def rule(field: schema.Field) -> str:
    """A field's rule as the document writes it: an object by its name."""
    if isinstance(field, schema.Optional):
        return rule(field.field) + "; may be absent"
    if isinstance(field, schema.List):
        return f"list of at most {field.most}: {rule(field.field)}"
    if isinstance(field, schema.Record):
        return next(name for name, record in OBJECTS.items() if record is field)
    return field.describe()


def missing(record: schema.Record, text: str) -> list[str]:
    """Fields that the text does not list with their rule, and fields that it lists and that are not."""
    lines = [line for line in text.splitlines() if line.startswith("- `")]
    wanted = {f"- `{name}`: {rule(field)}" for name, field in record.fields.items()}
    absent = [line for line in wanted if not any(one == line or one.startswith(line + ".") for one in lines)]
    surplus = [line for line in lines if line.split("`")[1] not in record.fields]
    return [*(f"missing: {line}" for line in absent), *(f"not in the table: {line}" for line in surplus)]


def codes(name: str, *packages: str) -> set[str]:
    """The first argument of every call of `name` that is written out."""
    return {
        call.args[0].value
        for package in packages
        for module in modules(package).values()
        for call in ast.walk(module.tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == name and call.args
        if isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)
    }


@pytest.mark.parametrize(("table", "kind"), MESSAGES, ids=[f"{table}: {kind}" for table, kind in MESSAGES])
def test_every_message_is_documented_with_its_fields(table: str, kind: str) -> None:
    text = section(f"#### `{kind}`", section(f"### Table: {table}"))
    expect_none(missing(messages.TABLES[table][kind], text))
    assert any(line and not line.startswith("-") for line in text.splitlines()), f"{kind} is listed and not explained"


@pytest.mark.parametrize("name", OBJECTS)
def test_every_object_is_documented_with_its_fields(name: str) -> None:
    expect_none(missing(OBJECTS[name], section(f"#### {name}", section("### Objects"))))


def test_no_message_is_documented_that_does_not_exist() -> None:
    for table in messages.TABLES:
        headings = [line for line in section(f"### Table: {table}").splitlines() if line.startswith("#### ")]
        assert headings == [f"#### `{kind}`" for kind in messages.TABLES[table]]


def test_every_close_code_is_documented() -> None:
    rows = section("## Close codes of the signaling WebSocket")
    expect_none(
        [
            f"{code} {name}"
            for code, (name, meaning, action) in CLOSE_CODES.items()
            if f"| {code} | `{name}` | {meaning} | {action} |" not in rows
        ]
    )
    assert rows.count("| 44") == len(CLOSE_CODES)


def test_every_error_code_is_documented_and_no_other() -> None:
    raised = codes("ProtocolError", "deskside") | codes("Refusal", "signaling")
    raised |= {
        call.args[0].value
        for name in ("deskside.core.link", "deskside.core.connections")
        for call in ast.walk(modules("deskside")[name].tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "Refused"
        if isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)
    }
    rows = [line for line in section("## Error codes").splitlines() if line.startswith("| `")]
    assert {line.split("`")[1] for line in rows} == raised


@pytest.mark.parametrize(
    "words",
    [
        f"at most {codec.MAX_FRAME} characters",
        f"`VERSION` in `versions.py`, now {versions.VERSION}; `OLDEST` is the first that is still spoken, now "
        f"{versions.OLDEST}.",
        f"`{messages.SUBPROTOCOL}`",
        f"{outbox.MAX_KEPT} messages or {outbox.MAX_KEPT_SIZE >> 20} MiB",
        f"nobody answers for {int(permissions.CARD_TIMEOUT / 1000)} seconds",
        f"blocks of {messages.BLOCK_SIZE >> 20} MiB",
    ],
)
def test_limits_in_the_prose_are_those_of_the_code(words: str) -> None:
    assert words in " ".join(TEXT.split())
