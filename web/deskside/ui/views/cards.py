"""Cards: what somebody has to decide, one thing each, above the composer."""

from .parts import button, deliberate, icon, problem
from .words import around, duration, lease, size

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LEASES = ("300", "900", "3600", "0")
PERMISSION_ICONS = {"view_screen": "monitor", "point_and_draw": "mouse-pointer-2", "send_files": "file"}


def card_views(cards: "list[Any]", capture: str, t: "Any", session: str = "") -> "list[Any]":
    """The nodes of all cards, oldest first. `capture` is what this device can share; `session` whose they are."""
    return [_end(card, t, session) if card["kind"] == "end" else _card(card, capture, t) for card in cards]


def _card(card: "dict[str, Any]", capture: str, t: "Any") -> "tuple[Any, ...]":
    kind = card["kind"]
    if kind == "permission":
        return _permission(card, capture, t)
    if kind == "file_offer":
        return _file_offer(card, t)
    if kind == "file_again":
        return _file_again(card, t)
    if kind == "revoked":
        return _revoked(card, t)
    if kind == "alone":
        return _alone(card, t)
    if kind == "outdated":
        return _outdated(card, t)
    if kind == "share_again":
        return _share_again(card, capture, t)
    return _problem(card, t)


def card_frame(
    card: "dict[str, Any]", symbol: str, title: "Any", body: "list[Any]", buttons: "list[Any]", focus: bool = False
) -> "tuple[Any, ...]":
    """A card: what it is about, the facts, the choices. Named by its title."""
    name = "card-" + card["id"]
    return (
        "div",
        {
            "key": name,
            "class": "card card-" + card["kind"],
            "role": "group",
            "aria-labelledby": name,
            "tabindex": "-1" if focus else None,
            "autofocus": focus,
        },
        ("div", {"class": "card-icon"}, icon(symbol)),
        (
            "div",
            {"class": "card-body"},
            ("h2", {"id": name}, title),
            body,
            ("div", {"class": "actions"}, buttons),
        ),
    )


def _permission(card: "dict[str, Any]", capture: str, t: "Any") -> "tuple[Any, ...]":
    permission = card["permission"]
    field = "lease-" + card["id"]
    name = card["name"] or t("person.representative")
    deny = deliberate(t("card.deny"), ("deny", card["id"]), "secondary")
    if not card["can"]:
        body: "list[Any]" = [
            ("p", {}, t("card.cannot_share.camera" if capture == "camera" else "card.cannot_share.none"))
        ]
        buttons = [deny]
        if capture == "camera":
            buttons.append(deliberate(t("tools.camera"), ("allow_camera", card["id"]), "primary", "camera"))
    else:
        body = [
            ("p", {}, t("card.explain." + permission)),
            (
                "p",
                {"class": "field inline"},
                ("label", {"for": field}, t("card.lease")),
                (
                    "select",
                    {"id": field, "on_change": ("set_lease", card["id"]), "value": card["lease"]},
                    [
                        ("option", {"value": value, "selected": value == card["lease"]}, lease(int(value), t))
                        for value in LEASES
                    ],
                ),
            ),
        ]
        buttons = [deny, deliberate(t("card.allow"), ("allow", card["id"]), "primary")]
    body.append(("p", {"class": "countdown"}, t("card.countdown", time=duration(card["left"], t))))
    return card_frame(
        card, PERMISSION_ICONS[permission], around(t("card.ask." + permission, name=name), card["name"]), body, buttons
    )


