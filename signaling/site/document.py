"""The settings of a site as one typed document. Times are in seconds, sizes in bytes."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from deskside.core.messages import MAX_FILE_SIZE
from signaling.site.fields import (
    LANGUAGES,
    ChatText,
    Colour,
    FileType,
    Id,
    Image,
    Language,
    Line,
    Name,
    Origin,
    Prose,
    QuestionText,
    TextName,
    WebAddress,
)


class Part(BaseModel):
    """A part of the settings: no field that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Agreement(Part):
    """What customers accept before they may enter the queue. Its words are `agreement_title` and `agreement_text`."""

    on: bool = False
    timeout: int = Field(default=300, ge=10, le=3600)


class Recording(Part):
    """Whether sessions are recorded, how long a customer has to say yes, and what becomes of recordings."""

    on: bool = False
    timeout: int = Field(default=60, ge=10, le=600)
    retention: int = Field(default=30, ge=1, le=3650)
    """Days after which a recording is deleted."""
    download: Literal["administrators", "representatives"] = "administrators"
    """Who may take one away, of those who may watch it."""


class Sessions(Part):
    """What becomes of sessions that are over."""

    retention: int = Field(default=365, ge=1, le=3650)
    """Days after which nothing says any more whose session it was. Of one whose recording is kept longer, then."""


class Hold(Part):
    """What those who wait hear again and again."""

    on: bool = True
    interval: int = Field(default=120, ge=15, le=3600)


class Orphaned(Part):
    """What happens to customers when no representative is there."""

    grace: int = Field(default=60, ge=0, le=3600)
    url: WebAddress = ""
    countdown: int = Field(default=15, ge=5, le=120)
    takes_messages: bool = True
    retention: int = Field(default=90, ge=1, le=3650)
    """Days after which a message that was left is deleted, whether somebody has dealt with it or not."""


class Choice(Part):
    """One answer of a choice."""

    id: Id
    text: dict[Language, Line]


class Question(Part):
    """One question of the exit survey."""

    id: Id
    kind: Literal["rating", "choice", "text"]
    text: dict[Language, QuestionText]
    choices: tuple[Choice, ...] = Field(default=(), max_length=20)


class Survey(Part):
    """What customers are asked when a session is over."""

    on: bool = False
    questions: tuple[Question, ...] = Field(default=(), max_length=20)


class Watermark(Part):
    """What lies on the customer's page while a session runs; a text, an image (a data URL), or neither."""

    text: Line = ""
    image: Image = ""


class Files(Part):
    """Which files may be sent: neither page offers or takes others."""

    max_size: int = Field(default=1 << 34, ge=0, le=MAX_FILE_SIZE)
    forbidden_types: tuple[FileType, ...] = Field(default=(), max_length=100)


class Connection(Part):
    """How the two pages of a session reach each other."""

    relay_only: bool = False
    """Through the TURN server alone: neither learns the other's address."""


class Reconnect(Part):
    """For how long somebody who is away is waited for."""

    queue: int = Field(default=600, ge=1, le=24 * 3600)
    session: int = Field(default=300, ge=10, le=7 * 24 * 3600)


class Team(Part):
    """Representatives who share a queue."""

    id: Id
    name: Name


class Issue(Part):
    """A kind of problem that a customer can choose, and the team that knows it."""

    id: Id
    name: dict[Language, Line]
    """One that is missing is shown in the site's first language. So it is with every text by language."""
    team: Id = "general"


class CannedMessage(Part):
    """What representatives say often."""

    id: Id
    name: Name
    text: dict[Language, ChatText]


class Site(Part):
    """Everything. What is left out has its default, so a file with a company's name alone is a whole site."""

    company: Name = "Support"
    logo: Image = ""
    """A data URL."""
    colour: Colour = ""
    languages: tuple[Language, ...] = Field(default=LANGUAGES, min_length=1, max_length=len(LANGUAGES))
    session_start: Literal["web_chat", "full_client", "customer_chooses"] = "web_chat"
    agreement: Agreement = Agreement()
    recording: Recording = Recording()
    sessions: Sessions = Sessions()
    hold: Hold = Hold()
    orphaned: Orphaned = Orphaned()
    survey: Survey = Survey()
    watermark: Watermark = Watermark()
    files: Files = Files()
    allowed_origins: tuple[Origin, ...] = Field(default=(), max_length=100)
    connection: Connection = Connection()
    reconnect: Reconnect = Reconnect()
    teams: tuple[Team, ...] = Field(default=(Team(id="general", name="General"),), min_length=1, max_length=200)
    issues: tuple[Issue, ...] = Field(default=(), max_length=200)
    canned: tuple[CannedMessage, ...] = Field(default=(), max_length=500)
    texts: dict[Language, dict[TextName, Prose]] = Field(default_factory=dict)
    """Words of `TEXTS` in each language; what is missing has our default, from the folder `texts`."""
