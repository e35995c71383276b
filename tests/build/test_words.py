"""The list of words is whole, in its own file, and fetched by nobody before a session."""

import re
from pathlib import Path

import pytest

from deskside_build.words import WORDS, words

from .references import read

WEB = Path(__file__).parents[2] / "web"


def test_there_are_2048_words_that_nobody_mistakes_for_each_other(app: Path) -> None:
    (path,) = [path for path in (app / "assets").iterdir() if re.fullmatch(r"words-[0-9a-f]+\.txt", path.name)]
    found = path.read_text(encoding="utf-8").split("\n")
    assert len(found) == WORDS == 2048
    assert len({word[:4] for word in found}) == WORDS
    assert all(re.fullmatch("[a-z]{3,8}", word) for word in found)
    assert (found[0], found[-1]) == ("abandon", "zoo")


@pytest.mark.parametrize("page", ["index.html", "console.html"])
def test_a_page_names_the_list_and_does_not_load_it_with_itself(app: Path, page: str) -> None:
    (url,) = [url for url in read(app / page).all if "/words-" in url]
    text = (app / page).read_text(encoding="utf-8")
    assert f'href="{url}"' not in text and f'src="{url}"' not in text


def test_a_list_that_is_not_whole_stops_the_build(tmp_path: Path) -> None:
    folder = tmp_path / "node_modules/@scure/bip39/wordlists"
    folder.mkdir(parents=True)
    (folder / "english.js").write_text("export const wordlist = `able\nbird`.split('\\n');")
    with pytest.raises(RuntimeError, match="2 English words"):
        words(tmp_path)
