"""Somebody guesses passwords: the browsers of those who work here stay usable."""

import pytest
from playwright.sync_api import expect

from e2e.people import People
from e2e.servers import PASSWORD


@pytest.fixture(scope="module")
def settings() -> dict[str, object]:
    return {"sign_in_attempts_per_name_anywhere": "5/5 minutes", "sign_in_attempts_per_address": "20/5 minutes"}


def test_who_has_signed_in_here_before_comes_in_while_a_stranger_guesses(people: People) -> None:
    console = people.console()
    console.come_in(PASSWORD)
    # The browser was told that it is known, once the console was there.
    console.page.wait_for_function("() => performance.getEntriesByName(location.origin + '/api/me').length > 1")
    console.sign_out.click()
    expect(console.sign_in).to_be_visible()
    stranger = people.context().request
    answers = [
        stranger.post(
            people.server.url + "/api/sign-in",
            data={"name": console.name, "password": f"guess number {number}"},
            headers={"Origin": people.server.url},
        ).status
        for number in range(8)
    ]
    assert answers[-1] == 429

    elsewhere = people.console()
    elsewhere.open()
    elsewhere.name_box.fill(console.name)
    elsewhere.password_box.fill(PASSWORD)
    people.forgive("429")
    elsewhere.sign_in.click()
    expect(elsewhere.page.get_by_role("alert")).to_be_visible()

    console.name_box.fill("")
    console.name_box.press_sequentially(console.name, delay=40)
    console.password_box.press_sequentially(PASSWORD, delay=20)
    console.password_box.press("Enter")
    expect(console.available).to_be_visible()
