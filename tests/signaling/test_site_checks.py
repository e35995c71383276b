"""What the settings of a site refuse, each with its place, a code and what is wrong about it."""

import base64
import json
from typing import Any

import pytest

from signaling.site.checks import site_of
from signaling.site.document import Site
from signaling.site.fields import contrast_with_white
from signaling.site.problems import PROBLEMS, Invalid, Problem, sentence
from signaling.site.saving import text_of
from tests.signaling.administrator import PNG

KINDS = "'rating', 'choice' or 'text'"
MODES = "'web_chat', 'full_client' or 'customer_chooses'"
RATING = {"id": "q", "kind": "rating", "text": {"en": "Happy?"}}

GERMAN = {"text": {"de": "Zufrieden?"}}


def wrong(settings: Any) -> list[Problem]:
    """What is wrong with settings on a server without a client to download."""
    with pytest.raises(Invalid) as refused:
        site_of(settings if isinstance(settings, str) else json.dumps(settings), client=False)
    return refused.value.problems


@pytest.mark.parametrize(
    ("settings", "path", "code", "detail"),
    [
        ({"agreement": {"timeout": 0}}, "agreement.timeout", "too_small", "10"),
        ({"agreement": {"timeout": 86400}}, "agreement.timeout", "too_large", "3600"),
        ({"agreement": {"timeout": "60"}}, "agreement.timeout", "wrong_type", ""),
        ({"agreement": {"on": 1}}, "agreement.on", "wrong_type", ""),
        ({"orphaned": {"url": "javascript:alert(1)"}}, "orphaned.url", "bad_url", "javascript"),
        ({"orphaned": {"url": "JAVASCRIPT:alert(1)"}}, "orphaned.url", "bad_url", "javascript"),
        ({"orphaned": {"url": "data:text/html,x"}}, "orphaned.url", "bad_url", "data"),
        ({"orphaned": {"url": "//example.com"}}, "orphaned.url", "bad_url", ""),
        ({"orphaned": {"url": "https://"}}, "orphaned.url", "bad_url", "https"),
        ({"orphaned": {"url": "https://me:secret@example.com"}}, "orphaned.url", "bad_url", "https"),
        ({"orphaned": {"url": "https://example.com:99999/"}}, "orphaned.url", "bad_url", ""),
        ({"orphaned": {"url": "https://exam ple.com"}}, "orphaned.url", "bad_url", ""),
        ({"survey": {"on": True}}, "survey.questions", "survey_without_questions", ""),
        (
            {"survey": {"questions": [RATING | {"kind": "choice"}]}},
            "survey.questions.0.choices",
            "choice_without_choices",
            "",
        ),
        ({"survey": {"questions": [RATING, RATING]}}, "survey.questions.1.id", "duplicate_id", "q"),
        ({"survey": {"questions": [RATING | GERMAN]}}, "survey.questions.0.text.en", "missing_text", "en"),
        ({"survey": {"questions": [RATING | {"kind": "essay"}]}}, "survey.questions.0.kind", "unknown_value", KINDS),
        ({"issues": [{"id": "a", "name": {"de": "Drucker"}}]}, "issues.0.name.en", "missing_text", "en"),
        ({"issues": [{"id": "a", "name": {"en": "  "}}]}, "issues.0.name.en", "missing_text", "en"),
        (
            {"languages": ["ar"], "issues": [{"id": "a", "name": {"en": "Printer"}}]},
            "issues.0.name.ar",
            "missing_text",
            "ar",
        ),
        ({"issues": [{"id": "a", "name": {"en": "x"}, "team": "gone"}]}, "issues.0.team", "unknown_team", "gone"),
        ({"issues": [{"id": "a b", "name": {"en": "x"}}]}, "issues.0.id", "bad_id", ""),
        ({"issues": [{"name": {"en": "x"}}]}, "issues.0.id", "missing", ""),
        ({"teams": []}, "teams", "too_few", "1"),
        ({"teams": [{"id": "a", "name": "A"}, {"id": "a", "name": "B"}]}, "teams.1.id", "duplicate_id", "a"),
        ({"canned": [{"id": "a", "name": "Hello", "text": {}}]}, "canned.0.text.en", "missing_text", "en"),
        ({"canned": [{"id": "a", "name": "Hi", "text": {"en": "{you}"}}]}, "canned.0.text.en", "unknown_macro", "you"),
        ({"texts": {"en": {"greeting": "{companny} {x}"}}}, "texts.en.greeting", "unknown_macro", "companny, x"),
        ({"texts": {"en": {"slogan": "x"}}}, "texts.en.slogan", "unknown_text", "slogan"),
        ({"texts": {"fr": {"greeting": "x"}}}, "texts.fr", "unknown_language", "fr"),
        ({"texts": {"en": {"greeting": "a\u0000b"}}}, "texts.en.greeting", "control_character", ""),
        ({"texts": {"en": {"greeting": "a\u202eb"}}}, "texts.en.greeting", "control_character", ""),
        ({"texts": {"en": {"greeting": "x" * 10_001}}}, "texts.en.greeting", "too_long", "10000"),
        ({"texts": {"de": {"agreement_title": "x" * 201}}}, "texts.de.agreement_title", "too_long", "200"),
        ({"texts": {"de": {"agreement_title": "a\nb"}}}, "texts.de.agreement_title", "control_character", ""),
        (
            {"agreement": {"on": True}, "texts": {"ar": {"agreement_text": " "}}},
            "texts.ar.agreement_text",
            "missing_text",
            "ar",
        ),
        ({"company": "a\nb"}, "company", "control_character", ""),
        ({"company": "   "}, "company", "too_short", "1"),
        ({"company": "x" * 101}, "company", "too_long", "100"),
        ({"languages": []}, "languages", "too_few", "1"),
        ({"languages": ["en", "en"]}, "languages.1", "duplicate_language", "en"),
        ({"colour": "red"}, "colour", "bad_colour", "red"),
        ({"colour": "#777777"}, "colour", "low_contrast", "4.4"),
        ({"logo": "https://example.com/logo.png"}, "logo", "bad_image", "https://example.com/logo.png"),
        ({"logo": "data:image/svg+xml;base64,PHN2Zz4="}, "logo", "bad_image", "data:image/svg+xml"),
        ({"logo": PNG.replace("png", "gif", 1)}, "logo", "bad_image", "data:image/gif"),
        ({"logo": "data:image/png;base64,iVBORw0KGgo=="}, "logo", "bad_image", "data:image/png"),
        ({"watermark": {"image": "data:text/html;base64,PHA+"}}, "watermark.image", "bad_image", "data:text/html"),
        ({"logo": PNG + "A" * 100_000}, "logo", "too_long", "100000"),
        ({"allowed_origins": ["example.com"]}, "allowed_origins.0", "bad_origin", "example.com"),
        ({"allowed_origins": ["https://a.example/x"]}, "allowed_origins.0", "bad_origin", "https://a.example/x"),
        ({"allowed_origins": ["*"]}, "allowed_origins.0", "bad_origin", "*"),
        ({"allowed_origins": ["https://a.example:70000"]}, "allowed_origins.0", "bad_origin", "https://a.example:70000"),
        ({"files": {"forbidden_types": ["exe files"]}}, "files.forbidden_types.0", "bad_file_type", "exe files"),
        ({"session_start": "full_client"}, "session_start", "no_client_file", ""),
        ({"session_start": "customer_chooses"}, "session_start", "no_client_file", ""),
        ({"session_start": "telepathy"}, "session_start", "unknown_value", MODES),
        ({"colours": "#000000"}, "colours", "unknown_setting", ""),
        ({"hold": {"interval": 1e99}}, "hold.interval", "wrong_type", ""),
        ([], "", "wrong_type", ""),
        ("{", "", "not_json", ""),
        ("[" * 100_000, "", "not_json", ""),
        ('{"company": "\\ud800"}', "", "not_json", ""),
        ('{"hold": {"interval": NaN}}', "hold.interval", "wrong_type", ""),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_where_it_stands(settings: Any, path: str, code: str, detail: str) -> None:
    found = wrong(settings)
    assert found == [Problem(path, code, detail)]
    assert code in PROBLEMS and PROBLEMS[code] in sentence(found[0])


def test_everything_that_is_wrong_is_said_at_once() -> None:
    found = wrong({"company": "", "colour": "red", "hold": {"interval": 1}, "nonsense": 1})
    assert {problem.path for problem in found} == {"company", "colour", "hold.interval", "nonsense"}


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"company": "Bäckerei Öz", "colour": "#0B5FFF", "logo": PNG, "languages": ["de"]},
        {
            "texts": {
                "de": {"greeting": "Zeile\r\n\r\n**{company}** [hier](https://a.example/)"},
                "en": {"greeting": ""},
            }
        },
        {"orphaned": {"url": " https://example.com/contact?x=1#here "}},
        {"survey": {"on": False, "questions": [RATING | {"kind": "text"}]}},
        {"survey": {"on": True, "questions": [RATING]}},
        {"watermark": {"text": "Acme", "image": PNG}},
        {"files": {"max_size": 0, "forbidden_types": [".EXE", "application/zip", "video/*"]}},
        {"allowed_origins": ["http://localhost:8000", "https://[::1]:8443", "https://a.example"]},
    ],
)
def test_what_is_right_is_taken_and_stays_right_when_it_is_stored(settings: Any) -> None:
    site = site_of(json.dumps(settings), client=False)
    assert site_of(text_of(site), client=False) == site


