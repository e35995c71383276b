"""Reports: what happened, in tables. A bar in a row is the browser's own `meter`, so it is read as well as seen."""

from ..views.words import duration, size
from .records import PERIODS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

REASONS = (
    "customer",
    "representative",
    "left_queue",
    "customer_gone",
    "representative_gone",
    "taken_over",
    "notice",
    "declined",
    "agreement_timeout",
    "orphaned",
    "message_left",
    "removed",
)
ANSWERS = ("accept", "decline", "allow", "refuse", "silence")


def reports(state: "dict[str, Any]", t: "Any") -> "list[Any]":
    known = state["reports"]
    if known is None:
        return [("p", {"key": "loading", "class": "hint"}, t("admin.loading"))]
    report = known["report"]
    parts = [
        ("div", {"key": "period", "class": "field inline"}, _period(known["days"], t)),
        _sessions(report.get("sessions", {}), t),
        _waits(report.get("waits", {}), t),
        _estimate(report.get("estimate", {}), t),
        _consents(report.get("consents", {}), t),
        _recordings(report.get("recordings", {}), t),
        _notices(report.get("notices", []), t),
    ]
    for survey in report.get("surveys", []):
        parts.append(_survey(survey, t))
    if not report.get("surveys"):
        parts.append(_none("surveys", t("admin.section.survey"), t("admin.report.no_surveys")))
    return parts


def _period(days: str, t: "Any") -> "list[Any]":
    return [
        ("label", {"for": "period"}, t("admin.report.period")),
        (
            "select",
            {"id": "period", "value": days, "on_change": ("set_days",)},
            [("option", {"key": one, "value": one}, t("admin.report.days", count=int(one))) for one in PERIODS],
        ),
    ]


