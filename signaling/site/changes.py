"""What differs between two states of the same thing, in paths that a person can read."""

from collections.abc import Iterator
from typing import Any

from signaling.store.site import Change

LONGEST = 500
"""Characters of a value that the history shows."""


def changes(before: Any, after: Any, path: str = "") -> list[Change]:
    """All differences of two JSON values. What stands in a list under an id is known by it, wherever it stands."""
    return list(_changes(before, after, path))


def _changes(before: Any, after: Any, path: str) -> Iterator[Change]:
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for key in [*before, *(key for key in after if key not in before)]:
            yield from _changes(before.get(key), after.get(key), _under(path, key))
        return
    old, new = _by_id(before), _by_id(after)
    if old is None or new is None:
        yield {"path": path, "before": _short(before), "after": _short(after)}
        return
    order = [id for id in old if id in new]
    order_now = [id for id in new if id in old]
    if order != order_now:
        yield {"path": path, "before": order, "after": order_now}
    yield from _changes(old, new, path)


def _by_id(value: Any) -> dict[str, Any] | None:
    if not isinstance(value, list) or not all(isinstance(item, dict) and "id" in item for item in value):
        return None
    return {item["id"]: item for item in value}


def _under(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _short(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _short(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_short(item) for item in value]
    if isinstance(value, str) and value.startswith("data:"):
        return f"{value[5:].partition(';')[0]}, {len(value)} characters"
    if isinstance(value, str) and len(value) > LONGEST:
        return value[:LONGEST] + "…"
    return value
