"""What stands at the end of every page: what this browser does not keep, and by what the page runs."""

from .parts import line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def foot(state: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    """Quiet, whatever it says: nobody can do anything about it now."""
    return (
        "footer",
        {"key": "footer", "class": "foot"},
        ("div", {"key": "unkept", "class": "unkept"}, line("info", t("unkept." + state["unkept"])))
        if state["unkept"]
        else None,
        t("footer.made_with"),
    )
