"""What can be wrong with settings: codes, which the administrator's page words, and words for the command line."""

from typing import NamedTuple

from pydantic import ValidationError

PROBLEMS = {
    "bad_colour": "a colour is written like #0b5fff",
    "bad_file_type": "a type of file is written like .exe, application/zip or video/*",
    "bad_id": "an id has 1 to 64 letters, digits, hyphens and underscores",
    "bad_image": "an image is a data URL that holds what it says, PNG, JPEG, WebP or GIF",
    "bad_name": "there are characters in this name that cannot be used",
    "bad_origin": "an origin is written like https://www.example.com, with no path",
    "bad_password": "there are characters in this password that cannot be used",
    "bad_url": "an address begins with https:// or http:// and names a host",
    "choice_without_choices": "a question with choices needs some to choose from",
    "control_character": "there is a control character in it",
    "duplicate_id": "this id is there twice",
    "duplicate_language": "this language is there twice",
    "expired": "this moment is over",
    "low_contrast": "white text on this colour is hard to read: the contrast is less than 4.5 to 1",
    "missing": "this is needed",
    "missing_text": "the text is needed in this language, the first one of the site",
    "name_taken": "somebody has this name already",
    "no_client_file": "there is no client for customers to download",
    "no_relay": "this server knows no TURN server, so nobody could be connected",
    "not_json": "this is no JSON",
    "notice_without_team": "a published notice is for this team",
    "password_too_short": "the password is too short; the least number of characters is",
    "representative_without_team": "a representative is in this team",
    "survey_without_questions": "the survey is on and has no questions",
    "too_few": "there are too few; the least is",
    "too_large": "the number is too large; the most is",
    "too_long": "the text is too long; the most characters are",
    "too_many": "there are too many; the most is",
    "too_short": "the text is too short; the least number of characters is",
    "too_small": "the number is too small; the least is",
    "unknown_language": "the pages do not speak this language",
    "unknown_macro": "there is no such macro",
    "unknown_setting": "there is no such setting",
    "unknown_team": "there is no such team",
    "unknown_text": "there is no such text",
    "unknown_value": "this is none of the values",
    "wrong_type": "this is not the right kind of value",
}
"""Every code, with what it means in words for an operator. A detail, where there is one, follows."""

_OURS = {
    "missing": "missing",
    "extra_forbidden": "unknown_setting",
    "string_pattern_mismatch": "bad_id",
    "string_too_long": "too_long",
    "string_too_short": "too_short",
    "too_long": "too_many",
    "too_short": "too_few",
    "greater_than_equal": "too_small",
    "less_than_equal": "too_large",
    "literal_error": "unknown_value",
    "json_invalid": "not_json",
}
_LIMITS = ("detail", "max_length", "min_length", "ge", "le", "expected")


class Problem(NamedTuple):
    """Something that cannot be saved as it is."""

    path: str
    """Where it is, such as `survey.questions.0.text`; empty when it is the whole."""
    code: str
    detail: str = ""


class Invalid(Exception):
    """Settings, or a part of them, that cannot be used."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(", ".join(sorted({problem.code for problem in problems})))
        self.problems = problems


def problems_of(error: ValidationError) -> list[Problem]:
    """What pydantic found, in our words."""
    found = []
    for item in error.errors(include_url=False, include_input=False):
        kind = item["type"]
        context = item.get("ctx", {})
        code = _OURS.get(kind, kind if kind in PROBLEMS else "wrong_type")
        limits = [str(context[name]) for name in _LIMITS if name in context]
        path = ".".join(str(part) for part in item["loc"] if part != "[key]")
        found.append(Problem(path, code, limits[0] if limits and code != "not_json" else ""))
    return found


def sentence(problem: Problem) -> str:
    """For the command line."""
    words = f"{problem.path or 'The file'}: {PROBLEMS[problem.code]}"
    return f"{words}: {problem.detail}" if problem.detail else words
