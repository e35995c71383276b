"""Whatever a frame holds, the codec decodes it or raises ProtocolError, nothing else."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskside.core import schema
from deskside.core.codec import MAX_FRAME, decode, encode
from deskside.core.errors import ProtocolError
from deskside.core.messages import TABLES

KINDS = sorted({kind for table in TABLES.values() for kind in table})
NAMES = sorted({name for table in TABLES.values() for kind in table for name in table[kind].fields})
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES) | st.text(), inner)
)
TABLE = st.sampled_from(sorted(TABLES))


def valid(field: schema.Field) -> st.SearchStrategy[Any]:
    """Values that a field takes."""
    if isinstance(field, schema.Optional):
        return valid(field.field)
    if isinstance(field, schema.Text):
        letters = st.characters(exclude_categories=["C", "Z"]) | st.just(" ")
        return st.text(letters, min_size=field.least, max_size=min(field.most, 20))
    if isinstance(field, schema.Identifier):
        return st.from_regex(r"[A-Za-z0-9_-]{1,64}", fullmatch=True)
    if isinstance(field, schema.Digest):
        return st.from_regex(r"[0-9a-f]{64}", fullmatch=True)
    if isinstance(field, schema.Base64):
        return st.from_regex(rf"[A-Za-z0-9_-]{{{field.characters}}}", fullmatch=True)
    if isinstance(field, schema.Integer):
        return st.integers(field.least, field.most)
    if isinstance(field, schema.Boolean):
        return st.booleans()
    if isinstance(field, schema.Choice):
        return st.sampled_from(field.values)
    if isinstance(field, schema.List):
        return st.lists(valid(field.field), max_size=min(field.most, 3))
    assert isinstance(field, schema.Record)
    needed = {name: valid(one) for name, one in field.fields.items() if not one.optional}
    free = {name: valid(one) for name, one in field.fields.items() if one.optional}
    return st.fixed_dictionaries(needed, optional=free)


@st.composite
def messages(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """A table's name and a message that it takes."""
    table = draw(TABLE)
    kind = draw(st.sampled_from(sorted(TABLES[table])))
    return table, {"type": kind, **draw(valid(TABLES[table][kind]))}


def tried(frame: Any, table: str) -> dict[str, Any] | None:
    try:
        return decode(frame, TABLES[table], json.loads)
    except ProtocolError:
        return None


@given(st.text() | st.binary() | st.none(), TABLE)
def test_any_text_is_decoded_or_refused(frame: Any, table: str) -> None:
    tried(frame, table)


@given(VALUES, TABLE)
def test_any_json_is_decoded_or_refused(value: Any, table: str) -> None:
    tried(json.dumps(value), table)


@given(st.sampled_from(KINDS), st.dictionaries(st.sampled_from(NAMES), VALUES), TABLE)
def test_any_message_with_known_names_is_decoded_or_refused(kind: str, fields: dict[str, Any], table: str) -> None:
    tried(json.dumps({**fields, "type": kind}), table)


@given(messages())
def test_what_is_valid_survives_the_way_there_and_back(case: tuple[str, dict[str, Any]]) -> None:
    table, message = case
    assert decode(encode(message, TABLES[table], json.dumps), TABLES[table], json.loads) == message


@given(messages(), st.data())
def test_one_value_of_another_kind_is_refused_or_taken_as_it_is(
    case: tuple[str, dict[str, Any]], data: st.DataObject
) -> None:
    table, message = case
    name = data.draw(st.sampled_from(sorted(message)))
    changed = {**message, name: data.draw(VALUES)}
    decoded = tried(json.dumps(changed), table)
    assert decoded is None or decoded == changed


@given(messages(), st.data())
def test_a_field_too_few_or_too_many_is_refused(case: tuple[str, dict[str, Any]], data: st.DataObject) -> None:
    table, message = case
    assert tried(json.dumps({**message, "surplus": 1}), table) is None
    needed = [name for name, field in TABLES[table][message["type"]].fields.items() if not field.optional]
    if needed:
        missing = data.draw(st.sampled_from(needed))
        assert tried(json.dumps({name: message[name] for name in message if name != missing}), table) is None


@pytest.mark.parametrize("frame", ["[" * 40000, '{"a":' * 15000, "1" * 20000, '"' + "a" * MAX_FRAME + '"'])
def test_frames_made_to_exhaust_a_parser_are_refused(frame: str) -> None:
    assert tried(frame, "chat") is None
