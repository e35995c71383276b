"""The settings of a site as one typed document. Times are in seconds, sizes in bytes."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from deskside.core.messages import MAX_FILE_SIZE

Language = Literal["en", "de", "ar"]
LANGUAGES: tuple[Language, ...] = ("en", "de", "ar")
"""The languages that the pages speak."""
TEXTS = (
    "greeting",
    "queue_greeting",
    "agreement_title",
    "agreement_text",
    "recording_text",
    "hold_message",
    "orphaned_message",
)
"""What customers read that is the company's to word."""

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
ByLanguage = dict[Language, str]
"""A text in each language; one that is missing is shown in the site's first language."""


class Part(BaseModel):
    """A part of the settings: no field that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Agreement(Part):
    """What customers accept before they may enter the queue. Its words are `agreement_title` and `agreement_text`."""

    on: bool = False
    timeout: int = Field(default=300, ge=10, le=3600)


class Recording(Part):
    """Whether sessions are recorded, and how long a customer has to say yes."""

    on: bool = False
    timeout: int = Field(default=60, ge=10, le=600)


class Hold(Part):
    """What those who wait hear again and again."""

    on: bool = True
    interval: int = Field(default=120, ge=15, le=3600)


class Orphaned(Part):
    """What happens to customers when no representative is there."""

    grace: int = Field(default=60, ge=0, le=3600)
    url: str = Field(default="", max_length=2000)
    countdown: int = Field(default=15, ge=5, le=120)
    takes_messages: bool = True


class Choice(Part):
    """One answer of a choice."""

    id: Id
    text: ByLanguage


class Question(Part):
    """One question of the exit survey."""

    id: Id
    kind: Literal["rating", "choice", "text"]
    text: ByLanguage
    choices: tuple[Choice, ...] = Field(default=(), max_length=20)


class Survey(Part):
    """What customers are asked when a session is over."""

    on: bool = False
    questions: tuple[Question, ...] = Field(default=(), max_length=20)


class Watermark(Part):
    """What lies on the customer's page while a session runs; a text, an image (a data URL), or neither."""

    text: str = Field(default="", max_length=100)
    image: str = Field(default="", max_length=100_000)


class Files(Part):
    """Which files may be sent: neither page offers or takes others."""

    max_size: int = Field(default=1 << 34, ge=0, le=MAX_FILE_SIZE)
    forbidden_types: tuple[str, ...] = Field(default=(), max_length=100)


class Reconnect(Part):
    """For how long somebody who is away is waited for."""

    queue: int = Field(default=600, ge=10, le=24 * 3600)
    session: int = Field(default=12 * 3600, ge=60, le=7 * 24 * 3600)


class Team(Part):
    """Representatives who share a queue."""

    id: Id
    name: Name


class Issue(Part):
    """A kind of problem that a customer can choose, and the team that knows it."""

    id: Id
    name: ByLanguage
    team: Id = "general"


class CannedMessage(Part):
    """What representatives say often."""

    id: Id
    name: Name
    text: ByLanguage


class Site(Part):
    """Everything. What is left out has its default, so a file with a company's name alone is a whole site."""

    company: Name = "Support"
    logo: str = Field(default="", max_length=100_000)
    colour: str = Field(default="", pattern=r"^(#[0-9a-f]{6})?$")
    languages: tuple[Language, ...] = Field(default=LANGUAGES, min_length=1)
    session_start: Literal["web_chat", "full_client", "customer_chooses"] = "web_chat"
    agreement: Agreement = Agreement()
    recording: Recording = Recording()
    hold: Hold = Hold()
    orphaned: Orphaned = Orphaned()
    survey: Survey = Survey()
    watermark: Watermark = Watermark()
    files: Files = Files()
    allowed_origins: tuple[str, ...] = Field(default=(), max_length=100)
    reconnect: Reconnect = Reconnect()
    teams: tuple[Team, ...] = Field(default=(Team(id="general", name="General"),), min_length=1, max_length=200)
    issues: tuple[Issue, ...] = Field(default=(), max_length=200)
    canned: tuple[CannedMessage, ...] = Field(default=(), max_length=500)
    texts: dict[Language, dict[str, str]] = Field(default_factory=dict)
    """Words of `TEXTS` in each language; what is missing has our default, from the folder `texts`."""
