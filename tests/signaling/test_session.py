"""The way of a session: queue, accept, signals, end."""

from tests.signaling.server import Page, Site

NEGOTIATION = {"connection": "talk", "number": 1, "description": {"type": "offer", "sdp": "v=0\r\n"}}


def accepted(site: Site, console: Page) -> tuple[Page, str, str, str]:
    """A customer in session with the console: their page, the session and the two peers."""
    customer, queued = site.waiting()
    console.until("queue_entered")
    console.send("accept", session=queued["session"])
    session = console.until("accepted")["session"]
    return customer, queued["session"], session["peer"], customer.expect("joined")["peer"]


def test_a_customer_waits_is_accepted_talks_and_leaves(site: Site) -> None:
    console, welcome = site.console(site.sign_in("Bob"))
    assert welcome["name"] == "Bob" and welcome["waiting"] == 0 and welcome["sessions"] == []
    customer, queued = site.waiting("Ann", question="It beeps.\nLoudly.")
    assert queued["position"] == 1
    entry = console.expect("queue_entered")
    assert entry["waiting"] == 1
    assert entry["entry"] == {
        "session": queued["session"],
        "name": "Ann",
        "question": "It beeps.\nLoudly.",
        "issue": "",
        "entered_at": queued["entered_at"],
        "connected": True,
    }
    console.send("accept", session=queued["session"])
    assert console.expect("queue_left")["waiting"] == 0
    session = console.expect("accepted")["session"]
    joined = customer.expect("joined")
    assert (joined["name"], joined["peer"]) == ("Bob", welcome["peer"])
    console.send("signal", session=queued["session"], to=session["peer"], negotiation=NEGOTIATION)
    assert customer.expect("signal") == {"type": "signal", "from": welcome["peer"], "negotiation": NEGOTIATION}
    customer.send("signal", to=joined["peer"], negotiation=NEGOTIATION)
    assert console.expect("signal")["from"] == session["peer"]
    customer.send("end")
    assert customer.expect("ended")["reason"] == "customer"
    assert console.expect("ended") == {"type": "ended", "session": queued["session"], "reason": "customer"}
