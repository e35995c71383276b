"""The administrator's page."""

from playwright.sync_api import FrameLocator, Locator, Page, expect


class Admin:
    """Somebody who changes the site, in front of the settings."""

    def __init__(self, page: Page, url: str, name: str) -> None:
        self.page = page
        self.url = url
        self.name = name
        self.sections = page.get_by_role("navigation", name="Sections")
        self.save_button = page.get_by_role("button", name="Save", exact=True)
        self.discard = page.get_by_role("button", name="Discard", exact=True)
        self.texts_in = page.get_by_label("Texts in")
        self.bar = page.get_by_role("region", name="Unsaved changes")
        self.problem = page.get_by_role("alert")

    @property
    def heading(self) -> Locator:
        return self.page.get_by_role("heading", level=1)

    @property
    def preview(self) -> FrameLocator:
        """The customer's page in the frame."""
        return self.page.frame_locator("iframe")

    def come_in(self, password: str, section: str = "") -> None:
        """Sign in; the settings are there."""
        self.page.goto(self.url + "/admin" + section)
        self.page.get_by_label("Name", exact=True).fill(self.name)
        self.page.get_by_label("Password", exact=True).fill(password)
        self.page.get_by_role("button", name="Sign in").click()
        expect(self.sections).to_be_visible()

    def go(self, section: str) -> None:
        self.sections.get_by_role("link", name=section, exact=True).click()
        expect(self.heading).to_have_text(section)

    def field(self, name: str) -> Locator:
        return self.page.get_by_label(name, exact=True)

    def fill(self, name: str, text: str) -> None:
        self.field(name).fill(text)

    def add(self, button: str) -> None:
        """Add to a list; its first field has the focus then."""
        self.page.get_by_role("button", name=button, exact=True).click()

    def item(self, name: str) -> Locator:
        """One of a list, by its name."""
        return self.page.get_by_role("group", name=name, exact=True)

    def save(self) -> None:
        """Save, and wait until it is in force."""
        self.save_button.click()
        expect(self.bar).to_contain_text("Saved. In force from now on.")
