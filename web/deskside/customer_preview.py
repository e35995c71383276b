"""The customer's page inside of the settings: it shows what it is told, opens no line and keeps nothing."""

from .runtime.parent import Parent
from .ui.customer.preview import READY, Preview

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def show_preview(page: "Any") -> None:
    """From now on the page around this one says what stands here."""
    preview = Preview(page)
    page.controller = preview
    parent = Parent(preview.received)
    page.changed()
    parent.tell({"type": READY})
