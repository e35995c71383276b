"""Texts with values and numbers in them, in every language."""

import unicodedata

import pytest

from deskside.ui.text import Catalogue, direction, direction_of, plural_form

ARABIC = {
    "files.one": "ملف واحد",
    "files.two": "ملفان",
    "files.few": "{count} ملفات",
    "files.many": "{count} ملفًا",
    "files.other": "{count} ملف",
}


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", {0: "other", 1: "one", 2: "other", 11: "other", 101: "other"}),
        ("de", {0: "other", 1: "one", 2: "other", 21: "other"}),
        (
            "ar",
            {0: "zero", 1: "one", 2: "two", 3: "few", 10: "few", 11: "many", 99: "many", 100: "other", 102: "other"}
            | {103: "few", 111: "many", 202: "other", 1000: "other", 1003: "few"},
        ),
    ],
)
def test_a_number_asks_for_the_form_that_its_language_has_for_it(language: str, forms: dict[int, str]) -> None:
    assert {count: plural_form(language, count) for count in forms} == forms


def test_what_is_no_whole_number_takes_the_common_form() -> None:
    for language in ("en", "de", "ar"):
        assert plural_form(language, "1.5") == "other"
        assert plural_form(language, 1.5) == "other"


def test_a_text_is_said_in_the_form_of_its_number() -> None:
    t = Catalogue(ARABIC, "ar")
    said = [t("files", count=count) for count in (1, 2, 3, 11, 100)]
    assert said == ["ملف واحد", "ملفان", "3 ملفات", "11 ملفًا", "100 ملف"]


def test_nothing_is_said_in_the_common_form_where_it_has_none_of_its_own() -> None:
    assert Catalogue(ARABIC, "ar")("files", count=0) == "0 ملف"


def test_a_text_without_forms_is_the_same_for_every_number() -> None:
    assert Catalogue({"size": "{count} kB"})("size", count="1.5") == "1.5 kB"


def test_in_a_text_from_right_to_left_a_name_keeps_the_order_of_its_own_letters() -> None:
    t = Catalogue({"file": "وصل الملف {file}.", "left": "{count} ملف"}, "ar")
    assert t("file", file="report (1).pdf") == "وصل الملف \u2068report (1).pdf\u2069."
    assert t("left", count=7) == "7 ملف"


def test_a_text_that_is_missing_shows_its_key() -> None:
    t = Catalogue({})
    assert (t("a.b"), t("a.b", count=3)) == ("a.b", "a.b")


def test_a_catalogue_speaks_another_language_where_it_stands() -> None:
    t = Catalogue({"hello": "Hello {name}"})
    t.use({"hello": "Guten Tag, {name}"}, "de")
    assert (t("hello", name="Ann"), t.language) == ("Guten Tag, Ann", "de")


def test_only_languages_that_are_written_from_the_right_are_laid_out_so() -> None:
    assert {language: direction(language) for language in ("en", "de", "ar")} == {"en": "ltr", "de": "ltr", "ar": "rtl"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", None),
        ("12:30 — 🙂 (?!)", None),
        ("Hello مرحبا", "ltr"),
        ("مرحبا Hello", "rtl"),
        ("«שלום»", "rtl"),
        ("١٢ ب", "rtl"),
        ("• 1. Überall", "ltr"),
        ("🙂 नमस्ते", "ltr"),
        ("12 你好", "ltr"),
        ("\u200f12", "rtl"),
        ("1" * 1_000_000 + "ب", None),
    ],
)
def test_a_field_has_the_direction_of_its_first_letter(text: str, found: str | None) -> None:
    assert direction_of(text) == found


def test_every_letter_of_unicode_has_its_direction() -> None:
    directions = {"L": "ltr", "R": "rtl", "AL": "rtl"}
    letters = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) in ("Lu", "Ll", "Lt", "Lo")]
    passed_over = [letter for letter in letters if direction_of(letter) is None]
    assert [
        letter
        for letter in letters
        if direction_of(letter) not in (None, directions[unicodedata.bidirectional(letter)])
    ] == []
    # Among symbols: the next letter decides.
    assert len(passed_over) < 60, passed_over
