"""Three words that both people can read to each other, and a transcript that both can prove."""

import re
from pathlib import Path

from playwright.sync_api import expect

from e2e.pages.console import Console
from e2e.pages.customer import Customer
from e2e.people import People
from e2e.servers import verify


def words(customer: Customer, console: Console) -> str:
    """Both pages show the same three."""
    found = customer.talk.three_words("Private connection")
    assert re.fullmatch(r"[a-z]+ [a-z]+ [a-z]+", found)
    assert console.talk.three_words("Connected") == found
    return found


def test_both_have_the_same_three_words_and_new_ones_after_a_reload(people: People) -> None:
    customer, console = people.session()
    before = words(customer, console)
    expect(customer.page.get_by_text("nobody is listening in between")).to_be_visible()

    customer.page.reload()
    customer.is_joined()
    expect(console.talk.entries("The three words are now")).to_have_count(1)
    after = words(customer, console)
    assert after != before
    customer.talk.has(f"The three words are now: {after}.")
    console.talk.has(f"The three words are now: {after}.")

    console.page.reload()
    console.is_joined()
    expect(customer.talk.entries("The three words are now")).to_have_count(2)
    assert words(customer, console) not in (before, after)


def test_both_take_along_a_transcript_that_shows_when_it_is_altered(people: People, tmp_path: Path) -> None:
    customer, console = people.session()
    words(customer, console)
    customer.talk.say("<b>It</b> burns 🔥")
    console.talk.has("<b>It</b> burns 🔥")
    console.talk.say("I pay you 100")
    customer.talk.has("I pay you 100")
    console.request_screen.click()
    customer.deny.click()
    console.nudge.click()
    customer.talk.has("nudged you")
    customer.red_x.click()
    customer.continue_chatting.click()
    console.talk.has("stopped everything")
    customer.page.reload()
    customer.is_joined()
    words(customer, console)
    customer.talk.say("And again")
    customer.talk.is_marked("And again", "Read")
    customer.ends()

    for name, talk in (("customer", customer.talk), ("representative", console.talk)):
        folder = tmp_path / name
        folder.mkdir()
        for button in (talk.transcript, talk.json):
            path, _ = talk.save(button, folder)
            code, said = verify(str(path))
            assert code == 0, said
            altered = folder / f"altered-{path.name}"
            altered.write_text(path.read_text(encoding="utf-8").replace("I pay you 100", "I pay you 900"))
            code, said = verify(str(altered))
            assert code == 1 and "was altered: message of the representative, 'I pay you 900'" in said, said
    (theirs,) = (tmp_path / "representative").glob("2*.json")
    (mine,) = (tmp_path / "customer").glob("2*.html")
    code, said = verify(str(mine), "--against", str(theirs))
    assert code == 0, said
    assert "It ends before the end of the session." not in said
    text = theirs.read_text(encoding="utf-8")
    for happened in ("permission_denied", "nudge", "revoked", "And again", "ended"):
        assert f'"text":"{happened}"' in text
