"""Keys of recordings: what wraps, what unwraps, and what is refused."""

import pytest

from signaling.recordings.keyring import BadKey, KeyMissing, Keyring, WrapBroken

OLD, NEW = Keyring.generate(), Keyring.generate()
FILE_KEY = bytes(range(32))


def test_what_was_wrapped_is_unwrapped() -> None:
    keyring = Keyring.from_text(NEW)
    key_id, wrapped = keyring.wrap(FILE_KEY)
    assert (len(key_id), len(wrapped)) == (8, 40)
    assert keyring.unwrap(key_id, wrapped) == FILE_KEY


def test_a_key_that_was_followed_by_another_still_unwraps() -> None:
    key_id, wrapped = Keyring.from_text(OLD).wrap(FILE_KEY)
    assert Keyring.from_text(f"{NEW}, {OLD}").unwrap(key_id, wrapped) == FILE_KEY


def test_the_first_key_wraps() -> None:
    key_id, wrapped = Keyring.from_text(f"{NEW},{OLD}").wrap(FILE_KEY)
    assert Keyring.from_text(NEW).unwrap(key_id, wrapped) == FILE_KEY
    with pytest.raises(KeyMissing):
        Keyring.from_text(OLD).unwrap(key_id, wrapped)


@pytest.mark.parametrize("place", range(40))
def test_an_altered_wrapped_key_is_refused(place: int) -> None:
    keyring = Keyring.from_text(NEW)
    key_id, wrapped = keyring.wrap(FILE_KEY)
    altered = bytearray(wrapped)
    altered[place] ^= 1
    with pytest.raises(WrapBroken):
        keyring.unwrap(key_id, bytes(altered))


def test_padding_makes_no_difference() -> None:
    key_id, wrapped = Keyring.from_text(NEW + "=").wrap(FILE_KEY)
    assert Keyring.from_text(NEW).unwrap(key_id, wrapped) == FILE_KEY


@pytest.mark.parametrize("text", ["", ",", NEW[:-1], NEW + "A", NEW[:-1] + "!", NEW + "," + OLD[:20], f"{NEW};{OLD}"])
def test_text_that_holds_no_keys_is_refused_without_being_quoted(text: str) -> None:
    with pytest.raises(BadKey) as refused:
        Keyring.from_text(text)
    assert NEW[:-1] not in str(refused.value)


def test_no_two_keys_are_alike() -> None:
    assert len({Keyring.generate() for _ in range(50)}) == 50


def test_a_keyring_does_not_show_its_keys() -> None:
    assert NEW not in repr(Keyring.from_text(NEW))
