"""The list of words that two pages show to each other: 2,048 English ones, from npm's copy of BIP 39."""

import re
from pathlib import Path

WORDS = 2048


def words(web: Path) -> bytes:
    """The words in their order, one to a line. People compare them by voice, whatever language their pages speak."""
    script = (web / "node_modules/@scure/bip39/wordlists/english.js").read_text(encoding="utf-8")
    literal = re.search(r"`([a-z\n]+)`", script)
    found = literal.group(1).split("\n") if literal else []
    if len(set(found)) != WORDS:
        raise RuntimeError(f"@scure/bip39 has {len(set(found))} English words instead of {WORDS}")
    return "\n".join(found).encode()
