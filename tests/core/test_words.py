"""Both pages show the same three words, and whoever is between them cannot make it so."""

from deskside.core.words import commitment_text, words_of
from tests.core.raising import raises, refusal
from tests.core.words_ends import FEW, customer, digest, join, representative

MANY = [str(number) for number in range(2048)]


def test_both_pages_have_the_same_words_and_each_others_key() -> None:
    ann, bob = customer(), representative()
    join(ann, bob)
    assert ann.words(MANY) == bob.words(MANY) and len(ann.words(MANY)) == 3
    assert (ann.other_key, bob.other_key) == ("key-r", "key-c")


def test_the_customers_page_says_nothing_that_tells_its_nonce_before_the_other_has_chosen() -> None:
    ann = customer()
    ann.start()
    (commitment,) = ann.said
    assert commitment == {"type": "words_commitment", "commitment": digest(commitment_text("nonce-c", "key-c"))}


def test_every_part_changes_the_words() -> None:
    first, second = customer(), representative()
    join(first, second)
    found = [first.digest]
    for ann, bob in (
        (customer("nonce-d"), representative()),
        (customer(), representative("nonce-s")),
        (customer(remote="cert-m"), representative()),
    ):
        join(ann, bob)
        found.append(ann.digest)
    assert len(set(found)) == len(found)


def test_three_words_take_eleven_bits_each_from_the_first() -> None:
    bits = "00000000001" + "00000000010" + "11111111111" + "0" * 223
    assert words_of(f"{int(bits, 2):064x}", MANY) == ["1", "2", "2047"]


def test_a_list_whose_length_is_no_power_of_two_is_no_list() -> None:
    for length in (0, 1, 3, 2047):
        raises(ValueError, words_of, "0" * 64, MANY[:length])


def test_each_step_has_one_moment() -> None:
    reveal = {"type": "words_reveal", "nonce": "n", "key": "k"}
    answer = {"type": "words_nonce", "nonce": "n", "key": "k"}
    commitment = {"type": "words_commitment", "commitment": "c"}
    assert refusal(representative().receive, reveal) == "words_out_of_order"
    assert refusal(customer().receive, answer) == "words_out_of_order"
    assert refusal(customer().receive, commitment) == "words_out_of_order"
    bob = representative()
    bob.receive(commitment)
    assert refusal(bob.receive, commitment) == "words_out_of_order"
    ann, bob = customer(), representative()
    join(ann, bob)
    before = ann.digest
    assert refusal(ann.receive, answer) == "words_out_of_order"
    assert refusal(bob.receive, reveal) == "words_out_of_order"
    assert ann.digest == before


def test_a_page_that_is_asked_to_start_twice_commits_once() -> None:
    ann = customer()
    ann.start()
    ann.start()
    assert len(ann.said) == 1


def test_a_page_that_gets_its_own_words_back_agrees_to_nothing() -> None:
    ann = customer()
    ann.start()
    echo = {"type": "words_nonce", "nonce": "nonce-c", "key": "key-x"}
    assert refusal(ann.receive, echo) == "words_changed"
    assert ann.digest == ""


def test_who_is_between_and_forwards_everything_gives_them_other_words() -> None:
    # The two have two connections, each with the middleman's certificate at its far end.
    ann, bob = customer(remote="cert-m"), representative(remote="cert-m")
    join(ann, bob)
    assert ann.digest and bob.digest and ann.words(MANY) != bob.words(MANY)


def search(ann: "object", bob: "object", checked: bool) -> bool:
    """A middleman who talks to both, and looks for a nonce that gives the representative the customer's words.

    Whether it is accepted; `checked` is False where the representative's page forgets what was committed to.
    """
    customer_side = representative("nonce-m", "cert-c")  # what the middleman plays for the customer
    customer_side.exchange._own["fingerprint"] = "cert-m"
    join(ann, customer_side)  # type: ignore[arg-type]
    wanted = ann.words(FEW)  # type: ignore[attr-defined]
    # The representative wants a commitment before it says its nonce, so one is made of the first nonce at hand.
    bob.receive(  # type: ignore[attr-defined]
        {"type": "words_commitment", "commitment": digest(commitment_text("nonce-0", "key-m"))}
    )
    answer = bob.said.pop(0)  # type: ignore[attr-defined]
    for attempt in range(8000):
        nonce = "nonce-" + str(attempt)
        parts = [
            "deskside three words 1",
            nonce,
            answer["nonce"],
            "cert-m",
            "cert-r",
            "key-m",
            answer["key"],
        ]
        if words_of(digest("\n".join(parts)), FEW) == wanted:
            break
    else:
        raise AssertionError("the list is too long to search")
    assert nonce != "nonce-0", "one in 512: choose other nonces for this test"
    if not checked:
        bob.exchange._commitment = digest(commitment_text(nonce, "key-m"))  # type: ignore[attr-defined]
    try:
        bob.receive({"type": "words_reveal", "nonce": nonce, "key": "key-m"})  # type: ignore[attr-defined]
    except Exception:
        return False
    return bool(bob.words(FEW) == wanted)  # type: ignore[attr-defined]


def test_who_searches_for_a_match_finds_one_and_is_refused_because_of_the_commitment() -> None:
    assert search(customer(remote="cert-m"), representative(remote="cert-m"), False), "the search itself must work"
    bob = representative(remote="cert-m")
    assert not search(customer(remote="cert-m"), bob, True)
    assert bob.digest == ""


def test_after_a_broken_commitment_nothing_can_be_agreed_to() -> None:
    bob = representative()
    bob.receive({"type": "words_commitment", "commitment": "0" * 64})
    reveal = {"type": "words_reveal", "nonce": "n", "key": "k"}
    assert refusal(bob.receive, reveal) == "words_changed"
    assert refusal(bob.receive, reveal) == "words_out_of_order"
    assert bob.digest == ""
