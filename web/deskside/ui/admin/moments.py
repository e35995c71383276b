"""Moments between people and machines, without the browser's clock."""


def milliseconds(iso: str) -> int:
    """Since the epoch, of a moment as `Date.toISOString` writes it: 2026-11-22T19:20:00.000Z."""
    year, month, day = [int(part) for part in iso[:10].split("-")]
    hours, minutes, seconds = int(iso[11:13]), int(iso[14:16]), int(iso[17:19])
    return ((_days(year, month, day) * 24 + hours) * 60 + minutes) * 60_000 + seconds * 1000


def _days(year: int, month: int, day: int) -> int:
    """Since 1970-01-01. Years begin in March here, so that the leap day is their last."""
    if month <= 2:
        year -= 1
        month += 12
    of_year = (153 * (month - 3) + 2) // 5 + day - 1
    return 365 * year + year // 4 - year // 100 + year // 400 + of_year - 719468