def test_values_are_kept_as_they_are_compared_later() -> None:
    site = site_of(
        json.dumps({
            "colour": "#0B5FFF",
            "allowed_origins": ["https://Support.Example.com:443", "http://EXAMPLE.com:8080"],
            "files": {"forbidden_types": [" .EXE "]},
            "texts": {"en": {"greeting": "one\r\ntwo", "queue_greeting": " \n"}},
            "issues": [{"id": "a", "name": {"en": " Printer ", "de": " "}}],
        }),
        client=False,
    )  # fmt: skip
    assert site.colour == "#0b5fff"
    assert site.allowed_origins == ("https://support.example.com", "http://example.com:8080")
    assert site.files.forbidden_types == (".exe",)
    assert site.texts["en"] == {"greeting": "one\ntwo", "queue_greeting": ""}
    assert site.issues[0].name == {"en": "Printer", "de": ""}


def test_start_modes_with_a_download_can_be_chosen_once_there_is_one() -> None:
    for mode in ("full_client", "customer_chooses"):
        assert site_of(json.dumps({"session_start": mode}), client=True).session_start == mode


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        ("jpeg", b"\xff\xd8\xff\xe0"),
        ("gif", b"GIF89a"),
        ("webp", b"RIFF\1\2\3\4WEBPVP8 "),
    ],
)
def test_an_image_is_one_of_four_kinds_and_really_that(kind: str, content: bytes) -> None:
    encoded = base64.b64encode(content + bytes(20)).decode()
    assert site_of(json.dumps({"logo": f"data:image/{kind};base64,{encoded}"}), client=False).logo
    for other in {"png", "jpeg", "gif", "webp"} - {kind}:
        assert wrong({"logo": f"data:image/{other};base64,{encoded}"})[0].code == "bad_image"


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast_with_white("#000000") == 21
    assert contrast_with_white("#ffffff") == 1
    assert contrast_with_white("#767676") > 4.5 > contrast_with_white("#777777")


def test_the_defaults_are_a_site_that_may_be_saved() -> None:
    assert site_of(text_of(Site()), client=False) == Site()
