"""Which presses count: the rules without a browser, in CPython and MicroPython alike."""

from deskside.ui.deliberate import Deliberate

ACCEPT, ALLOW = 1, 2
HERE = (100.0, 400.0)
ELSEWHERE = (100.0, 500.0)


def page() -> Deliberate:
    """`Accept` and `Allow` are shown at 1000, in two places."""
    rules = Deliberate()
    for number, place in ((ACCEPT, HERE), (ALLOW, ELSEWHERE)):
        rules.declare(number)
        rules.stands(number, place, place)
    rules.shown(1000.0)
    return rules


def ready() -> Deliberate:
    """The same at 1600, when both have been ready since 1500."""
    rules = page()
    assert rules.shown(1500.0) is None
    return rules


def click(rules: Deliberate, number: int, began: float, detail: int = 1, at: "tuple[float, float]" = HERE) -> bool:
    rules.pointer_down(number, began, at[0], at[1])
    return rules.takes(number, detail)


def test_a_control_rests_until_it_has_been_shown_for_half_a_second() -> None:
    rules = page()
    assert rules.shown(1100.0) == 400.0
    assert rules.is_disabled(ACCEPT) and not click(rules, ACCEPT, 1200.0) and not rules.takes(ACCEPT, 0)
    assert rules.shown(1500.0) is None
    assert not rules.is_disabled(ACCEPT) and click(rules, ACCEPT, 1510.0)


def test_a_press_counts_from_when_it_began_however_late_it_is_heard() -> None:
    rules = page()
    rules.pointer_down(ACCEPT, 1490.0, *HERE)
    rules.shown(1800.0)
    assert not rules.takes(ACCEPT, 1)
    rules.key_down(ALLOW, 1790.0, False)
    assert not rules.takes(ALLOW, 0)
    rules.key_up()
    assert rules.takes(ALLOW, 0), "assistive technology"


def test_a_page_that_nobody_sees_lets_nothing_become_ready() -> None:
    rules = page()
    rules.shown(1300.0)
    rules.hidden()
    rules.shown(1900.0)
    assert rules.is_disabled(ACCEPT)
    rules.shown(2400.0)
    assert not rules.is_disabled(ACCEPT)


def test_what_is_pressed_has_to_have_been_pressed_there() -> None:
    rules = ready()
    rules.pointer_down(ALLOW, 1600.0, *ELSEWHERE)
    assert not rules.takes(ACCEPT, 1)
    rules.pointer_down(0, 2700.0, 0.0, 0.0)
    assert not rules.takes(ACCEPT, 1)
    assert click(rules, ACCEPT, 3800.0)


def test_a_double_press_presses_once() -> None:
    for gap in (40.0, 80.0, 200.0, 400.0):
        rules = ready()
        assert click(rules, ACCEPT, 1600.0)
        rules.shown(1610.0)
        assert not click(rules, ACCEPT, 1600.0 + gap, 2)
        rules.shown(2110.0)
        assert click(rules, ACCEPT, 2200.0), "another press, on purpose"
    rules = ready()
    assert click(rules, ACCEPT, 1600.0)
    rules.shown(1610.0)
    rules.shown(2110.0)
    assert not click(rules, ACCEPT, 2200.0, 2), "where a double press may take longer"
    assert click(rules, ACCEPT, 2900.0)
    rules = page()
    assert not click(rules, ACCEPT, 1400.0)
    rules.shown(1500.0)
    assert click(rules, ACCEPT, 1600.0, 2), "the first half pressed nothing"


def test_the_second_half_of_a_double_press_on_something_else_is_not_taken() -> None:
    for first in (0, ALLOW):
        for detail in (1, 2):
            rules = ready()
            click(rules, first, 1600.0)
            assert not click(rules, ACCEPT, 1900.0, detail)
        rules = ready()
        click(rules, first, 1600.0)
        assert not click(rules, ACCEPT, 2300.0, 2), "where a double press may take longer"
        assert click(rules, ACCEPT, 2900.0), "a press of its own"
    rules = ready()
    click(rules, ALLOW, 1600.0, 1, ELSEWHERE)
    assert click(rules, ACCEPT, 1700.0, 1, HERE), "two controls in two places"


def test_the_same_with_keys() -> None:
    rules = ready()
    rules.key_down(0, 1600.0, False)
    rules.key_up()
    rules.key_down(ACCEPT, 1800.0, False)
    assert not rules.takes(ACCEPT, 0)
    rules.key_up()
    rules.key_down(ACCEPT, 2400.0, False)
    assert rules.takes(ACCEPT, 0)
    rules.key_up()
    rules.other_key()
    rules.key_down(ALLOW, 2500.0, False)
    assert rules.takes(ALLOW, 0), "who has gone there with Tab means it"


def test_a_key_that_is_held_answers_nothing() -> None:
    rules = ready()
    rules.key_down(ACCEPT, 1600.0, False)
    assert rules.takes(ACCEPT, 0)
    rules.shown(1700.0)
    rules.shown(2200.0)
    rules.key_down(ACCEPT, 2300.0, True)
    assert not rules.takes(ACCEPT, 0)
    rules.key_down(ALLOW, 2310.0, True)
    assert not rules.takes(ALLOW, 0)


def test_what_comes_to_mean_something_else_or_was_busy_rests_again() -> None:
    rules = ready()
    rules.rest(ACCEPT)
    assert rules.is_disabled(ACCEPT)
    rules.busy(ALLOW, True)
    rules.shown(2600.0)
    assert rules.is_disabled(ALLOW)
    rules.busy(ALLOW, False)
    assert rules.is_disabled(ALLOW)
    rules.shown(2700.0)
    rules.shown(3200.0)
    assert not rules.is_disabled(ALLOW)


def test_what_is_moved_rests_and_what_is_scrolled_does_not() -> None:
    far = (100.0, 460.0)
    cases = (
        ("another card was put above", far, far, True),
        ("the person has scrolled", far, HERE, False),
        ("a card slides in", far, HERE, False),
        ("the browser has kept it in its place", HERE, far, False),
        ("a clock beside it has got another digit", (106.0, 400.0), (106.0, 400.0), False),
        ("it is hidden", None, None, True),
    )
    for name, place, layout, rests in cases:
        rules = ready()
        assert rules.needs_layout(ACCEPT, place) == (place not in (None, HERE)), name
        rules.stands(ACCEPT, place, layout)
        assert rules.is_disabled(ACCEPT) == rests, name
        assert not rules.is_disabled(ALLOW), name


def test_what_moves_little_by_little_has_moved() -> None:
    rules = ready()
    for step in range(1, 4):
        place = (100.0, 400.0 + 7.0 * step)
        rules.stands(ACCEPT, place, place)
    assert rules.is_disabled(ACCEPT)


def test_a_label_hands_its_press_on_to_its_field() -> None:
    rules = ready()
    rules.pointer_down(ACCEPT, 1600.0, *HERE)
    assert rules.takes(ACCEPT, 1, True) and rules.takes(ACCEPT, 0)
    assert rules.is_disabled(ACCEPT)


def test_what_the_static_page_shows_is_ready_and_rests_after_a_press() -> None:
    rules = Deliberate()
    rules.declare(ACCEPT, False, 0.0)
    assert click(rules, ACCEPT, 10.0) and rules.is_disabled(ACCEPT)


def test_everything_else_is_pressed_as_ever() -> None:
    rules = page()
    assert click(rules, 0, 1001.0) and click(rules, 0, 1002.0, 2) and rules.takes(0, 0)
