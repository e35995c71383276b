"""Every setting is documented, and nothing else is."""

import re
from pathlib import Path

from signaling.settings import Settings

DOCUMENT = Path(__file__).parents[2] / "docs" / "settings.md"


def test_the_document_names_every_setting_and_no_other() -> None:
    named = re.findall(r"^\| `([A-Z_]+)` \|", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)
    assert named == [name.upper() for name in Settings.model_fields]


def test_plain_defaults_in_the_document_are_the_real_ones() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \| `([^`]+)` \|", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(rows) > 10
    for name, default in rows:
        real = Settings.model_fields[name.lower()].default
        assert default == (f"{real:g}" if isinstance(real, float | int) else str(real)), name
