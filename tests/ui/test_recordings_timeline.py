"""The timeline of a recording: its order, its words, what is found in it, and how it follows the picture."""

from typing import Any

from deskside.ui.console.recordings_timeline import MOST_MARKED, rows_of
from deskside.ui.console.views_recordings_timeline import entry_text, entry_who, position
from tests.ui.pages import T
from tests.ui.recordings_page import ABOUT, ENTRIES, PARTS, TIMELINE, RecordingsPage, entry, watching


def keys(parts: list[dict[str, Any]], *entries: dict[str, Any]) -> list[str]:
    return [row["key"] for row in rows_of(parts, list(entries))]


def present(page: RecordingsPage) -> list[str]:
    """The rows that are marked as present."""
    found = []
    for row in page.console.root.refs["timeline"].children:
        for child in row.children:
            if child.attributes.get("aria-current") == "true":
                found.append(row.attributes["id"])
    return found


def test_a_place_is_written_as_players_write_it() -> None:
    places = {0: "0:00", -5: "0:00", 61_999: "1:01", 3_600_000: "1:00:00", 36_061_000: "10:01:01"}
    assert {milliseconds: position(milliseconds) for milliseconds in places} == places


def test_parts_gaps_and_entries_stand_in_order() -> None:
    assert keys(PARTS, *reversed(ENTRIES)) == [
        *("part-1", "entry-1", "entry-2", "entry-3"),
        *("gap-2", "part-2", "entry-4"),
        # The fifth was sent with the third part, and happened before its picture.
        *("gap-3", "entry-5", "part-3", "entry-6"),
    ]


def test_a_single_part_needs_no_line_of_its_own_and_a_short_break_neither() -> None:
    assert keys(PARTS[:1], ENTRIES[0]) == ["entry-1"]
    close = [PARTS[0], PARTS[1] | {"offset": 30_500}]
    assert keys(close) == ["part-1", "part-2"]


def test_what_is_in_no_part_stands_in_the_one_before_it() -> None:
    rows = rows_of(PARTS, [entry(1, 9, 150_000), entry(2, 0, 1_000), entry(3, 1, 2_000, kind="keys")])
    assert [(row["key"], row["part"]) for row in rows if row["kind"] == "entry"] == [("entry-2", 1), ("entry-1", 2)]


def test_entries_are_said_in_the_third_person_with_the_names_of_then() -> None:
    said = [
        (entry(1, 1, 0, "nudge", kind="event", author="representative", name="Robin"), "Robin sent a nudge."),
        (entry(1, 1, 0, "revoked", kind="event"), "Ana pressed the red button"),
        (
            entry(1, 1, 0, "permission_granted", kind="event", permission="view_screen", lease=900),
            "Ana allowed to see the screen. For 15 minutes.",
        ),
        (
            entry(1, 1, 0, "permission_granted", kind="event", permission="sing", lease=0),
            "Ana allowed to sing. For the whole session.",
        ),
        (entry(1, 1, 0, "sharing_started", kind="event", surface="hologram"), "Ana started to share the hologram."),
        (entry(1, 1, 0, "danced", kind="event"), "danced"),
        (entry(1, 1, 0, "a.pdf", kind="file", size=1_500_000), "Ana offered the file a.pdf (1.5 MB)."),
        (entry(1, 1, 0, "a.pdf", kind="file_end", reason="finished"), "The file a.pdf arrived unharmed."),
        (entry(1, 1, 0, "a.pdf", kind="file_end", reason="eaten"), "The file a.pdf was cancelled."),
        (entry(1, 1, 0, "{name}", kind="message"), "{name}"),
    ]
    for one, expected in said:
        assert entry_text(one, entry_who(one, ABOUT, T), T).startswith(expected)
    nobody = ABOUT | {"customer": "", "representative": ""}
    assert entry_who(entry(1, 1, 0), nobody, T) == "Customer"
    assert entry_who(entry(1, 1, 0, author="representative"), nobody, T) == "Representative"


def test_the_present_entry_is_marked_and_brought_into_view_as_the_picture_moves() -> None:
    page = watching()
    assert present(page) == []
    page.playback.move(4.96)
    assert present(page) == ["moment-entry-2"], "browsers round"
    page.playback.move(25.0)
    assert present(page) == ["moment-entry-3"] and page.host.brought[-1] == "moment-entry-3"
    page.playback.move(0.0)
    assert present(page) == []
    page.do("jump", "entry-6")
    assert present(page) == ["moment-entry-6"]


