"""A site says which files may be sent; how a file is written does not get it past that."""

from deskside.core.file_policy import refusal

KINDS = [".exe", "application/zip", "video/*"]


def why(name: str, mime: str = "", size: int = 10) -> str:
    return refusal(name, size, mime, 100, KINDS)


def test_a_file_up_to_the_largest_size_may_be_sent() -> None:
    assert why("a.txt", "text/plain", 100) == ""
    assert why("a.txt", "text/plain", 101) == "too_large"
    assert why("a.exe", "", 101) == "too_large"


def test_endings_count_however_they_are_written() -> None:
    for name in ("a.exe", "A.EXE", "a.b.exe", "a.exe.", "a.exe . ", "a.exe\u200b", "a.e\u200dxe", "a.exe\u00a0.\ufeff"):
        assert why(name) == "forbidden_type", name
    for name in ("exe", "a.exe.txt", "aexe", "a.ex"):
        assert why(name) == "", name


def test_types_and_their_families_count() -> None:
    for mime in ("application/zip", "Application/ZIP", "application/zip; x=y", "video/mp4", "VIDEO/webm"):
        assert why("a", mime) == "forbidden_type", mime
    for mime in ("application/zipper", "text/plain", "videos/mp4", "", "image/png"):
        assert why("a", mime) == "", mime


def test_a_site_that_forbids_nothing_lets_everything_through() -> None:
    assert refusal("a.exe", 10, "application/zip", 100, []) == ""
