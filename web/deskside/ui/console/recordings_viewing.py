"""One recording that is watched: its parts one after the other, its timeline, and what may be done with it."""

from .recordings_custody import PATH, Custody
from .recordings_timeline import Timeline

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

SPEEDS = ("0.5", "0.75", "1", "1.25", "1.5", "2", "3", "4")
_BESIDE = PATH[1:] + "/"
"""Where what the browser itself fetches is, beside this page."""
_BEFORE_THE_END = 0.1
"""Seconds: a picture at the very end of a part would go on to the next one."""


class Viewing:
    """`owner` hears `changed(about)` and `deleted(id)`. Nothing plays before somebody presses `Play`."""

    def __init__(self, host: "Any", console: "Any", owner: "Any", recording: str) -> None:
        self._host = host
        self._console = console
        self._owner = owner
        self.id = recording
        self._found = "loading"
        self._about: "dict[str, Any]" = {}
        self._parts: "list[dict[str, Any]]" = []
        self._start = 0.0  # of the recording, milliseconds since the epoch
        self._at = 0  # which of the parts is shown
        self._seconds = 0.0  # within it
        self._picture = "none"
        self._captions = False
        self._speed = "1"
        self._playback: "Any" = None
        self._video: "Any" = None
        self._is_full = False  # the recorder had no room for all that happened
        self._is_unproved = False  # no representative's page has confirmed any of it
        self._asked = 0  # how often the timeline was asked for from its beginning
        self._over = False  # nobody looks at it any more
        self.custody = Custody(host, console, recording, self._deleted)
        self.timeline = Timeline(host, console.root, console.t, lambda: self._about, self._searched)

    # what the server has of it

    def load(self) -> None:
        """Also for what came since, while the session goes on."""
        self._ask("", self._described)

    def _ask(self, what: str, done: "Any") -> None:
        def answered(status: int, answer: "dict[str, Any]") -> None:
            if self._over:
                return
            if status == 200:
                done(answer)
            else:
                self._found = "gone" if status == 404 else "failed"
                self._let_go()
            self._console.changed()

        self._host.request("GET", PATH + "/" + self.id + what, None, answered)

    def _described(self, answer: "dict[str, Any]") -> None:
        self._about = answer
        self._owner.changed(answer)
        if answer["state"] == "deleted":
            self._found = "deleted"
        else:
            # That somebody watches is written down with this request, before a byte of the picture leaves.
            self._ask("/timeline.json", self._told)

    def _told(self, answer: "dict[str, Any]") -> None:
        place = self._parts[self._at]["number"] if self._parts else 0
        known = {part["number"]: part for part in self._about["parts"]}
        self._start = answer["start"]
        self._parts = [known.get(part["number"], {"size": 0}) | part for part in answer["parts"]]
        self._found = "ready"
        self.timeline.load(self._parts, answer["entries"])
        self._asked += 1
        self._go_on(answer, self._asked)
        at = [index for index, part in enumerate(self._parts) if part["number"] == place]
        if at:
            self._enter(at[0], self._seconds, False)
        else:
            self._enter(max(0, self._next_picture(0)), 0.0, False)

    def _go_on(self, answer: "dict[str, Any]", asked: int) -> None:
        """Ask for what follows, unless the whole is asked for again meanwhile."""
        self._is_full = answer["full"]
        self._is_unproved = answer.get("unproved", False)
        if not answer["more"]:
            return

        def told(answer: "dict[str, Any]") -> None:
            if asked == self._asked:
                self.timeline.add(self._parts, answer["entries"])
                self._go_on(answer, asked)

        self._ask("/timeline.json?after={}".format(answer["entries"][-1]["number"]), told)

    # playing

    def _has_picture(self, at: int) -> bool:
        part = self._parts[at]
        return bool(part["size"]) and bool(part["duration"])

    def _next_picture(self, at: int) -> int:
        """The first part from this one on in which something was shown; -1 when there is none."""
        while at < len(self._parts):
            if self._has_picture(at):
                return at
            at += 1
        return -1

    def _address(self, ending: str) -> str:
        return _BESIDE + "{}/{}{}".format(self.id, self._parts[self._at]["number"], ending)

    def _enter(self, at: int, seconds: float, plays: bool) -> None:
        """Show a part from this second on."""
        if not self._parts:
            return
        self._at = at
        self._seconds = seconds
        self._picture = "loading" if self._has_picture(at) else "none"
        playback = self._playback
        if playback is not None:
            self._captions = playback.has_captions
            if self._picture == "none":
                playback.empty()
            else:
                playback.load(self._address(".webm"), seconds, plays)
        self._follow()

    def _follow(self) -> None:
        self.timeline.at(self._parts[self._at]["offset"] + self._seconds * 1000.0)

    def jump(self, key: str) -> None:
        """To a row of the timeline, also into another part."""
        row = self.timeline.row(key)
        if row is None or row["kind"] == "gap":
            return
        for at, part in enumerate(self._parts):
            if part["number"] == row["part"]:
                seconds = (row["offset"] - part["offset"]) / 1000.0
                if part.get("complete", True):
                    # How long one is that still grows nobody knows.
                    seconds = min(seconds, part["duration"] / 1000.0 - _BEFORE_THE_END)
                seconds = max(0.0, seconds)
                self.timeline.is_following = True
                if at != self._at or self._picture == "failed":
                    self._enter(at, seconds, self._playback is not None and self._playback.is_playing)
                elif self._playback is not None:
                    self._seconds = seconds
                    self._playback.seek(seconds)
                    self._follow()

    def set_speed(self, speed: str) -> None:
        if speed in SPEEDS:
            self._speed = speed
            if self._playback is not None:
                self._playback.set_speed(float(speed))

    def again(self) -> None:
        """After the picture could not be shown."""
        self._found = "loading" if self._found == "failed" else self._found
        self.load()

    # what the player says

    def ready(self) -> None:
        self._picture = "ready"
        self._console.changed()

    def moved(self, seconds: float) -> None:
        before = int(self._seconds)
        self._seconds = seconds
        self._follow()
        if int(seconds) != before:
            self._console.changed()

    def part_ended(self) -> None:
        following = self._next_picture(self._at + 1)
        if following >= 0:
            self._enter(following, 0.0, True)
            self._console.state["status"] = self._part_line()
            self._console.changed()

    def part_failed(self) -> None:
        self._picture = "failed"
        self._console.changed()

    def speed_changed(self, rate: float) -> None:
        for speed in SPEEDS:
            if float(speed) == rate and speed != self._speed:
                self._speed = speed
                self._console.changed()

    def _searched(self) -> None:
        timeline = self.timeline
        if timeline.search.strip():
            found = self._console.t("recordings.found", shown=timeline.shown, total=timeline.count)
            self._console.state["status"] = found
        self._console.changed()

    # on the page

    def language_changed(self) -> None:
        self.timeline.language_changed()

    def attach(self) -> None:
        """Call after each render: play in the element that is there now."""
        video = self._console.root.refs.get("recording")
        if video is None:
            self._let_go()
        elif self._video is not video:
            self._let_go()
            self._video = video
            self._playback = self._host.watch(video, self)
            self._playback.set_speed(float(self._speed))
            if self._picture != "none":
                self._playback.load(self._address(".webm"), self._seconds, False)
        self.timeline.attach()

    def _let_go(self) -> None:
        if self._playback is not None:
            self._playback.stop()
        self._playback = None
        self._video = None

    def stop(self) -> None:
        """Somebody looks at something else."""
        self._over = True
        self.custody.stop()
        self._let_go()

    def _deleted(self) -> None:
        self._let_go()
        self._owner.deleted(self.id)

    def _part_line(self) -> str:
        part = self._parts[self._at]
        text = self._console.t("recordings.part", number=self._at + 1, total=len(self._parts))
        return str(text) + str(self._console.t("list.dot")) + self._clock(part["offset"])[0]

    def _clock(self, offset: float) -> "tuple[str, str]":
        time, iso = self._host.clock(self._start + offset)
        return str(time), str(iso)

    def state(self) -> "dict[str, Any]":
        """What the views show of it."""
        state: "dict[str, Any]" = {"recording": self.id, "found": self._found, "about": None, "player": None}
        if not self._about:
            return state
        about = self._about
        state["about"] = self._owner.about(about)
        state["may_download"] = about["may_download"]
        state["may_delete"] = about["may_delete"]
        state["parts"] = [
            {"number": part["number"], "size": part["size"], "address": self._download(part["number"])}
            for part in about["parts"]
            if part["size"]
        ]
        if self._found == "ready" and self._parts:
            state["player"] = self._player_state()
        return state | self.custody.state()

    def _download(self, number: int) -> str:
        return f"{_BESIDE}{self.id}/{number}.webm?download=1"

    def _player_state(self) -> "dict[str, Any]":
        last = self._parts[-1]
        offset = self._parts[self._at]["offset"] + self._seconds * 1000.0
        time, iso = self._clock(offset)
        timeline = self.timeline
        return {
            "picture": self._picture,
            "part": self._at + 1,
            "parts": len(self._parts),
            "captions": self._captions,
            "captions_address": self._address(".vtt?language=" + self._console.t.language),
            "speed": self._speed,
            "speeds": SPEEDS,
            "at": int(offset),
            "length": int(max(last["offset"] + last["duration"], offset)),
            "time": time,
            "iso": iso,
            "search": timeline.search,
            "shown": timeline.shown,
            "entries": timeline.count,
            "is_full": self._is_full,
            "is_unproved": self._is_unproved,
            "following": timeline.is_following,
        }
