"""Names and passwords at every door: however they are typed or pasted, they are the same."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Connection, text

from signaling.accounts import hash_password
from signaling.app import DATABASE
from signaling.desk import now
from signaling.precis import folded
from signaling.secrets import digest
from signaling.store import accounts
from signaling.store.database import Database
from tests.signaling.administrator import Administrator, problems
from tests.signaling.process import deskside
from tests.signaling.server import PASSWORD, Site, serving, settings
from tests.signaling.test_migrations import first_database

NAME = "Rene\u0301e  Smith"
SECRET = "cafe\u0301 au lait"


def add_directly(data: Path, name: str, password: str) -> None:
    """As it was kept before there was one form of it."""
    database = Database(data / DATABASE, 5)
    database.submit(partial(accounts.add, name, name, hash_password(password), False, now())).result()
    database.close()


def kept_hash(data: Path, name: str) -> str:
    database = Database(data / DATABASE, 5)
    found = database.read_now(partial(accounts.credentials, name))
    database.close()
    assert found
    return found.password_hash


@pytest.fixture(scope="module")
def shared(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server that Renée was added to by the administrator and Zoë by the command."""
    data = tmp_path_factory.mktemp("shared")
    for path in prepared.iterdir():
        if path.is_file():
            (data / path.name).write_bytes(path.read_bytes())
    with serving(settings(data, static=prepared / "pages")) as site:
        added = Administrator(site).post("representatives", {"name": NAME, "password": SECRET})
        assert added["name"] == "Renée Smith"
        by_command = deskside("representative", "add", " Zoe\u0308\u00a0", "--data", data, stdin=SECRET + "\n")
        assert by_command.stdout == "Zoë can sign in now.\n"
        yield site


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("Renée Smith", "café au lait"),
        ("Renée  Smith", "café au lait"),
        ("Renée\u00a0Smith", "café au lait"),
        ("\u200bRenée Smith\u200b", "café au lait"),
        ("Rene\u0301e Smith", "café au lait"),
        ("RENÉE\tSMITH", "café au lait"),
        ("Renée Smith", "cafe\u0301 au lait"),
        ("Renée Smith", "café\u00a0au\u3000lait"),
        ("Renée Smith", "café au lait "),
        ("Renée Smith", "\u00a0café au lait\t"),
        ("Renée Smith", "cafe\u0301 au lait "),
        ("Renée Smith", "\ufeffcafé au lait\u200b"),
        ("zoë", "café au lait"),
    ],
)
def test_who_types_or_pastes_it_in_another_way_comes_in(shared: Site, name: str, password: str) -> None:
    answer = shared.post("/api/sign-in", {"name": name, "password": password})
    assert (answer.status_code, answer.json()["name"][-1]) == (200, "h" if "m" in name.lower() else "ë")


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("Renee Smith", SECRET),
        ("RenéeSmith", SECRET),
        ("Renée Smith", "CAFÉ AU LAIT"),
        ("Renée Smith", "cafe au lait"),
        ("Renée Smith", "café  au lait"),
        ("Renée Smith", "caféaulait"),
        ("Renée Smith", "\ue000 unusable"),
    ],
)
def test_what_is_another_name_or_password_is_refused(shared: Site, name: str, password: str) -> None:
    assert shared.post("/api/sign-in", {"name": name, "password": password}).json() == {"code": "wrong_credentials"}


@pytest.mark.parametrize(("name", "password"), [("\u200b \u00a0", SECRET), ("", SECRET), ("Bob", "")])
def test_what_is_empty_is_missing(shared: Site, name: str, password: str) -> None:
    answer = shared.post("/api/sign-in", {"name": name, "password": password})
    assert (answer.status_code, answer.json()) == (400, {"code": "missing"})


@pytest.mark.parametrize("name", ["Renée\u00a0Smith", "RENE\u0301E   SMITH", "Renée Smi\u200bth"])
def test_nobody_else_gets_a_name_that_is_compared_as_the_same(shared: Site, name: str) -> None:
    refused = Administrator(shared).ask("POST", "representatives", {"name": name, "password": PASSWORD})
    assert problems(refused) == [("name", "name_taken")]


def test_ways_to_write_one_name_share_their_attempts(data: Path) -> None:
    with serving(settings(data, sign_in_attempts_per_name="2/minute")) as site:
        names = ("Bob", "B\u200bob", "\u00a0BOB ")
        answers = [site.post("/api/sign-in", {"name": name, "password": "wrong"}).status_code for name in names]
    assert answers == [401, 401, 429]


