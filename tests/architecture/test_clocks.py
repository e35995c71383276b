"""Who may read a clock that people set; for all else there are `runtime.clock` and `signaling.clock`."""

import re

from .program import ROOT

PAGES = {
    "runtime/clock.py": "asks the server what it is worth",
    "runtime/js.py": "reads it",
    "runtime/rtc.py": "sees that the device slept",
    "runtime/written.py": "compares texts of one device, before the server has said anything",
}
SERVERS = {
    "signaling/app.py": "the age of files",
    "signaling/clock.py": "reads it",
    "signaling/static_app.py": "the age of files",
}
SCRIPTS = {
    "guard.js": "until Python has said what time it is",
    "writer.js": "the age of files",
}
_SET = re.compile(r"\btime\.time(_ns)?\(|\bwall\(\)|\bdatetime\.(now|today|utcnow)\(")


def readers(folder: str, pattern: str, found: "re.Pattern[str]") -> set[str]:
    base = ROOT / folder
    return {
        path.relative_to(base).as_posix()
        for path in base.rglob(pattern)
        if "static" not in path.parts and found.search(path.read_text(encoding="utf-8"))
    }


def test_only_these_read_a_clock_that_people_set() -> None:
    assert readers("web/deskside", "*.py", _SET) == set(PAGES)
    servers = {"signaling/" + name for name in readers("signaling", "*.py", _SET)}
    assert servers - {"signaling/desk.py"} == set(SERVERS)  # the desk makes credentials for another machine


def test_so_do_these_scripts_and_no_others() -> None:
    scripts = {path.name for path in (ROOT / "web").glob("*.js") if "Date.now()" in path.read_text(encoding="utf-8")}
    assert scripts == set(SCRIPTS)
