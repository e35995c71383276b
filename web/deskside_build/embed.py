"""The script of the button for other pages, with its texts in every language."""

import json
from collections.abc import Callable
from pathlib import Path

from . import packages, texts

AREA = "embed"


def script(web: Path, direction: Callable[[str], str]) -> bytes:
    """One small file that needs nothing else. `direction` is that of a language."""
    said = {
        language: texts.read(web, language, (AREA,)) | {"direction": direction(language)}
        for language in texts.languages(web)
    }
    return packages.esbuild(web, ["--minify", "--format=iife", f"--define:TEXTS={json.dumps(said)}", "embed.js"])
