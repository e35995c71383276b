"""The transcript keeps everything once, in order, and gives it away without letting any of it act."""

from deskside.core.transcript import DATA, DATA_END, Transcript, with_data


def filled() -> Transcript:
    log = Transcript("customer")
    log.message("a", 1000, "customer", "Ann", "hello")
    log.event("b", 2000, "representative", "Bob", "joined", {"name": "Bob"})
    log.message("c", 3000, "representative", "Bob", "hi")
    log.file("d", 4000, "customer", "Ann", "photo.png", 12)
    log.message("e", 5000, "customer", "Ann", "there")
    return log


def describe(entry: "dict[str, object]") -> str:
    return str(entry.get("event", entry.get("text")))


DAY = 86_400_000


class Zone:
    """Days of a made-up year whose months all have 30, two hours ahead of UTC."""

    def __init__(self, words: str = "") -> None:
        self.words = words

    def _iso(self, at: float) -> str:
        days, rest = divmod(int(at) // 60_000 + 120, 1440)
        return f"2026-{days // 30 + 1:02d}-{days % 30 + 1:02d}T{rest // 60:02d}:{rest % 60:02d}:00.000+02:00"

    def clock(self, at: float) -> "tuple[str, str]":
        return self.words or self._iso(at)[11:16], self._iso(at)

    def day(self, at: float) -> "tuple[str, str]":
        return self.words or "Day " + self._iso(at)[:10], self._iso(at)


def states(log: Transcript) -> "list[str]":
    return [entry["state"] for entry in log.entries if "state" in entry]


def test_entries_are_numbered_in_the_order_in_which_they_came() -> None:
    log = filled()
    assert [(entry["n"], entry["id"]) for entry in log.entries] == [(1, "a"), (2, "b"), (3, "c"), (4, "d"), (5, "e")]
    assert len(log) == 5


def test_an_entry_that_is_there_is_not_added_again() -> None:
    log = filled()
    assert log.message("a", 9000, "customer", "Eve", "changed") == []
    assert len(log) == 5
    assert log.entries[0]["text"] == "hello"


def test_own_messages_are_sending_then_delivered_then_read() -> None:
    log = filled()
    assert states(log) == ["sending", "sending"]
    assert log.delivered("a") == [log.entries[0]]
    assert log.delivered("a") == []
    assert states(log) == ["delivered", "sending"]
    assert [entry["id"] for entry in log.read_through("a")] == ["a"]
    assert log.delivered("a") == []
    assert states(log) == ["read", "sending"]


def test_reading_through_an_entry_marks_all_before_it() -> None:
    log = filled()
    assert [entry["id"] for entry in log.read_through("e")] == ["a", "e"]
    assert log.read_through("e") == []


def test_marks_for_what_is_unknown_or_of_the_other_change_nothing() -> None:
    log = filled()
    assert log.delivered("x") == log.delivered("c") == log.read_through("x") == []
    assert states(log) == ["sending", "sending"]


def test_a_file_ends_once() -> None:
    log = filled()
    assert log.file_ended("d", "finished") == [log.entries[3]]
    assert log.file_ended("d", "cancelled") == []
    assert log.file_ended("a", "finished") == []
    assert log.entries[3]["outcome"] == "finished"


def test_what_was_exported_comes_back_whole() -> None:
    log = filled()
    log.read_through("a")
    again = Transcript("customer", log.export())
    assert again.export() == log.export()
    again.message("f", 6000, "customer", "Ann", "more")
    assert again.entries[5]["n"] == 6
    assert [entry["id"] for entry in again.read_through("f")] == ["e", "f"]
    assert len(log) == 5


def test_what_a_broken_storage_holds_is_left_out() -> None:
    log = filled()
    saved: "list[object]" = [None, 5, {}, {"id": "x"}, dict(log.entries[0], kind="script")]
    saved += [dict(log.entries[0], text=5), dict(log.entries[0], at="late")]
    again = Transcript("customer", saved + log.export() + log.export())
    assert again.export() == log.export()


def test_the_document_escapes_everything_that_people_wrote() -> None:
    log = Transcript("customer")
    evil = "<script>alert(1)</script>\"'&"
    log.message("a", 1, "customer", evil, evil)
    log.event("b", 2, "system", "", evil)
    log.file("c", 3, "representative", evil, evil, 1)
    document = log.export_html(evil, evil, describe, Zone(evil), ('"><script>', evil))
    assert "<script" not in document
    assert document.count("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;") == 13
    assert "default-src 'none'" in document


def test_the_document_bears_its_day_and_every_time_its_date_and_offset() -> None:
    document = filled().export_html("Talk", "Time zone: Berlin", describe, Zone(), ("de", "ltr"))
    assert '<html lang="de" dir="ltr">' in document
    head = '<p class="about"><time datetime="2026-01-01">Day 2026-01-01</time><br>Time zone: Berlin</p>'
    assert document.count(head) == 1 and 'class="day"' not in document
    assert document.count('<time datetime="2026-01-01T02:00:00.000+02:00">02:00</time>') == 5


def test_a_day_that_begins_within_the_conversation_has_a_line_of_its_own() -> None:
    log = Transcript("customer")
    for number, at in enumerate((0, 22 * 3_600_000 - 1, 22 * 3_600_000, DAY, 40 * DAY)):
        log.message("m" + str(number), at, "customer", "Ann", "text " + str(number))
    document = log.export_html("Talk", "", describe, Zone(), ("en", "ltr"))
    lines = [line for line in document.splitlines() if line.startswith("<li")]
    days = [index for index, line in enumerate(lines) if 'class="day"' in line]
    assert days == [2, 5] and len(lines) == 7  # midnight is that of the zone, not of UTC
    assert lines[2] == '<li class="day"><time datetime="2026-01-02">Day 2026-01-02</time></li>'
    assert lines[5] == '<li class="day"><time datetime="2026-02-11">Day 2026-02-11</time></li>'


def test_a_document_without_entries_has_no_day() -> None:
    document = Transcript("customer").export_html("Talk", "Time zone: UTC", describe, Zone(), ("ar", "rtl"))
    assert '<p class="about">Time zone: UTC</p>\n<ol>\n</ol>' in document and 'dir="rtl"' in document


def test_ten_thousand_entries_stay_smooth() -> None:
    log = Transcript("customer")
    for number in range(10000):
        log.message("m" + str(number), number, "customer", "Ann", "text")
    touched = 0
    for number in range(10000):
        log.delivered("m" + str(number))
        touched += len(log.read_through("m" + str(number)))
    assert touched == 10000
    assert log.entries[9999]["state"] == "read"


def test_data_in_a_document_stands_before_its_end_and_closes_nothing() -> None:
    document = filled().export_html("Talk", "UTC", describe, Zone(), ("en", "ltr"))
    whole = with_data(document, '{"a":"</template></body><script>&lt;"}')
    at = whole.find(DATA)
    assert whole[:at] == document[: document.rfind("</body>")] and whole.endswith("</body>\n</html>\n")
    data = whole[at + len(DATA) : whole.find(DATA_END)]
    assert "<" not in data and ">" not in data and "&" not in data
    assert data == '{"a":"\\u003c/template\\u003e\\u003c/body\\u003e\\u003cscript\\u003e\\u0026lt;"}'
