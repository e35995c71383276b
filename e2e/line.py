"""The line between two people, which a test can cut: not a packet passes, and nobody is told."""

from playwright.sync_api import Page

_PATTERN = {"urlPattern": "", "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}


class Line:
    """What one page sends to and gets from other pages. Make it before the page is opened: later is too late."""

    def __init__(self, page: Page) -> None:
        self._session = page.context.new_cdp_session(page)
        self.heal()

    def cut(self) -> None:
        self._lose(100)

    def heal(self) -> None:
        self._lose(0)

    def _lose(self, percent: int) -> None:
        rule = {"offline": False, "matchedNetworkConditions": [_PATTERN | {"packetLoss": percent}]}
        self._session.send("Network.emulateNetworkConditionsByRule", rule)