@pytest.mark.parametrize("old", ["decompose\u0301d", "❤\ufe0f❤\ufe0f❤\ufe0f❤\ufe0f", "ends in a space "])
def test_a_password_from_before_still_opens_and_is_hashed_anew_in_its_form(data: Path, old: str) -> None:
    add_directly(data, "Ada", old)
    with serving(settings(data)) as site:
        for _ in range(2):
            assert site.sign_in("Ada", old)
    assert PasswordHasher().verify(kept_hash(data, "Ada"), old.replace("e\u0301", "é").replace("\ufe0f", ""))


def test_a_password_copied_with_a_space_does_not_change_what_is_kept(data: Path) -> None:
    before = kept_hash(data, "Bob")
    with serving(settings(data)) as site:
        assert site.sign_in("Bob", PASSWORD + " ")
    assert kept_hash(data, "Bob") == before


def test_the_one_time_link_takes_a_name_and_a_password_in_any_form(tmp_path: Path, prepared: Path) -> None:
    database = Database(tmp_path / DATABASE, 5)
    database.submit(lambda connection: accounts.offer_setup(digest("link"), now(), connection)).result()
    database.close()
    with serving(settings(tmp_path, static=prepared / "pages")) as site:
        for wrong, code in (
            ({"name": "\u200b"}, "missing"),
            ({"name": "\ue000"}, "bad_name"),
            ({"password": "tab\tseparated"}, "bad_password"),
            ({"password": "\u200b" * 9}, "missing"),
            ({"password": "seven77\u200b"}, "password_too_short"),
        ):
            body = {"token": "link", "name": NAME, "password": SECRET} | wrong
            assert site.post("/api/setup", body).json()["code"] == code
        made = site.post("/api/setup", {"token": "link", "name": NAME, "password": SECRET})
        assert made.json() == {"name": "Renée Smith", "administrator": True}
        assert site.sign_in("renée smith", "café au lait")


def of_before(connection: Connection, id: str, name: str, at: int) -> None:
    values = {"id": id, "name": name, "key": folded(name), "hash": hash_password(PASSWORD + id), "at": at}
    connection.execute(
        text(
            "INSERT INTO representatives (id, name, name_key, password_hash, administrator, created_at)"
            " VALUES (:id, :name, :key, :hash, 1, :at)"
        ),
        values,
    )


def test_two_people_whose_names_became_one_keep_signing_in_and_being_changed(tmp_path: Path, prepared: Path) -> None:
    with first_database(tmp_path / DATABASE) as connection:
        of_before(connection, "1", "Riley  Smith", 1)
        of_before(connection, "2", "Riley Smith", 2)
        of_before(connection, "3", "Riley\u00a0\u00a0\u00a0Smith", 3)
        of_before(connection, "4", "Sam\u00a0\u00a0Lee", 4)
    with serving(settings(tmp_path, static=prepared / "pages")) as site:

        def signs_in(name: str, id: str) -> bool:
            answer = site.post("/api/sign-in", {"name": name, "password": PASSWORD + id})
            return answer.status_code == 200

        assert signs_in("Riley  Smith", "1") and signs_in("riley  smith", "1")
        assert signs_in("Riley Smith", "2") and signs_in("Riley\u200b Smith", "2")
        assert signs_in("Riley   Smith", "3") and not signs_in("Riley Smith", "3")
        assert signs_in("Sam Lee", "4") and signs_in("Sam\u00a0\u00a0Lee", "4")
        sam = Administrator(site)
        sam.headers["Cookie"] = site.sign_in("Sam Lee", PASSWORD + "4")
        for id, name in (("1", "Riley  Smith"), ("2", "Riley Smith"), ("3", "Riley\u00a0\u00a0\u00a0Smith")):
            form = {"name": name, "administrator": True, "session_limit": 3}
            assert sam.put(f"representatives/{id}", form)["name"] == name
        sam.put("representatives/2", {"name": "RILEY Smith", "administrator": True})
        assert signs_in("Riley  Smith", "1") and signs_in("Riley Smith", "2") and signs_in("Riley   Smith", "3")
        assert sam.ask("DELETE", "representatives/2", {}).status_code == 200
        refused = sam.ask("POST", "representatives", {"name": "Riley Smith", "password": PASSWORD})
        assert problems(refused) == [("name", "name_taken")]
        sam.put("representatives/1", {"name": "Riley Jones", "administrator": True})
        assert signs_in("Riley\u00a0Jones", "1") and not signs_in("Riley  Smith", "1")
