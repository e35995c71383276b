"""The catalogue holds every text that the sources ask for, and nothing else."""

import ast
import re
from pathlib import Path

import pytest

from deskside.ui.text import plural_form
from tests.ui.catalogue import WEB, areas, english, languages

SOURCES = sorted([*(WEB / "deskside").rglob("*.py"), *(WEB / "deskside_build").rglob("*.py")])
SCRIPTS = sorted(WEB.glob("*.js"))
KEY = re.compile(r"[a-z_]+(\.[a-z_]+)+")
BEGINNING = re.compile(r"([a-z_]+\.)+")
FORMS = ("zero", "one", "two", "few", "many", "other")
OTHERS = [language for language in languages() if language != "en"]


def strings(path: Path) -> set[str]:
    """Every string of a module that is not a docstring, with what f-strings begin with."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation
    }


def asked_for() -> tuple[set[str], set[str]]:
    """Keys written out in the sources, and beginnings of keys that are put together."""
    found = set().union(*(strings(path) for path in SOURCES))
    found |= set().union(*(re.findall(r'"([^"\n]+)"', path.read_text(encoding="utf-8")) for path in SCRIPTS))
    return {text for text in found if KEY.fullmatch(text)}, {text for text in found if BEGINNING.fullmatch(text)}


def calls() -> set[str]:
    """The keys in calls of a catalogue: `t("...")`, `self.t("...")`, `page.t("...")`."""
    found: set[str] = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            argument = node.args[0]
            if name != "t":
                continue
            choices = [argument.body, argument.orelse] if isinstance(argument, ast.IfExp) else [argument]
            found |= {str(choice.value) for choice in choices if isinstance(choice, ast.Constant)}
    return found


def asked(key: str, texts: dict[str, str]) -> str:
    """What a text is asked for as: one that has a form for each kind of number, without the form."""
    base, _, form = key.rpartition(".")
    # What is said differently to the one who did it and to the other is no matter of numbers.
    counts = base + ".other" in texts and base + ".mine" not in texts
    return base if form in FORMS and counts else key


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"{(\w+)}", text))


def test_every_text_that_the_sources_ask_for_is_there() -> None:
    texts = english()
    assert calls() - {asked(key, texts) for key in texts} == set()


def test_every_text_is_asked_for() -> None:
    keys, beginnings = asked_for()
    texts = english()
    for key in {asked(key, texts) for key in texts}:
        assert key in keys or any(key.startswith(beginning) for beginning in beginnings), key


def test_every_language_has_the_same_areas() -> None:
    for language in OTHERS:
        assert set(areas(language)) == set(areas()), language


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("area", sorted(areas()))
def test_every_language_has_the_same_texts_with_the_same_placeholders(language: str, area: str) -> None:
    ours, theirs = areas()[area], areas(language)[area]
    expected = {asked(key, ours): placeholders(text) for key, text in ours.items()}
    found: dict[str, set[str]] = {}
    for key, text in theirs.items():
        # A form for one or two things may leave the number to its words.
        found.setdefault(asked(key, theirs), set()).update(placeholders(text))
        assert placeholders(text) | {"count"} == expected[asked(key, theirs)] | {"count"}, key
    assert found == expected


@pytest.mark.parametrize("language", languages())
def test_a_text_with_a_number_has_every_form_of_its_language(language: str) -> None:
    needed = {plural_form(language, count) for count in range(200)} | {"other"}
    texts = {key: text for area in areas(language).values() for key, text in area.items()}
    for base in {asked(key, texts) for key in texts if asked(key, texts) != key}:
        forms = {key.rpartition(".")[2] for key in texts if asked(key, texts) == base}
        # Nothing, where it is not said in words of its own, is many.
        assert needed - {"zero"} <= forms <= needed, base


@pytest.mark.parametrize("language", languages())
def test_texts_are_trimmed_and_hold_no_markup(language: str) -> None:
    for texts in areas(language).values():
        for key, text in texts.items():
            assert text, key
            assert text == text.strip() or key.startswith("list."), key
            assert "<" not in text, key
            assert "&" not in text, key


def test_no_text_is_left_untranslated() -> None:
    for area, texts in areas().items():
        for language in OTHERS:
            theirs = areas(language)[area]
            same = [key for key in texts if theirs.get(key) == texts[key]]
            # One or two words may be the same in both.
            assert [key for key in same if len(re.findall(r"\b[a-z]{2,}\b", texts[key])) > 2] == [], (language, area)


def test_a_customer_reads_no_jargon() -> None:
    words = re.compile(r"\b(peer|ICE|signaling|WebRTC|SDP|STUN|TURN|session description|data channel)\b")
    for key, text in english().items():
        assert not words.search(text), key
