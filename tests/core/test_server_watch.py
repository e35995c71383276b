"""When a line to the server is given up: by patience as a rule, by asking where it is the only way left."""

from deskside.core.watch import SERVER_ANSWERS, SERVER_SILENCE, ServerWatch


def turns(
    watch: ServerWatch,
    start: float,
    seconds: int,
    is_open: bool = True,
    urgent: bool = True,
    answers: bool = False,
) -> "list[str | None]":
    """What is done in each of so many seconds after `start`."""
    done = []
    for second in range(1, seconds + 1):
        moment = start + 1000.0 * second
        found = watch.turn(moment, is_open, urgent)
        done.append(found)
        if found == "ask" and answers:
            watch.heard(moment + 1.0)
    return done


def begun() -> ServerWatch:
    watch = ServerWatch()
    watch.heard(100.0)
    return watch


def test_its_pings_are_waited_for_while_the_other_page_is_there() -> None:
    patience = int(SERVER_SILENCE / 1000)
    done = turns(begun(), 100.0, patience + 1, urgent=False)
    assert done == [None] * patience + ["give_up"]


def test_it_is_asked_where_nobody_else_is_reached_and_given_up_without_an_answer() -> None:
    done = turns(begun(), 100.0, 9)
    assert done.count("ask") == 1
    asked = done.index("ask")
    assert done.index("give_up") - asked == int(SERVER_ANSWERS / 1000) + 1
    assert done.index("give_up") < 9


def test_one_that_answers_is_asked_again_but_not_every_second() -> None:
    done = turns(begun(), 100.0, 30, answers=True)
    assert "give_up" not in done
    assert 10 <= done.count("ask") <= 15


def test_an_attempt_to_connect_gets_little_time_then() -> None:
    assert turns(begun(), 100.0, 5, is_open=False) == [None, None, None, None, "give_up"]
    assert "give_up" not in turns(begun(), 100.0, 30, is_open=False, urgent=False)


def test_a_question_of_an_earlier_trouble_is_no_reason() -> None:
    watch = begun()
    assert turns(watch, 100.0, 2)[-1] == "ask"
    watch.heard(3200.0)
    assert watch.turn(40_000.0, True, False) is None
    assert watch.turn(41_000.0, True, True) == "ask"
