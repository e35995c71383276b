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


class Budget:
    """How much of its time a page spends on one peer: up to `most` milliseconds at once, and `share` of it for long."""

    def __init__(self, share: float) -> None:
        self._share = share
        self._left = 0.0
        self._at: "float | None" = None

    def pause(self, now: float, most: float) -> float:
        """Milliseconds until there is time for the next frame; 0 when there is now. `now` never goes back."""
        if self._at is None:
            self._left = most
        else:
            self._left = min(most, self._left + (now - self._at) * self._share)
        self._at = now
        return 0.0 if self._left > 0.0 else max(1.0, -self._left / self._share)

    def spent(self, milliseconds: float) -> None:
        self._left -= milliseconds
