"""A name from another machine becomes one that is nothing but a name."""

from deskside.core.file_names import LONGEST_NAME, dated_name, safe_name, split_ending


def test_an_ordinary_name_stays() -> None:
    for name in ("report.pdf", "Übersicht (2).xlsx", "写真.png", "a", "no ending", "archive.tar.gz", "it's.txt"):
        assert safe_name(name) == name


def test_folders_are_dropped() -> None:
    assert safe_name("../../etc/passwd") == "passwd"
    assert safe_name("C:\\Users\\me\\x.txt") == "x.txt"
    assert safe_name("/a/b\\c/d.png") == "d.png"
    assert safe_name("a/") == "file"
    assert safe_name("..") == "file"
    assert safe_name("..\\..") == "file"
    assert safe_name("C:evil.txt") == "C_evil.txt"


def test_what_does_not_show_is_dropped() -> None:
    assert safe_name("a\x00b\nc\x7f\x85.txt") == "abc.txt"
    assert safe_name("invoice\u202efdp.exe") == "invoicefdp.exe"
    assert safe_name("a\u2066b\u2069\u200b\ufeff\u00ad.txt") == "ab.txt"
    assert safe_name("\U000e0041x.txt") == "x.txt"


def test_joiners_stay_where_a_script_needs_them() -> None:
    for name in ("می\u200cخواهم.txt", "क्\u200dष.pdf", "👩\u200d👩\u200d👧.png"):
        assert safe_name(name) == name
    assert safe_name("se\u200dtup\u200c.e\u200dxe\u200d") == "setup.exe"
    assert safe_name("\u200dمی\u200c\u200d\u200bخ\u200c.txt") == "می\u200cخ.txt"


def test_what_windows_forbids_is_replaced() -> None:
    assert safe_name('a<b>c:d"e|f?g*.txt') == "a_b_c_d_e_f_g_.txt"


def test_dots_and_spaces_at_both_ends_are_dropped() -> None:
    assert safe_name(".bashrc") == "bashrc"
    assert safe_name("...x.txt. . ") == "x.txt"
    assert safe_name(" \u00a0\u3000x.txt\u2003") == "x.txt"
    assert safe_name(" . ") == "file"
    assert safe_name("") == "file"


def test_names_of_devices_are_marked() -> None:
    for name in ("CON", "con.txt", "Nul.tar.gz", "COM1", "lpt9.doc", "aux .txt", "COM\u00b2"):
        assert safe_name(name) == "_" + name
    for name in ("CONSOLE", "com10", "comma", "icon.png", "COM"):
        assert safe_name(name) == name


def test_too_long_a_name_is_cut_before_its_ending() -> None:
    long = safe_name("x" * 300 + ".pdf")
    assert long == "x" * (LONGEST_NAME - 4) + ".pdf"
    wide = safe_name("ü" * 300 + ".pdf")
    assert wide == "ü" * ((LONGEST_NAME - 4) // 2) + ".pdf"
    assert safe_name("x" * 175 + " " * 50 + "y.pdf") == "x" * 175 + ".pdf"
    assert len(safe_name("a." + "b" * 400)) == LONGEST_NAME


def test_the_ending_is_what_follows_the_last_dot() -> None:
    assert split_ending("a.tar.gz") == ("a.tar", ".gz")
    assert split_ending("none") == ("none", "")
    assert split_ending("a." + "b" * 40) == ("a." + "b" * 40, "")


ISO = "2026-11-30T11:05:12.345+01:00"


def test_a_dated_name_begins_with_its_moment() -> None:
    assert dated_name(ISO, "Conversation with Acme", ".html") == "2026-11-30 1105+0100 Conversation with Acme.html"
    early = "2026-01-02T03:04:05.000-03:30"
    assert dated_name(early, "محادثة مع شركة", ".json") == "2026-01-02 0304-0330 محادثة مع شركة.json"
    assert dated_name(ISO, "株式会社デスク 🛟", ".html") == "2026-11-30 1105+0100 株式会社デスク 🛟.html"


def test_whatever_a_company_is_called_its_dated_name_is_a_name() -> None:
    titles = [
        "A/B \\ C",
        "../..",
        "Acme Inc.",
        "CON",
        'a:b*c?<d>|"e"',
        "\u2068Acme\u2069",
        "\u202eexe",
        "",
        " . ",
        "x\n\ty",
    ]
    titles += ["W" * 500, "é" * 300, "🛟" * 200, ("Acme. " * 60)]
    for title in titles:
        name = dated_name(ISO, title, ".html")
        assert name.startswith("2026-11-30 1105+0100 ") and name.endswith(".html")
        assert safe_name(name) == name and len(name.encode("utf-8")) <= LONGEST_NAME
        assert not [letter for letter in name if letter in '/\\:*?"<>|\n\t\u2068\u2069\u202e']
    assert dated_name(ISO, "A/B", ".html") == "2026-11-30 1105+0100 A_B.html"
    assert dated_name(ISO, "Acme Inc.", ".html") == "2026-11-30 1105+0100 Acme Inc.html"
