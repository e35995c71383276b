"""However sharing ends, both people read the same of it: in the log, after a reload, and in what they take along."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from e2e.pages.console import Console
from e2e.pages.customer import Customer
from e2e.people import People

ENDED = "so this permission ended: see the screen. Sharing stopped."
LEFT = f"page was closed, reloaded or cut off, {ENDED}"


def representative_reloads(customer: Customer, console: Console) -> None:
    console.page.reload()


def customer_reloads(customer: Customer, console: Console) -> None:
    customer.page.reload()


@pytest.mark.parametrize("reload", [representative_reloads, customer_reloads])
def test_a_reload_while_the_screen_is_shared_is_told_to_both(
    people: People, tmp_path: Path, reload: Callable[[Customer, Console], None]
) -> None:
    customer, console, _ = people.shared()
    reload(customer, console)
    customer.is_joined()
    console.is_joined()
    customer.shares_nothing()
    mine, theirs = (console, customer) if reload is representative_reloads else (customer, console)
    mine.talk.has(f"Your {LEFT}")
    theirs.talk.has(f"{mine.name}’s {LEFT}")
    # Said once, however often a page is loaded after that.
    console.page.reload()
    console.is_joined()
    customer.page.reload()
    customer.is_joined()
    for person in (customer, console):
        expect(person.talk.entries("this permission ended")).to_have_count(1)
        person.talk.has("started to share")

    customer.ends()
    for person in (customer, console):
        path, _ = person.talk.save(person.talk.transcript, tmp_path)
        shown = re.sub(r"<template.*", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert shown.count(LEFT) == 1
        path.unlink()


def test_the_end_of_the_session_ends_what_was_shared_and_is_no_red_x(people: People) -> None:
    customer, console, _ = people.shared()
    console.ends()
    for person in (customer, console):
        expect(person.talk.entries("every permission")).to_have_count(0)
    console.talk.has("The session is over, and so is this permission: see the screen. Sharing stopped.")
    expect(console.permissions).to_have_count(0)
    expect(console.page.locator("video")).to_have_count(0)
