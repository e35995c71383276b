"""Names and passwords in one form, however they were typed or pasted (PRECIS: RFC 8265 and RFC 8266).

A name follows the Nickname profile, which takes names with spaces in them and makes one space of several. A password
follows OpaqueString, which leaves case and spaces alone. Both forbid invisible characters; since people paste those
without knowing, they are taken out first.
"""

import re
import unicodedata

from precis_i18n import get_profile
from precis_i18n.profile import Profile

from deskside.core.schema import has_control_characters

LONGEST_NAME = 100

_WRITTEN = get_profile("NicknameCasePreserved")
_COMPARED = get_profile("NicknameCaseMapped:CaseFold")
_PASSWORD = get_profile("OpaqueString")
# Unicode's Default_Ignorable_Code_Point without the two joiners, which some scripts write with.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_JOINERS = re.compile("[\u200c\u200d]")


class Unusable(ValueError):
    """A name or password that nobody can have."""


def written_name(typed: str) -> str:
    """A name as it is kept and shown; empty when nothing of it can be seen. Raises Unusable."""
    text = _visible(typed)
    if not _JOINERS.sub("", text).strip():
        return ""
    if has_control_characters(typed, "\t"):
        raise Unusable
    name = _enforced(_WRITTEN, text)
    if name is None or len(name) > LONGEST_NAME:
        raise Unusable
    return name


def name_key(typed: str) -> str:
    """What two ways of writing one name have in common: case, width, composition, spaces and the invisible make no
    difference. Never fails; for what no name can be it is just different from the key of every name."""
    text = _visible(_JOINERS.sub("", typed))
    return _enforced(_COMPARED, text) or folded(text)


def folded(text: str) -> str:
    """A text as searches compare it, and as names were compared before `name_key`."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def new_password(typed: str) -> str:
    """A password as it is hashed; empty when nothing of it can be seen. Raises Unusable."""
    text = _INVISIBLE.sub("", typed)
    if not _JOINERS.sub("", text):
        return ""
    password = _enforced(_PASSWORD, text)
    if password is None:
        raise Unusable
    return password


def passwords_meant(typed: str) -> list[str]:
    """What to try at sign-in, most likely first: one or two, which depends on nothing but what was typed.

    The second is the password without what was copied along around it, or else as it was typed, for a hash that was
    made before passwords had one form.
    """
    text = _INVISIBLE.sub("", typed)
    password = _enforced(_PASSWORD, text) or text
    trimmed = _enforced(_PASSWORD, text.strip()) or ""
    return list(dict.fromkeys(one for one in (password, trimmed, typed) if one))[:2]


def _visible(text: str) -> str:
    return " ".join(_INVISIBLE.sub("", text).split())


def _enforced(profile: Profile, text: str) -> str | None:
    """In the form of the profile, without the joiners where they join nothing; None when the profile forbids it."""
    for candidate in (text, _JOINERS.sub("", text)):
        try:
            return profile.enforce(candidate)
        except UnicodeEncodeError:
            continue
    return None