def _sessions(sessions: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    ended = sessions.get("ended_by", {})
    rows = [(_word("admin.reason.", reason, REASONS, t), ended[reason]) for reason in _by_count(ended)]
    lead = t("admin.report.started", count=sessions.get("started", 0))
    return _chart("sessions", t("admin.report.sessions"), lead, rows, t, t("admin.report.no_sessions"))


def _waits(waits: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    count = waits.get("count", 0)
    if not count and not waits.get("left_before"):
        return _none("waits", t("admin.report.waits"), t("admin.report.no_waits"))
    facts = [(t("admin.report.waited"), str(count))]
    if waits.get("median") is not None:
        facts.append((t("admin.report.median"), duration(waits["median"], t)))
    if waits.get("p90") is not None:
        facts.append((t("admin.report.p90"), duration(waits["p90"], t)))
    facts.append((t("admin.report.left_before"), str(waits.get("left_before", 0))))
    return _facts("waits", t("admin.report.waits"), facts)


def _estimate(estimate: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    """A range of the 20th to the 80th percentile is right when six of ten waits fall into it."""
    title = t("admin.report.estimate")
    if not estimate.get("count"):
        return _none("estimate", title, t("admin.report.no_estimate"))
    lead = t("admin.report.estimate_lead", count=estimate["count"])
    if estimate.get("median_error") is not None:
        lead += " " + t("admin.report.median_error", time=duration(estimate["median_error"], t))
    rows = [(t("admin.report." + name), estimate.get(name, 0)) for name in ("inside", "below", "above")]
    return _chart("estimate", title, lead, rows, t, "")


def _consents(consents: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    rows = []
    for kind in ("agreement", "recording"):
        answers = consents.get(kind, {})
        for answer in _by_count(answers):
            said = _word("admin.answer.", answer, ANSWERS, t)
            rows.append((t("admin.report.consent", kind=t("admin.way." + kind), answer=said), answers[answer]))
    return _chart("consents", t("admin.report.consents"), "", rows, t, t("admin.report.no_consents"))


def _recordings(recordings: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    """Those that are kept at the moment, whenever they were made."""
    title = t("admin.report.recordings")
    count = recordings.get("count", 0)
    if not count:
        return _none("recordings", title, t("admin.report.no_recordings"))
    facts = [
        (t("admin.report.recordings_kept"), str(count)),
        (t("admin.report.recordings_size"), size(recordings.get("size", 0), t)),
        (t("admin.report.recordings_length"), duration(recordings.get("duration", 0) // 1000, t)),
    ]
    return _facts("recordings", title, facts)


def _notices(notices: "list[Any]", t: "Any") -> "tuple[Any, ...]":
    title = t("admin.section.notices")
    if not notices:
        return _none("notices", title, t("admin.report.no_notices"))
    columns = ("shown", "left", "continued")
    heads = [("th", {"key": name, "scope": "col"}, t("admin.report." + name)) for name in columns]
    rows = [
        (
            "tr",
            {"key": notice.get("id", notice["name"])},
            ("th", {"scope": "row", "dir": "auto"}, notice["name"]),
            [("td", {"key": name}, str(notice.get(name, 0))) for name in columns],
        )
        for notice in notices
    ]
    return _table(
        "notices", title, "", [("th", {"key": "name", "scope": "col"}, t("admin.report.notice"))] + heads, rows
    )


def _survey(survey: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    key = "survey." + survey["question"]
    lead = t("admin.report.answers", count=survey["count"])
    if survey.get("average") is not None:
        lead += " " + t("admin.report.average", average=_decimal(survey["average"]))
    if survey["kind"] == "text":
        texts = [("li", {"key": str(at), "dir": "auto"}, text) for at, text in enumerate(survey.get("texts", []))]
        return (
            "section",
            {"key": key, "class": "block report"},
            ("h2", {"dir": "auto"}, survey["text"]),
            ("p", {"key": "lead", "class": "hint"}, lead),
            ("ul", {"key": "texts", "class": "answers"}, texts) if texts else None,
        )
    rows = [(answer["text"], answer["count"]) for answer in survey.get("answers", [])]
    return _chart(key, survey["text"], lead, rows, t, t("admin.report.no_surveys"))


def _decimal(value: "Any") -> str:
    tenths = int(value * 10 + 0.5)
    return str(tenths // 10) + "." + str(tenths % 10)


def _chart(key: str, title: str, lead: str, rows: "list[tuple[str, int]]", t: "Any", nothing: str) -> "tuple[Any, ...]":
    """Counts, each with its share of all as a bar."""
    if not rows:
        return _none(key, title, nothing)
    total = 0
    for _, count in rows:
        total += count
    heads = [
        ("th", {"key": "what", "scope": "col"}, t("admin.report.what")),
        ("th", {"key": "count", "scope": "col", "class": "figure"}, t("admin.report.count")),
        ("th", {"key": "share", "scope": "col"}, t("admin.report.share")),
    ]
    made = []
    for at, (what, count) in enumerate(rows):
        share = str((count * 100 + total // 2) // total) + " %" if total else "0 %"
        meter = {"min": "0", "max": str(max(total, 1)), "value": count, "aria-label": what}
        made.append(
            (
                "tr",
                {"key": str(at)},
                ("th", {"scope": "row", "dir": "auto"}, what),
                ("td", {"class": "figure"}, str(count)),
                ("td", {"class": "share"}, ("meter", meter, share), ("span", {"aria-hidden": "true"}, share)),
            )
        )
    return _table(key, title, lead, heads, made)


def _table(key: str, title: str, lead: str, heads: "list[Any]", rows: "list[Any]") -> "tuple[Any, ...]":
    return (
        "section",
        {"key": key, "class": "block report"},
        ("h2", {"id": "report." + key, "dir": "auto"}, title),
        ("p", {"key": "lead", "class": "hint"}, lead) if lead else None,
        (
            "table",
            {"key": "table", "aria-labelledby": "report." + key},
            ("thead", {}, ("tr", {}, heads)),
            ("tbody", {}, rows),
        ),
    )


def _facts(key: str, title: str, facts: "list[tuple[str, str]]") -> "tuple[Any, ...]":
    pairs: "list[Any]" = [
        ("div", {"key": str(at)}, ("dt", {}, name), ("dd", {}, value)) for at, (name, value) in enumerate(facts)
    ]
    return ("section", {"key": key, "class": "block report"}, ("h2", {}, title), ("dl", {"class": "facts"}, pairs))


def _none(key: str, title: str, text: str) -> "tuple[Any, ...]":
    return (
        "section",
        {"key": key, "class": "block report"},
        ("h2", {"dir": "auto"}, title),
        ("p", {"key": "none", "class": "hint"}, text),
    )


def _by_count(counts: "dict[str, int]") -> "list[str]":
    """The most frequent first; the dicts of MicroPython have no order."""
    return [name for _, name in sorted([(-counts[name], name) for name in counts])]


def _word(beginning: str, name: str, known: "tuple[str, ...]", t: "Any") -> str:
    return str(t(beginning + name)) if name in known else name
