"""The transcript of a session: what was said and what happened, in order, with marks of delivery and reading.

An entry is a dict ready for JSON: `id`, `n` (its place, from 1), `at` (milliseconds since the epoch), `author`
("customer", "representative" or "system"), `name`, `kind`, and by kind

- "message": `text`; of this page's person also `state`: "sending", "delivered" or "read";
- "event": `event` (a key of the catalogue) and `values`;
- "file": `text` (its name), `size` and `outcome` ("" while it is under way, then "finished" or a reason).

Entries are only ever appended. Whoever shows them keeps what `append`, `delivered`, `read_through` and
`file_ended` return: the entries that changed, and no others.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

    Entry = dict[str, Any]

AUTHORS = ("customer", "representative", "system")
CONTENT = {"message": ("text",), "event": ("event", "values"), "file": ("text", "size", "outcome")}

PLACE = "entry-"
"""Before the id of an entry in a document, so that what it shows can be compared with the record."""
DATA = '<template id="deskside-record">'
DATA_END = "</template>\n"
_BODY_END = "</body>"

_STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 45rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; }
ol { list-style: none; padding: 0; }
li { margin: 0 0 1rem; overflow-wrap: anywhere; }
li p { margin: 0; white-space: pre-wrap; }
.about, .event { color: #555; }
.day { margin: 2rem 0 1rem; padding-top: .5rem; border-top: 1px solid; font-weight: bold; }
@media (prefers-color-scheme: dark) { body { background: #161616; color: #eee; } .about, .event { color: #aaa; } }
"""


class Transcript:
    """`own` is the role of this page's person, whose messages bear marks; `saved` is an earlier `export()`."""

    def __init__(self, own: str, saved: "list[Any] | None" = None) -> None:
        self.own = own
        self.entries: "list[Entry]" = []
        self._by_id: "dict[str, Entry]" = {}
        self._own_messages: "list[Entry]" = []
        self._read = 0  # of own messages, how many from the first are read
        for entry in saved or []:
            if _is_entry(entry):
                self._add(dict(entry))

    def __len__(self) -> int:
        return len(self.entries)

    def get(self, id: str) -> "Entry | None":
        return self._by_id.get(id)

    def message(self, id: str, at: float, author: str, name: str, text: str) -> "list[Entry]":
        """Append a message; nothing when one of that id is there."""
        return self._append(id, at, author, name, "message", {"text": text})

    def event(
        self, id: str, at: float, author: str, name: str, event: str, values: "dict[str, Any] | None" = None
    ) -> "list[Entry]":
        """Append what happened; `author` is who did it."""
        return self._append(id, at, author, name, "event", {"event": event, "values": values or {}})

    def file(self, id: str, at: float, author: str, name: str, file_name: str, size: int) -> "list[Entry]":
        """Append a file that `author` has offered."""
        return self._append(id, at, author, name, "file", {"text": file_name, "size": size, "outcome": ""})

    def delivered(self, id: str) -> "list[Entry]":
        """An own message has arrived."""
        entry = self._by_id.get(id)
        if entry is None or entry.get("state") != "sending":
            return []
        entry["state"] = "delivered"
        return [entry]

    def read_through(self, id: str) -> "list[Entry]":
        """The other person has read everything up to this entry. Costs as much as there is newly read."""
        last = self._by_id.get(id)
        changed: "list[Entry]" = []
        while last is not None and self._read < len(self._own_messages):
            entry = self._own_messages[self._read]
            if entry["n"] > last["n"]:
                break
            self._read += 1
            if entry["state"] != "read":
                entry["state"] = "read"
                changed.append(entry)
        return changed

    def file_ended(self, id: str, outcome: str) -> "list[Entry]":
        """A file has arrived ("finished") or never will (a reason of `file_end`)."""
        entry = self._by_id.get(id)
        if entry is None or entry["kind"] != "file" or entry["outcome"]:
            return []
        entry["outcome"] = outcome
        return [entry]

    def export(self) -> "list[Entry]":
        """A copy, ready for JSON and for `saved`."""
        return [dict(entry) for entry in self.entries]

    def export_html(
        self, title: str, zone: str, describe: "Callable[[Entry], str]", clock: "Any", language: "tuple[str, str]"
    ) -> str:
        """One HTML document that needs nothing else and runs nothing.

        `zone` says in which time zone the times are, `describe` gives the sentence of an event or a file; `clock.clock`
        and `clock.day` give a moment as time of day and as date, each with its ISO 8601; `language` is its tag and its
        direction. All of that and all that people wrote is escaped here.
        """
        head = ""
        items: "list[str]" = []
        before = ""
        for entry in self.entries:
            words, iso = clock.clock(entry["at"])
            day = iso[:10]
            if day != before:
                date = _time(clock.day(entry["at"])[0], day)
                if before:
                    items.append('<li class="day">' + date + "</li>\n")
                else:
                    head = date + "<br>"
                before = day
            items.append(_item(entry, describe, _time(words, iso)))
        return (
            '<!doctype html>\n<html lang="' + escape(language[0]) + '" dir="' + escape(language[1]) + '">\n<head>\n'
            '<meta charset="utf-8">\n'
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            "<title>" + escape(title) + "</title>\n<style>" + _STYLE + "</style>\n</head>\n<body>\n"
            "<h1>" + escape(title) + '</h1>\n<p class="about">' + head + escape(zone) + "</p>\n"
            "<ol>\n" + "".join(items) + "</ol>\n</body>\n</html>\n"
        )

    # within

    def _append(
        self, id: str, at: float, author: str, name: str, kind: str, content: "dict[str, Any]"
    ) -> "list[Entry]":
        if id in self._by_id:
            return []
        entry: "Entry" = {"id": id, "at": int(at), "author": author, "name": name, "kind": kind}
        for field in content:
            entry[field] = content[field]
        self._add(entry)
        return [entry]

    def _add(self, entry: "Entry") -> None:
        if entry["id"] in self._by_id:
            return
        entry["n"] = len(self.entries) + 1
        self.entries.append(entry)
        self._by_id[entry["id"]] = entry
        if entry["kind"] == "message" and entry["author"] == self.own:
            entry["state"] = entry.get("state", "sending")
            self._own_messages.append(entry)


