"""A page that opens channels nobody asked for: they are closed, and the conversation goes on."""

import pytest

from e2e.journeys.test_reconnecting import OBSERVED
from e2e.people import People
from e2e.servers import PASSWORD


@pytest.mark.parametrize("who", ["customer", "representative"])
def test_channels_that_nobody_asked_for_are_closed(people: People, who: str) -> None:
    customer, console = people.customer(), people.console()
    for person in (customer, console):
        person.page.context.add_init_script(OBSERVED)
    console.is_known(PASSWORD)
    customer.enter("")
    console.accept(customer.name)
    customer.is_joined()
    console.is_joined()
    hostile = customer.page if who == "customer" else console.page
    hostile.evaluate(
        """() => {
          const talk = made.find(({ connectionState }) => connectionState === "connected");
          globalThis.unasked = Array.from({ length: 40 }, (_, at) => talk.createDataChannel(`unasked ${at}`));
        }"""
    )
    hostile.wait_for_function("""() => unasked.every(({ readyState }) => readyState === "closed")""")
    customer.talk.say("still here")
    console.talk.has("still here")
    console.talk.say("so am I")
    customer.talk.has("so am I")
