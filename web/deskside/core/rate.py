"""A token bucket: how many events in how much time are taken from somebody who may be hostile."""


class Bucket:
    """Holds `capacity` tokens at most and gains `per_second`; times are in milliseconds."""

    def __init__(self, capacity: float, per_second: float) -> None:
        self._capacity = capacity
        self._per_second = per_second
        self._tokens = capacity
        self._at: "float | None" = None

    def take(self, now: float, tokens: float = 1.0) -> bool:
        """Take tokens; False, and nothing taken, when there are too few. A clock that goes back gives nothing."""
        if self._at is not None and now > self._at:
            gained = (now - self._at) * self._per_second / 1000.0
            self._tokens = min(self._capacity, self._tokens + gained)
        self._at = now
        if self._tokens < tokens:
            return False
        self._tokens -= tokens
        return True
