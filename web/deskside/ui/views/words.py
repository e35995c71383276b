"""Numbers in words: how long, how large, how fast."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

UNITS = ("size.kb", "size.mb", "size.gb", "size.tb")


def duration(seconds: "float | int", t: "Any") -> str:
    """A length of time in its two largest units at most, of days, hours, minutes; seconds only below a minute."""
    whole = max(0, int(seconds))
    if whole < 60:
        return str(t("time.seconds", count=whole))
    minutes = whole // 60
    if minutes < 60:
        return str(t("time.minutes", count=minutes))
    if minutes >= 1440:
        days = str(t("time.days", count=minutes // 1440))
        rest = minutes % 1440 // 60
        return str(t("time.both", hours=days, minutes=t("time.hours", count=rest))) if rest else days
    hours = str(t("time.hours", count=minutes // 60))
    if minutes % 60 == 0:
        return hours
    return str(t("time.both", hours=hours, minutes=t("time.minutes", count=minutes % 60)))


def around(sentence: str, name: str) -> "list[Any]":
    """A sentence in which a name stands apart: in its own direction, and left alone by translators."""
    at = sentence.find(name) if name else -1
    if at < 0:
        return [sentence]
    return [sentence[:at], ("bdi", {"translate": "no"}, name), sentence[at + len(name) :]]


def size(count: int, t: "Any") -> str:
    """A number of bytes with three digits at most."""
    if count < 1000:
        return str(t("size.bytes", count=count))
    value = count / 1000
    unit = 0
    while value >= 999.5 and unit < len(UNITS) - 1:
        value /= 1000
        unit += 1
    number = f"{value:.1f}" if value < 10 else str(int(value + 0.5))
    return str(t(UNITS[unit], count=number))


def lease(seconds: int, t: "Any") -> str:
    """For how long a permission holds; 0 is as long as the session."""
    return str(t("lease.session")) if seconds == 0 else duration(seconds, t)
