"""What the customer's page records of consents is what it told the representative's, or that page refuses it."""

from typing import Any

import pytest

from tests.ui.two_pages import TwoPages, events


def consent(pages: TwoPages) -> None:
    """The representative asks for the screen, and the customer allows it for five minutes."""
    pages.representative.request_screen()
    pages.run()
    card = pages.customer.permissions.pending(pages.customer_host.now())[0]["id"]
    pages.customer.leases[card] = "300"
    pages.customer.allow(card)
    pages.customer.capture_started(card)
    pages.run()


def test_a_consent_is_in_the_record_as_it_was_given() -> None:
    pages = TwoPages().join()
    consent(pages)
    pages.tick(3)
    granted = [one for one in pages.representative.record.chain.records if one["text"] == "permission_granted"]
    assert [(one["permission"], one["lease"]) for one in granted] == [("view_screen", 300)]
    assert len(pages.representative.record.signatures) == 2
    assert "record_refused" not in events(pages.representative)


@pytest.mark.parametrize("change", [{"lease": 3600}, {"permission": "send_files"}])
def test_a_consent_that_is_recorded_otherwise_than_it_was_given_is_refused(change: dict[str, Any]) -> None:
    pages = TwoPages().join()
    append = pages.customer.record.chain.append

    def changed(record: dict[str, Any]) -> Any:
        if record["text"] == "permission_granted":
            record.update(change)
        return append(record)

    pages.customer.record.chain.append = changed
    consent(pages)
    pages.tick(2)
    assert pages.representative.record.chain.is_broken


def test_a_consent_that_the_record_is_silent_about_is_noticed() -> None:
    pages = TwoPages().join()
    append = pages.customer.record.chain.append

    def silent(record: dict[str, Any]) -> Any:
        if record["text"] != "permission_granted":
            return append(record)
        record["number"] = 0
        return []

    pages.customer.record.chain.append = silent
    consent(pages)
    for text in ("one", "two", "three"):
        pages.write(text).run().tick(2)
    assert pages.representative.record.chain.is_broken
    assert events(pages.representative).count("record_refused") == 1
