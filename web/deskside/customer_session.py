"""The second half of the customer's page: puts controller, browser and server together once their modules are there."""

from .core.messages import FROM_CUSTOMER, TO_CUSTOMER
from .runtime.host import BrowserHost
from .runtime.js import listen, window
from .runtime.page import begin_anew_when_brought_back, follow_keyboard, signaling_url, system
from .runtime.socket import Signaling
from .ui.customer.controller import CustomerController

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def make_controller(page: "Any") -> CustomerController:
    """The controller of a page that has only its portal so far; it begins when the device's storage answered."""

    def ready() -> None:
        controller.begin(page.portal.pressed)
        controller.changed()  # the page says what this device does not keep

    host = BrowserHost("customer", ready)
    signaling = Signaling(signaling_url(), FROM_CUSTOMER, TO_CUSTOMER, host.page_clock)
    controller = CustomerController(host, page, signaling)
    signaling.owner = controller
    host.when_unkept(controller.changed)
    listen(window, "deskside:revoked", lambda _: controller.revoked())
    # A page that goes away takes its tracks with it at once; the browser would take its time.
    listen(window, "pagehide", lambda _: controller.leaving())
    begin_anew_when_brought_back()
    follow_keyboard()
    page.state["start_mode"]["system"] = system()
    return controller
