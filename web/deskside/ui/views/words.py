"""Numbers in words: how long, how large, how fast."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

UNITS = ("size.kb", "size.mb", "size.gb", "size.tb")


def _count(number: int, unit: str, t: "Any") -> str:
    if unit == "second":
        return str(t("time.second") if number == 1 else t("time.seconds", count=number))
    if unit == "minute":
        return str(t("time.minute") if number == 1 else t("time.minutes", count=number))
    return str(t("time.hour") if number == 1 else t("time.hours", count=number))


def duration(seconds: "float | int", t: "Any") -> str:
    """A length of time: seconds below a minute, minutes below an hour, then hours with their minutes."""
    whole = max(0, int(seconds))
    if whole < 60:
        return _count(whole, "second", t)
    minutes = whole // 60
    if minutes < 60:
        return _count(minutes, "minute", t)
    hours = _count(minutes // 60, "hour", t)
    if minutes % 60 == 0:
        return hours
    return str(t("time.both", hours=hours, minutes=_count(minutes % 60, "minute", t)))


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
