"""What both pages have of a conversation: its log, the box for the next message, files and their progress."""

from pathlib import Path

from playwright.sync_api import Download, FilePayload, Locator, Page, expect


class Conversation:
    """The log and what is below it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.log = page.get_by_role("log", name="Messages")
        self.box = page.get_by_role("textbox", name="Message", exact=True)
        self.send = page.get_by_role("button", name="Send", exact=True)
        self.smaller = page.get_by_role("button", name="Smaller text")
        self.larger = page.get_by_role("button", name="Larger text")
        self.end = page.get_by_role("button", name="End session", exact=True)
        self.end_for_good = page.get_by_role("button", name="Yes, end session")
        self.accept_file = page.get_by_role("button", name="Accept file")
        self.decline_file = page.get_by_role("button", name="Decline file")
        self.problem = page.get_by_role("alert")
        self.transcript = page.get_by_role("button", name="Download transcript")
        self.json = page.get_by_role("button", name="Download as JSON")
        self.words = page.locator(".three-words .words")

    def three_words(self, line: str) -> str:
        """Open the line that says how the connection is; the words behind it."""
        # Connected comes first, the words are agreed on a moment later; until then there is nothing to open.
        summary = self.page.locator(".three-words summary").filter(has_text=line)
        expect(summary).to_be_visible()
        if not self.words.is_visible():
            summary.click()
        expect(self.words).to_be_visible()
        return self.words.inner_text().strip()

    def say(self, text: str) -> None:
        """Write it and press Enter."""
        self.box.fill(text)
        self.box.press("Enter")

    def entries(self, text: str) -> Locator:
        """Every entry of the log that holds this text."""
        return self.log.locator(".entry").filter(has_text=text)

    def has(self, *texts: str) -> None:
        """Each of these stands in the log once: not lost, not doubled."""
        for text in texts:
            expect(self.entries(text)).to_have_count(1)

    def is_marked(self, text: str, mark: str) -> None:
        """Sending, Delivered or Read, beside that message."""
        expect(self.entries(text).get_by_text(mark, exact=True)).to_be_visible()

    def offer(self, *files: "Path | FilePayload") -> None:
        """Choose files, as from the browser's own dialog."""
        chooser = self.page.get_by_label("Send a file")
        chooser.set_input_files(list(files))  # type: ignore[arg-type]  # all of one kind, says the type; any, says the code

    def file(self, name: str) -> "FileEntry":
        """That file in the log."""
        return FileEntry(self.log.locator(".entry.file").filter(has_text=name))

    def save(self, button: Locator, directory: Path) -> tuple[Path, Download]:
        """Press what makes a file arrive; where the browser saved it."""
        with self.page.expect_download(timeout=180_000) as arriving:
            button.click()
        path = directory / arriving.value.suggested_filename
        arriving.value.save_as(path)
        return path, arriving.value


class FileEntry:
    """One file in the log, on its way or arrived."""

    def __init__(self, entry: Locator) -> None:
        self.entry = entry
        self.progress = entry.get_by_role("progressbar")
        self.pause = entry.get_by_role("button", name="Pause")
        self.resume = entry.get_by_role("button", name="Resume")
        self.cancel = entry.get_by_role("button", name="Cancel")

    def is_said(self, text: str) -> None:
        """What the entry says of it."""
        expect(self.entry).to_contain_text(text)
