"""docs/way-in.md is what the table of the way in says."""

from tests import way_in


def test_the_picture_is_drawn_from_the_table() -> None:
    written = way_in.PATH.read_text(encoding="utf-8")
    assert written == way_in.document(), "run: python -m tests.way_in"
