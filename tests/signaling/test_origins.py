"""From where a page may connect."""

from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus

from tests.signaling.server import Site, serving, settings

ELSEWHERE = "https://www.example.com"


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1", "http://localhost:1"])
def test_a_page_of_another_origin_does_not_get_in(common: Site, origin: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        common.page(origin=origin)
    assert refused.value.response.status_code == 403


def test_what_names_no_origin_does_not_get_in(common: Site) -> None:
    with pytest.raises(InvalidStatus) as refused:
        common.page(origin=None)
    assert refused.value.response.status_code == 403


def test_what_does_not_speak_the_protocol_does_not_get_in(common: Site) -> None:
    for subprotocols in (None, ["chat"]):
        with pytest.raises(InvalidStatus) as refused:
            common.page(subprotocols=subprotocols)
        assert refused.value.response.status_code == 400


def test_the_customers_page_may_live_on_an_allowed_origin_and_the_console_may_not(data: Path) -> None:
    with serving(settings(data), site={"allowed_origins": [ELSEWHERE]}) as site:
        customer = site.page(origin=ELSEWHERE)
        customer.send("hello", role="customer", page="x")
        assert customer.expect("welcome")["state"] == "new"
        console = site.page(site.cookie("Bob"), origin=ELSEWHERE)
        console.send("hello", role="representative", page="x")
        assert console.close_code() == 4403
        assert site.get("/api/site", origin=ELSEWHERE).headers["access-control-allow-origin"] == ELSEWHERE
        for path in ("/api/me", "/api/site"):
            stranger = site.get(path, origin="https://evil.example", cookie=site.cookie("Bob"))
            assert "access-control-allow-origin" not in stranger.headers
        assert "access-control-allow-origin" not in site.get("/api/me", origin=ELSEWHERE).headers
