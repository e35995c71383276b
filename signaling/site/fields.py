"""The kinds of values that the settings of a site are made of. What is refused is refused with a code of `problems`."""

import base64
import binascii
import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from deskside.core.prose import unknown_macros
from deskside.core.schema import has_control_characters

LANGUAGES = ("en", "de", "ar")
"""The languages that the pages speak."""
TEXTS = (
    "greeting",
    "queue_greeting",
    "agreement_title",
    "agreement_text",
    "recording_text",
    "hold_message",
    "orphaned_message",
)
"""What customers read that is the company's to word."""
LONGEST_TEXT = 10_000
LEAST_CONTRAST = 4.5
"""Of the company's colour against the white text that stands on it: WCAG 2.2, success criterion 1.4.3."""

_IMAGE = re.compile(r"data:image/(png|jpeg|webp|gif);base64,([A-Za-z0-9+/]+={0,2})")
_BEGINNINGS = {
    "png": re.compile(rb"\x89PNG\r\n\x1a\n....IHDR", re.DOTALL),
    "jpeg": re.compile(rb"\xff\xd8\xff"),
    "gif": re.compile(rb"GIF8[79]a"),
    "webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
}
_HOST = r"(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:.]+\])"
_ORIGIN = re.compile(rf"(https?)://({_HOST})(?::([0-9]{{1,5}}))?")
_USUAL_PORT = {"http": "80", "https": "443"}
_FILE_TYPE = re.compile(r"\.[a-z0-9][a-z0-9_+-]{0,19}|[a-z]+/(?:\*|[a-z0-9][a-z0-9.+_-]{0,99})")


def refusal(code: str, detail: str = "") -> PydanticCustomError:
    """A value that cannot be used; `detail` is the part of it that is wrong, or the limit that it breaks."""
    return PydanticCustomError(code, code, {"detail": detail})


def _language(value: str) -> str:
    if value not in LANGUAGES:
        raise refusal("unknown_language", value)
    return value


def _text_name(value: str) -> str:
    if value not in TEXTS:
        raise refusal("unknown_text", value[:100])
    return value


def _line(value: str) -> str:
    if has_control_characters(value):
        raise refusal("control_character")
    return value


def _lines(value: str) -> str:
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    if has_control_characters(value, "\n\t"):
        raise refusal("control_character")
    return value if value.strip() else ""


def _prose(value: str) -> str:
    unknown = unknown_macros(value)
    if unknown:
        raise refusal("unknown_macro", ", ".join(unknown))
    return value


def contrast_with_white(colour: str) -> float:
    """The contrast of `#rrggbb` against white, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _colour(value: str) -> str:
    value = value.lower()
    if value and not re.fullmatch(r"#[0-9a-f]{6}", value):
        raise refusal("bad_colour", value[:20])
    if value and contrast_with_white(value) < LEAST_CONTRAST:
        # Rounded down: 4.49 must not read as the 4.5 that would do.
        raise refusal("low_contrast", f"{int(contrast_with_white(value) * 10) / 10}")
    return value


def image_of(address: str) -> tuple[str, bytes]:
    """The media type and the bytes of a data URL; no bytes when it is none of ours."""
    match = _IMAGE.fullmatch(address)
    try:
        content = base64.b64decode(match[2], validate=True) if match else b""
    except binascii.Error:
        content = b""
    if not match or not _BEGINNINGS[match[1]].match(content):
        return "", b""
    return f"image/{match[1]}", content


def _image(value: str) -> str:
    if value and not image_of(value)[1]:
        raise refusal("bad_image", value[:40].partition(";")[0])
    return value


def _web_address(value: str) -> str:
    value = value.strip()
    if not value:
        return value
    if has_control_characters(value) or any(letter.isspace() or letter in '<>"\\' for letter in value):
        raise refusal("bad_url")
    try:
        parts = urlsplit(value)
        port_is_good = parts.port is None or parts.port > 0
    except ValueError:
        raise refusal("bad_url") from None
    if parts.scheme not in ("http", "https") or not parts.hostname or not port_is_good or "@" in parts.netloc:
        raise refusal("bad_url", parts.scheme[:40])
    return value


def _origin(value: str) -> str:
    match = _ORIGIN.fullmatch(value.strip().lower())
    if not match or int(match[3] or "1") not in range(1, 65536):
        raise refusal("bad_origin", value[:100])
    scheme, host, port = match.groups()
    # As a browser writes it in its header, which it is compared with.
    return f"{scheme}://{host}" + (f":{int(port)}" if port and str(int(port)) != _USUAL_PORT[scheme] else "")


def _file_type(value: str) -> str:
    value = value.strip().lower()
    if not _FILE_TYPE.fullmatch(value):
        raise refusal("bad_file_type", value[:100])
    return value


Language = Annotated[str, AfterValidator(_language)]
TextName = Annotated[str, AfterValidator(_text_name)]
Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100), AfterValidator(_line)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100), AfterValidator(_line)]
Title = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=200), AfterValidator(_line), AfterValidator(_prose)
]
QuestionText = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=500), AfterValidator(_line), AfterValidator(_prose)
]
Prose = Annotated[str, Field(max_length=LONGEST_TEXT), AfterValidator(_lines), AfterValidator(_prose)]
ChatText = Annotated[str, Field(max_length=2000), AfterValidator(_lines), AfterValidator(_prose)]
Colour = Annotated[str, AfterValidator(_colour)]
Image = Annotated[str, Field(max_length=100_000), AfterValidator(_image)]
WebAddress = Annotated[str, Field(max_length=2000), AfterValidator(_web_address)]
Origin = Annotated[str, AfterValidator(_origin)]
FileType = Annotated[str, AfterValidator(_file_type)]
