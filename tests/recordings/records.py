"""Entries of a session's record, as the customer's page numbers them."""

from typing import Any

from deskside.core.record_messages import RECORD


def record(number: int, kind: str, at: int, author: str = "customer", **more: Any) -> dict[str, Any]:
    """One that would come through the table."""
    made = {"number": number, "kind": kind, "id": f"id-{number}", "at": at, "author": author, "name": "", "text": ""}
    checked: dict[str, Any] = RECORD.check(made | more, "record")
    return checked


def message(number: int, at: int, text: str = "Hello", author: str = "customer", name: str = "") -> dict[str, Any]:
    return record(number, "message", at, author, text=text, name=name)


def event(number: int, at: int, text: str, author: str = "customer", **more: Any) -> dict[str, Any]:
    return record(number, "event", at, author, text=text, **more)
