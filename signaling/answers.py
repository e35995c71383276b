"""What one customer has answered on the way in, and what the present step is about."""

import json
from dataclasses import asdict, dataclass, field


@dataclass
class Answers:
    """Kept with the session, so that a server that was started again asks nothing twice."""

    ask_notifications: bool = False
    """The browser would still ask, and the customer was not asked."""
    start: str = ""
    agreement: str = ""
    recording: str = ""
    recording_stopped: bool = False
    """The customer has stopped it, for good."""
    notices: list[str] = field(default_factory=list)
    """Those that were answered."""
    notice: str = ""
    """The one that is on the page now, as a step or as a card of the session."""
    stays: bool = False
    """The customer does not want to be led away, though nobody is there."""
    sent_back: int = 0
    """How often they went back to the queue from a representative who was there."""
    ends_at: int = 0
    """Until when the present step can be answered; 0: for ever."""

    def text(self) -> str:
        """As it is stored."""
        return json.dumps({key: value for key, value in asdict(self).items() if value}, separators=(",", ":"))

    @classmethod
    def of(cls, text: str) -> "Answers":
        """From what `text` gave."""
        return cls(**json.loads(text))

    def given(self, step: str, about: str, answer: str) -> bool:
        """Whether this is what was answered before: a page says it again when it does not know that it arrived."""
        return {
            "start": self.start == answer,
            "notifications": answer == "go_on" and not self.ask_notifications,
            "agreement": self.agreement == answer,
            "recording": self.recording == answer,
            "notice": answer == "go_on" and about in self.notices,
            "orphaned": answer == "go_on" and self.stays,
        }.get(step, False)
