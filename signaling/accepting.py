"""What a browser says it takes, in its `Accept-` headers."""

from collections.abc import Iterable, Sequence


def qualities(header: str) -> dict[str, float]:
    """How much it likes each thing, from 0 (not at all) to 1; in its order, what cannot be read left out."""
    found = {}
    for part in header.lower().split(","):
        name, _, parameters = part.partition(";")
        value = parameters.replace(" ", "").removeprefix("q=") or "1"
        try:
            quality = float(value)
        except ValueError:
            continue
        if name.strip() and 0 <= quality <= 1:
            found[name.strip()] = quality
    return found


def best_language(wishes: Iterable[str], offered: Sequence[str]) -> str:
    """The first of the wishes, as BCP 47 has them, that is among the offered languages; else the first of those."""
    for wish in wishes:
        primary = wish.strip().lower().replace("_", "-").partition("-")[0]
        if primary in offered:
            return primary
    return offered[0]


def languages(header: str) -> list[str]:
    """The languages of an `Accept-Language`, most wanted first."""
    wanted = qualities(header)
    return sorted((name for name in wanted if wanted[name] > 0), key=lambda name: -wanted[name])
