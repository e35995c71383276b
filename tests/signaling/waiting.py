"""People who wait, for tests of the queues."""


class Person:
    """What a queue knows of a session."""

    def __init__(self, place: int, queue: str = "sales") -> None:
        self.id = f"person-{place}"
        self.queue = queue
        self.queue_place = place
        self.position = 0
        self.is_there = True

    def __repr__(self) -> str:
        return f"{self.id} in {self.queue}"
