"""The catalogue holds every text that the sources ask for, and nothing else."""

import ast
import re
from pathlib import Path

from tests.ui.catalogue import WEB, english

SOURCES = sorted([*(WEB / "deskside").rglob("*.py"), *(WEB / "deskside_build").rglob("*.py")])
KEY = re.compile(r"[a-z_]+(\.[a-z_]+)+")
BEGINNING = re.compile(r"([a-z_]+\.)+")


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


def test_every_text_that_the_sources_ask_for_is_there() -> None:
    assert calls() - set(english()) == set()


def test_every_text_is_asked_for() -> None:
    keys, beginnings = asked_for()
    for key in english():
        assert key in keys or any(key.startswith(beginning) for beginning in beginnings), key


def test_texts_are_trimmed_and_hold_no_markup() -> None:
    for key, text in english().items():
        assert text, key
        assert text == text.strip() or key.startswith("list."), key
        assert "<" not in text, key
        assert "&" not in text, key


def test_a_customer_reads_no_jargon() -> None:
    words = re.compile(r"\b(peer|ICE|signaling|WebRTC|SDP|STUN|TURN|session description|data channel)\b")
    for key, text in english().items():
        assert not words.search(text), key