def test_an_entry_that_moved_as_the_rows_above_it_got_their_heights_is_looked_for_again() -> None:
    page = watching()
    page.host.hidden = {"moment-entry-3"}
    page.playback.move(25.0)
    page.host.hidden = {"moment-entry-3"}  # still out of sight
    page.do("timeline_scrolled")  # which was not the person
    assert page.player["following"]
    page.host.wait(1000)
    assert page.host.hidden == set() and page.host.brought.count("moment-entry-3") > 1
    page.host.hidden = {"moment-entry-3"}
    page.do("timeline_scrolled")
    assert not page.player["following"]


def test_a_hand_on_the_list_counts_at_once_whatever_was_still_settling() -> None:
    page = watching()
    page.host.hidden = {"moment-entry-3"}
    page.playback.move(25.0)
    page.do("timeline_taken")
    page.host.hidden = {"moment-entry-3"}
    page.do("timeline_scrolled")
    assert not page.player["following"]
    page.host.brought = []
    page.host.wait(1000)
    assert page.host.brought == []


def test_who_scrolls_away_is_left_alone_until_they_want_to_follow_again() -> None:
    page = watching()
    page.playback.move(5.0)
    page.host.hidden = {"moment-entry-2"}
    page.do("timeline_scrolled")
    assert not page.player["following"]
    page.host.brought = []
    page.playback.move(21.0)
    assert page.host.brought == []
    page.do("follow_recording")
    assert page.host.brought == ["moment-entry-3"] and page.player["following"]
    page.host.hidden = {"moment-entry-3"}
    page.do("timeline_scrolled")
    page.do("jump", "entry-1")
    assert page.player["following"], "what was pressed is where one wants to be"


def test_a_scroll_after_which_the_present_entry_is_still_seen_changes_nothing() -> None:
    page = watching()
    page.do("timeline_scrolled")
    page.playback.move(5.0)
    page.do("timeline_scrolled")
    assert page.player["following"]


def test_the_search_shows_the_entries_with_every_word_and_marks_them() -> None:
    page = watching()
    page.do("find_moment", value="PRINT")
    page.host.wait(150)
    assert [row[4:] for row in page.rows("timeline")] == ["Ana, The printer beeps.", "Ana, Now it prints."]
    marked = [child for row in page.console.root.refs["timeline"].children for child in _marks(row)]
    assert marked == ["print", "print"]
    assert (page.player["shown"], page.player["entries"], page.state["status"]) == (2, 6, "2 of 6")
    page.do("find_moment", value="robin green")
    page.host.wait(150)
    assert len(page.rows("timeline")) == 1
    page.do("find_moment", value="zebra")
    page.host.wait(150)
    assert page.rows("timeline") == [] and page.player["shown"] == 0
    page.do("find_moment", value=" ")
    page.host.wait(150)
    assert len(page.rows("timeline")) == 11


def test_other_words_that_find_the_same_entries_mark_something_else() -> None:
    page = watching()
    for words in ("print", "prin", "print"):
        page.do("find_moment", value=words)
        page.host.wait(150)
        marked = [child for row in page.console.root.refs["timeline"].children for child in _marks(row)]
        assert marked == [words, words]


def test_what_is_found_can_be_pressed_and_the_mark_of_the_present_goes_with_it() -> None:
    page = watching()
    page.do("find_moment", value="wonderful")
    page.host.wait(150)
    page.do("jump", "entry-6")
    assert present(page) == ["moment-entry-6"] and page.player["part"] == 3


def test_letters_that_fold_to_another_length_are_found_without_a_mark() -> None:
    odd = {**TIMELINE, "entries": [entry(1, 1, 0, "İstanbul")]}
    page = RecordingsPage("#recording=r1").sign_in().watch(timeline=odd)
    page.do("find_moment", value="stanbul")
    page.host.wait(150)
    assert len(page.rows("timeline")) == 1
    assert not list(_marks(page.console.root.refs["timeline"]))


