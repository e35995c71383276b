"""The catalogues of the app, and the sources that ask for their texts."""

import json
from pathlib import Path

WEB = Path(__file__).resolve().parents[2] / "web"
LOCALES = WEB / "locales"


def areas(language: str = "en") -> dict[str, dict[str, str]]:
    """The texts of a language by area, each in the order of its file."""
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted((LOCALES / language).iterdir())}


def languages() -> list[str]:
    """The languages of the app, English first."""
    found = sorted(path.parent.name for path in LOCALES.glob("*/portal.json"))
    return sorted(found, key=lambda language: language != "en")


def english() -> dict[str, str]:
    """All English texts."""
    return {key: text for texts in areas().values() for key, text in texts.items()}
