"""The English catalogue and the sources that ask for its texts."""

import json
from pathlib import Path

WEB = Path(__file__).resolve().parents[2] / "web"


def english() -> dict[str, str]:
    texts: dict[str, str] = json.loads((WEB / "locales" / "en.json").read_text(encoding="utf-8"))
    return texts