def test_a_text_that_is_nothing_but_what_is_looked_for_is_marked_so_many_times() -> None:
    odd = {**TIMELINE, "entries": [entry(1, 1, 0, "ab " * 1000)]}
    page = RecordingsPage("#recording=r1").sign_in().watch(timeline=odd)
    page.do("find_moment", value="b")
    page.host.wait(150)
    assert list(_marks(page.console.root.refs["timeline"])) == ["b"] * MOST_MARKED


def test_a_long_timeline_costs_a_step_of_the_picture_two_rows() -> None:
    many = {**TIMELINE, "entries": [entry(at, 1, at * 5) for at in range(1, 3001)]}
    page = RecordingsPage("#recording=r1").sign_in().watch(timeline=many)
    page.host.wait(0)
    assert len(page.rows("timeline")) == 3005
    page.playback.move(7.0)
    page.host.wait(0)
    page.dom.touched = []
    page.playback.move(7.2)
    assert present(page) == ["moment-entry-1452"] and len(page.dom.touched) < 12


def test_a_long_timeline_comes_in_pieces_and_is_found_in_and_followed_as_a_whole() -> None:
    first, second = ([entry(at, 1, at * 5) for at in numbers] for numbers in (range(1, 1001), range(1001, 1500)))
    page = RecordingsPage("#recording=r1").sign_in().watch(timeline={**TIMELINE, "entries": first, "more": True})
    assert page.player["entries"] == 1000 and page.paths() == ["/api/recordings/r1/timeline.json?after=1000"]
    page.answer("/api/recordings/r1/timeline.json", 200, {**TIMELINE, "entries": second, "full": True})
    assert page.player["entries"] == 1499 and page.paths() == [] and page.player["is_full"]
    page.host.wait(0)
    page.playback.move(7.2)
    assert present(page) == ["moment-entry-1452"]
    assert len(page.rows("timeline")) == 1504


def test_a_piece_of_a_timeline_that_was_asked_for_anew_is_not_added_twice() -> None:
    pieces = [[entry(1, 1, 5)], [entry(2, 1, 10)]]
    page = RecordingsPage("#recording=r1").sign_in().watch(timeline={**TIMELINE, "entries": pieces[0], "more": True})
    late = page.host.requests.pop()
    page.do("load_recording")
    page.answer("/api/recordings/r1", 200, {**ABOUT, "parts": PARTS})
    page.answer("/api/recordings/r1/timeline.json", 200, {**TIMELINE, "entries": pieces[0] + pieces[1]})
    late[3](200, {**TIMELINE, "entries": pieces[1]})
    assert page.player["entries"] == 2


MARK = T("recordings.unproved")


def test_what_no_representatives_page_has_confirmed_is_marked_in_words_that_can_be_looked_for() -> None:
    said = {"author": "representative", "unproved": True}
    entries = [
        entry(1, 1, 10, "I pay you 1000", **said),
        entry(2, 1, 20, "nudge", kind="event", **said),
        entry(3, 1, 30, "contract.pdf", kind="file", size=1, **said),
        entry(4, 1, 40, "Good morning", author="representative"),
    ]
    page = RecordingsPage("#recording=r1").sign_in().watch(timeline={**TIMELINE, "entries": entries, "unproved": False})
    page.host.wait(0)
    rows = [row for row in page.rows("timeline") if "begins" not in row and "Not recorded" not in row]
    assert [row.count(MARK) for row in rows] == [1, 1, 1, 0]
    assert not page.player["is_unproved"]
    page.do("find_moment", value="not CONFIRMED")
    page.host.wait(150)
    assert len(page.rows("timeline")) == 3


def test_a_timeline_without_any_proof_says_so_once() -> None:
    page = RecordingsPage("#recording=r1").sign_in().watch(timeline={**TIMELINE, "unproved": True})
    page.host.wait(0)
    assert page.player["is_unproved"] and not any(MARK in row for row in page.rows("timeline"))
    page.do("load_recording")
    page.answer("/api/recordings/r1", 200, {**ABOUT, "parts": PARTS})
    page.answer("/api/recordings/r1/timeline.json", 200, TIMELINE)
    assert not page.player["is_unproved"], "a server of the last release says nothing of it"


def _marks(node: Any) -> list[str]:
    if node.tag == "mark":
        return ["".join(child.text for child in node.children)]
    return [found for child in node.children for found in _marks(child)]