def _file_offer(card: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    author = card["author"] or t("person.customer")
    detail = size(card["size"], t) + t("list.dot") + (card["mime"] or t("file.unknown_type"))
    return card_frame(
        card,
        "file-down",
        around(t("card.file", name=author), card["author"]),
        [
            _offered(card, detail),
            problem(
                t("card.file.no_room", size=size(card["size"], t)),
                "no-room-" + card["id"],
            )
            if card["problem"]
            else None,
        ],
        [
            deliberate(
                t("card.decline_file"),
                ("decline_file", card["id"]),
                "secondary",
                "",
                {"aria-description": card["name"]},
            ),
            deliberate(
                t("card.accept_file"), ("accept_file", card["id"]), "primary", "", {"aria-description": card["name"]}
            ),
        ],
    )


def _offered(card: "dict[str, Any]", detail: str) -> "tuple[Any, ...]":
    return (
        "p",
        {"class": "offer"},
        ("bdi", {"class": "file-name", "translate": "no"}, card["name"]),
        ("span", {"class": "file-detail"}, detail),
    )


def _file_again(card: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    """After a reload a page has no hold of a file any more, but for the person's choosing it once more."""
    text = t("card.file_again.choose")
    return card_frame(
        card,
        "file-up",
        t("card.file_again"),
        [
            _offered(card, size(card["size"], t)),
            problem(t("card.file_again.wrong"), "other-" + card["id"])
            if card["problem"]
            else ("p", {}, t("card.file_again.explain")),
        ],
        [
            (
                "label",
                {"key": "choose", "class": "button primary file-choice"},
                (
                    "input",
                    {
                        "type": "file",
                        "data-deliberate": True,
                        "aria-label": text,
                        "aria-description": card["name"],
                        "on_change": ("choose_again", card["id"]),
                    },
                ),
                ("span", {"class": "label", "aria-hidden": "true"}, text),
            ),
            deliberate(
                t("file.cancel"), ("cancel_file", card["id"]), "secondary", "", {"aria-description": card["name"]}
            ),
        ],
    )


def _revoked(card: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    return card_frame(
        card,
        "shield-check",
        t("card.revoked"),
        [
            ("p", {}, t("card.revoked.stopped" if card["stopped"] else "card.revoked.nothing")),
            ("p", {}, t("card.revoked.recording")) if card["recording"] else None,
        ],
        [
            deliberate(t("card.continue"), ("continue_chatting",), "primary"),
            deliberate(t("tools.end"), ("confirm_end",), "secondary"),
        ],
        True,
    )


def _end(card: "dict[str, Any]", t: "Any", session: str) -> "tuple[Any, ...]":
    return card_frame(
        card,
        "log-out",
        t("card.end"),
        [("p", {}, t("card.end.explain"))],
        [
            deliberate(t("card.end.yes"), ("confirm_end",), "danger", "", {"data-deliberate": session}),
            deliberate(t("card.end.no"), ("cancel_end",), "secondary"),
        ],
        True,
    )


def _alone(card: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    name = card["name"] or t("person.representative")
    buttons = [deliberate(t("tools.end"), ("confirm_end",), "secondary")]
    if card["can"]:
        again = deliberate(
            t("card.alone.again"), ("wait_again",), "primary", "", {"aria-disabled": "true" if card["busy"] else None}
        )
        buttons.insert(0, again)
    explain = t("card.alone.explain" if card["can"] else "card.alone.no_server")
    return card_frame(card, "unplug", around(t("card.alone", name=name), card["name"]), [("p", {}, explain)], buttons)


def _outdated(card: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    """Nothing is lost by a reload, and nothing else helps."""
    why = "failed." + card["why"]
    explain = t(why + ".explain", name=card["name"])
    return card_frame(
        card,
        "refresh-cw",
        t(why),
        [("p", {"role": "alert"}, around(explain, card["name"] if card["why"] == "outdated_peer" else ""))],
        [button(t("failed.reload"), ("reload",), "primary")],
    )


def _share_again(card: "dict[str, Any]", capture: str, t: "Any") -> "tuple[Any, ...]":
    name = card["name"] or t("person.representative")
    return card_frame(
        card,
        "monitor-up",
        around(t("card.share_again", name=name), card["name"]),
        [("p", {}, t("card.share_again.explain"))],
        [
            deliberate(
                t("card.share_again.yes"),
                ("share_again",),
                "primary",
                "camera" if capture == "camera" else "monitor-up",
            ),
            deliberate(t("card.share_again.no"), ("dismiss", card["id"]), "secondary"),
        ],
        True,
    )


def _problem(card: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    return (
        "div",
        {"key": "card-" + card["id"], "class": "card card-problem"},
        problem(t("card.problem." + card["problem"]), "card-" + card["id"]),
        button(t("card.dismiss"), ("dismiss", card["id"]), "quiet"),
    )
