"""The entries of a timeline as sentences, in the languages of the product."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

from signaling.recordings.placing import Entry

LANGUAGES = ("en", "de", "ar")

Words = Callable[[Entry], str]

_FOLDER = Path(__file__).parent / "texts"


def words_in(language: str, customer: str = "") -> Words:
    """The sentence of an entry in that language, or in English where it is none of ours.

    `language` is a tag of BCP 47. The record does not name the customer in what they did: `customer` does.
    """
    texts = _texts_in(language)

    def sentence(entry: Entry) -> str:
        record = entry.record
        key = record["text"] if record["kind"] == "event" else record["kind"]
        if key == "file_end" and record.get("reason") != "finished":
            key = "file_end.failed"
        if key == "permission_ended" and f"{key}.{record.get('reason')}" in texts["sentence"]:
            key = f"{key}.{record['reason']}"
        author = record["author"]
        name = record["name"] or (customer if author == "customer" else "") or texts["author"][author]
        values = {"name": name, "text": record["text"]}
        for thing in ("permission", "surface"):
            value = record.get(thing, "")
            values[thing] = texts[thing].get(value, value)
        said = texts["sentence"].get(key, texts["sentence"]["other"]).format_map(values)
        return f"{said}\n({texts['mark']['unproved']})" if entry.is_marked else said

    return sentence


def notice_in(language: str) -> str:
    """What is said once of a timeline that no representative's page has confirmed."""
    return _texts_in(language)["mark"]["all_unproved"]


def _texts_in(language: str) -> dict[str, dict[str, str]]:
    spoken = language.split("-")[0].lower()
    return _texts(spoken if spoken in LANGUAGES else LANGUAGES[0])


@cache
def _texts(language: str) -> dict[str, dict[str, str]]:
    texts: dict[str, dict[str, str]] = json.loads((_FOLDER / f"{language}.json").read_text(encoding="utf-8"))
    return texts
