"""What the page puts in place of a text's macros, and the wait in words."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

HOUR = 3600


def values(state: "dict[str, Any]", t: "Any") -> "dict[str, str]":
    """The value of every macro as it is now."""
    form = state["portal"]
    waiting = state["waiting"]
    position = waiting["position"]
    return {
        "company": state["company"],
        "customer": " ".join(form["name"].split()) or str(t("way.guest")),
        "representative": state["representative"] or str(t("person.representative")),
        "position": str(position) if position else str(t("way.position.unknown")),
        "wait": wait_text(waiting["wait"], t),
        "issue": issue_name(form) or str(t("portal.any_issue")),
    }


def issue_name(form: "dict[str, Any]") -> str:
    """The chosen issue as the site words it, or ""."""
    for issue in form["issues"]:
        if issue["id"] == form["issue"]:
            return str(issue["name"])
    return ""


def wait_text(wait: "dict[str, int] | None", t: "Any") -> str:
    """A range in whole minutes, or hours where minutes would feign precision."""
    if wait is None:
        return str(t("way.wait.unknown"))
    low, high = wait["low"], wait["high"]
    if high <= 60:
        return str(t("way.wait.moment"))
    if high <= 2 * HOUR:
        unit, low, high = "minutes", low // 60, _rounded_up(high, 60)
    else:
        unit, low, high = "hours", low // HOUR, _rounded_up(high, HOUR)
    if low == 0:
        return str(t("way.wait.up_to_" + unit, count=high))
    if low == high:
        return str(t("way.wait.about_" + unit, count=high))
    return str(t("way.wait." + unit, low=low, count=high))


def _rounded_up(seconds: int, unit: int) -> int:
    return (seconds + unit - 1) // unit