def with_data(document: str, data: str) -> str:
    """The document of `export_html` with JSON in it that a browser neither shows nor runs."""
    at = document.rfind(_BODY_END)
    for letter, instead in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        data = data.replace(letter, instead)
    return document[:at] + DATA + data + DATA_END + document[at:]


def _is_entry(entry: "Any") -> bool:
    """Whether what was saved can be shown: a device's storage may hold anything."""
    if type(entry) is not dict or entry.get("author") not in AUTHORS or entry.get("kind") not in CONTENT:
        return False
    if type(entry.get("id")) is not str or type(entry.get("name")) is not str or type(entry.get("at")) is not int:
        return False
    if type(entry.get("text", "")) is not str or type(entry.get("values", {})) is not dict:
        return False
    return not [field for field in CONTENT[entry["kind"]] if field not in entry]


def _time(words: str, iso: str) -> str:
    return '<time datetime="' + escape(iso) + '">' + escape(words) + "</time>"


def _item(entry: "Entry", describe: "Callable[[Entry], str]", time: str) -> str:
    place = ' id="' + escape(PLACE + entry["id"]) + '"'
    if entry["kind"] == "event":
        return '<li class="event"' + place + ">" + escape(describe(entry)) + " " + time + "</li>\n"
    text = entry["text"] if entry["kind"] == "message" else describe(entry)
    about = '<p class="about">' + escape(entry["name"]) + " " + time + "</p>"
    return "<li" + place + ">" + about + '<p dir="auto">' + escape(text) + "</p></li>\n"


def escape(text: str) -> str:
    """Text as it may stand in HTML, between tags and within quotes."""
    for letter, instead in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#39;")):
        text = text.replace(letter, instead)
    return text
