"""Reports count what happened within their days, and say nothing where there is nothing."""

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from signaling.app import DATABASE
from signaling.desk import now
from signaling.store.database import Database
from signaling.store.reports import percentile
from signaling.store.tables import consent_texts, consents, notice_events, sessions, survey_answers
from tests.signaling.administrator import NOTICE, Administrator
from tests.signaling.server import Site

LONG_AGO = 90 * 24 * 3600 * 1000


def waited(place: int, at: int, wait: float | None, reason: str | None = "customer", **columns: Any) -> dict[str, Any]:
    """A session that is over; without a wait nobody ever accepted it."""
    row = {"place": place, "id": f"s{place}", "token_hash": f"t{place}", "state": "ended", "reason": reason}
    row |= dict.fromkeys(("name", "question", "issue", "language", "page", "peer"), "")
    row |= {"entered_at": at, "queued_at": at, "ended_at": at + 1, "started_at": None}
    return row | ({} if wait is None else {"started_at": at + int(wait * 1000)}) | columns


def write(data: Path, table: Any, rows: list[dict[str, Any]]) -> None:
    def job(connection: Connection) -> None:
        connection.execute(table.insert(), rows)

    database = Database(data / DATABASE, 5)
    database.submit(partial(job)).result()
    database.close()


@pytest.fixture
def cleo(site: Site) -> Administrator:
    return Administrator(site)


def test_where_nothing_happened_the_report_says_so(cleo: Administrator) -> None:
    assert cleo.get("reports") == {
        "sessions": {"started": 0, "ended_by": {}},
        "waits": {"count": 0, "median": None, "p90": None, "left_before": 0},
        "estimate": {"count": 0, "inside": 0, "below": 0, "above": 0, "median_error": None},
        "notices": [],
        "surveys": [],
        "consents": {"agreement": {}, "recording": {}},
        "recordings": {"count": 0, "size": 0, "duration": 0},
    }


def test_sessions_waits_and_the_error_of_the_estimate(data: Path, cleo: Administrator) -> None:
    at = now() - 60_000
    forecasts = [(5, 15), (5, 15), (30, 60), None]
    rows = [waited(number, at, 10.0 * (number + 1)) for number in range(4)]
    for row, forecast in zip(rows, forecasts, strict=True):
        row |= {"forecast_low": forecast and forecast[0], "forecast_high": forecast and forecast[1]}
    rows.append(waited(5, at, None, "left_queue", forecast_low=None, forecast_high=None))
    rows.append(waited(6, at, None, "declined", queued_at=None, forecast_low=None, forecast_high=None))
    rows.append(waited(7, at, None, state="queued", reason=None, forecast_low=1, forecast_high=2))
    rows.append(waited(8, at - LONG_AGO, 1000, "notice", forecast_low=1, forecast_high=2))
    write(data, sessions, rows)
    report = cleo.get("reports?days=30")
    assert report["sessions"] == {"started": 4, "ended_by": {"customer": 4, "declined": 1, "left_queue": 1}}
    assert report["waits"] == {"count": 4, "median": 20, "p90": 40, "left_before": 1}
    # 10 s was within 5 to 15, 20 s was later, 30 s was within 30 to 60; the middles were off by 0, 10 and 15 s.
    assert report["estimate"] == {"count": 3, "inside": 2, "below": 0, "above": 1, "median_error": 10}
    assert cleo.get("reports?days=365")["sessions"]["started"] == 5


def test_surveys_are_counted_question_by_question_in_the_words_they_had_last(data: Path, cleo: Administrator) -> None:
    at = now() - 60_000
    answers = [
        ("s1", "stars", "rating", "Happy?", "5", "5"),
        ("s2", "stars", "rating", "Happy now?", "2", "2"),
        ("s1", "solved", "choice", "Solved?", "y", "Yes"),
        ("s2", "solved", "choice", "Solved?", "y", "Yes, it is"),
        ("s3", "solved", "choice", "Solved?", "n", "No"),
        ("s1", "why", "text", "Why?", "You were <b>kind</b>.", ""),
        ("s2", "why", "text", "Why?", "It took long.", ""),
    ]
    names = ("session", "question", "kind", "text", "value", "value_text")
    write(
        data,
        survey_answers,
        [dict(zip(names, row, strict=True)) | {"at": at + n} for n, row in enumerate(answers)]
        + [dict(zip(names, answers[0], strict=True)) | {"session": "old", "at": at - LONG_AGO}],
    )
    asked = [{"id": id, "kind": "rating", "text": {"en": "?"}} for id in ("stars", "solved")]
    cleo.decide(survey={"on": True, "questions": asked})
    stars, solved, why = cleo.get("reports")["surveys"]
    assert (stars["question"], stars["text"], stars["count"], stars["average"]) == ("stars", "Happy now?", 2, 3.5)
    assert [answer["count"] for answer in stars["answers"]] == [0, 1, 0, 0, 1]
    assert solved["answers"] == [
        {"value": "y", "text": "Yes, it is", "count": 2},
        {"value": "n", "text": "No", "count": 1},
    ]
    assert why["texts"] == ["It took long.", "You were <b>kind</b>."] and why["answers"] == []


def test_consents_and_notices_are_counted(data: Path, cleo: Administrator) -> None:
    at = now() - 60_000
    published, draft = cleo.post("notices", NOTICE), cleo.post("notices", NOTICE)
    cleo.post(f"notices/{published['id']}/publish")
    write(data, consent_texts, [{"hash": "h", "title": "", "text": ""}])
    rows = [("s1", "agreement", "accept"), ("s2", "agreement", "silence"), ("s1", "recording", "refuse")]
    write(
        data,
        consents,
        [
            {"session": session, "kind": kind, "answer": answer, "text_hash": "h", "language": "en", "at": at}
            for session, kind, answer in rows
        ],
    )
    shown = {"notice": published["id"], "session": "s", "at": at}
    write(data, notice_events, [shown | {"kind": kind} for kind in ("shown", "shown", "left", "continued")])
    report = cleo.get("reports")
    assert report["consents"] == {"agreement": {"accept": 1, "silence": 1}, "recording": {"refuse": 1}}
    assert [notice["id"] for notice in report["notices"]] == [published["id"]] != [draft["id"]]
    assert [report["notices"][0][kind] for kind in ("shown", "left", "continued")] == [2, 1, 1]


@pytest.mark.parametrize("days", ["0", "x", "-1", "4000", "1e3", ""])
def test_days_are_a_number_of_days(common: Site, days: str) -> None:
    answer = Administrator(common).ask("GET", f"reports?days={days}")
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_number")


def test_a_percentile_is_one_of_the_values() -> None:
    assert percentile([], 0.5) is None
    assert percentile([3], 0.9) == 3
    assert percentile([4, 1, 3, 2], 0.5) == 2
    assert percentile(range(1, 11), 0.9) == 9
