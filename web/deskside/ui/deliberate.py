"""Which presses count on a control that gives something away, ends something, takes somebody or answers a question.

A view marks such a control with `data-deliberate`; its value, if it has one, says what the control is about. The
control rests, with `aria-disabled`, until it has stood in the same place of a visible page for half a second. It rests
again when it comes to mean something else, moves, has been busy, or has just been pressed.

A press counts when it began on this control after it was ready. The second half of a double press that began
elsewhere does not count, nor does a key that is held. A click without any press before it, as assistive technology
sends, counts when the control is ready.

No browser here: `runtime.presses` reports what happens. Controls are positive numbers, 0 is everything else. All times
are milliseconds of one monotonic clock, and those of presses are the moments at which they began, however long the
events then had to wait to be heard.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

READY_MILLISECONDS = 500.0
DOUBLE_MILLISECONDS = 500.0
DOUBLE_PIXELS = 24.0
"""Two presses within this time and distance are one double press."""
MOVED_PIXELS = 16.0
"""A control that moves less is still under the same pointer: beside a clock whose digits change, for one."""


class Control:
    """`seen`: since when it stands where it does, None while it is not shown. `ready`: since when presses count."""

    def __init__(self, is_busy: bool) -> None:
        self.is_busy = is_busy
        self.seen: "float | None" = None
        self.ready: "float | None" = None
        self.place: "tuple[float, float] | None" = None
        self.layout: "tuple[float, float] | None" = None


class Deliberate:
    """The controls of one document, and the last presses in it."""

    def __init__(self) -> None:
        self._controls: "dict[int, Control]" = {}
        self._down: "Any" = None  # of the pointer: (control, began, x, y, is second half); None once it was a click
        self._before: "Any" = None  # the press before, as far as it can be the first half of a double one
        self._first = 0  # where the first of several quick clicks was
        self._taken = 0  # the control that one of them has pressed
        self._key: "Any" = None  # held: (control, began, is second half)
        self._key_before: "Any" = None
        self._repeats = False

    def declare(self, number: int, is_busy: bool = False, ready: "float | None" = None) -> None:
        """A control that is new, or has been there all along: then it is `ready` since."""
        self._controls[number] = Control(is_busy)
        self._controls[number].ready = ready

    def forget(self, number: int) -> None:
        self._controls.pop(number, None)

    def rest(self, number: int) -> None:
        """It means something else, or was pressed."""
        control = self._controls[number]
        control.seen = control.ready = None

    def busy(self, number: int, is_busy: bool) -> None:
        """What the view itself says with `aria-disabled`."""
        control = self._controls[number]
        if control.is_busy and not is_busy:
            self.rest(number)
        control.is_busy = is_busy

    def is_disabled(self, number: int) -> bool:
        control = self._controls[number]
        return control.is_busy or control.ready is None

    def needs_layout(self, number: int, place: "tuple[float, float] | None") -> bool:
        """Whether `stands` wants to know where the control is in its scrolled contents, too."""
        return place is not None and self._controls[number].place != place

    def stands(
        self, number: int, place: "tuple[float, float] | None", layout: "tuple[float, float] | None" = None
    ) -> None:
        """Where it is: on the screen (None: hidden) and, regardless of scrolling and transformations, in the page.

        A control has moved when both have changed. Whoever scrolls moves the one, what is inserted out of sight above
        may move the other.
        """
        control = self._controls[number]
        if place is None:
            control.place = None
            self.rest(number)
            return
        if layout is None:
            return
        if control.place is None or control.layout is None:
            control.place, control.layout = place, layout
            return
        is_elsewhere = _is_apart(control.place, place)
        is_laid_out_anew = _is_apart(control.layout, layout)
        if is_elsewhere and is_laid_out_anew:
            self.rest(number)
        if is_elsewhere:
            control.place = place
        if is_laid_out_anew:
            control.layout = layout

    def shown(self, now: float) -> "float | None":
        """The page is drawn now. Returns in how many milliseconds another control may be ready; None: all are."""
        soonest = None
        for number in self._controls:
            control = self._controls[number]
            if control.ready is not None or control.place is None:
                continue
            if control.seen is None:
                control.seen = now
            left = control.seen + READY_MILLISECONDS - now
            if left <= 0.0:
                control.ready = now
            elif soonest is None or left < soonest:
                soonest = left
        return soonest

    def hidden(self) -> None:
        """The page is not visible: what has not been seen for long enough begins again."""
        for number in self._controls:
            self._controls[number].seen = None

    def pointer_down(self, number: int, began: float, x: float, y: float) -> None:
        before = self._before
        is_second = (
            before is not None
            and before[0] != number
            and began - before[1] < DOUBLE_MILLISECONDS
            and abs(x - before[2]) < DOUBLE_PIXELS
            and abs(y - before[3]) < DOUBLE_PIXELS
        )
        self._down = self._before = (number, began, x, y, is_second)
        self._key = self._key_before = None

    def key_down(self, number: int, began: float, repeats: bool) -> None:
        """Enter or the space bar, on the control that it would press."""
        self._repeats = repeats
        if repeats and self._key is not None:
            return
        before = self._key_before
        is_second = before is not None and before[0] != number and began - before[1] < DOUBLE_MILLISECONDS
        self._key = self._key_before = (number, began, is_second)

    def other_key(self) -> None:
        """Any other: who has gone on with Tab since the last press is not pressing twice."""
        self._key_before = None

    def key_up(self) -> None:
        """Let go, and what it meant has happened."""
        self._key = None
        self._repeats = False

    def takes(self, number: int, detail: int, is_label: bool = False) -> bool:
        """Whether a click on the control counts. `detail` is how many quick clicks there were, 0 without a pointer.

        To be told of every click, also of those on nothing in particular. Once it counts, the control rests; a label
        leaves that to the click that the browser sends on to the control.
        """
        press, self._down = self._down, None
        if detail == 1:
            self._first = number if press is None else press[0]
            self._taken = 0
        control = self._controls.get(number)
        if control is None:
            return True
        if control.is_busy or control.ready is None:
            return False
        if detail == 0:
            key = self._key
            if self._repeats or (key is not None and (key[0] != number or key[1] < control.ready or key[2])):
                return False
        else:
            if press is not None and (press[0] != number or press[1] < control.ready or press[4]):
                return False
            # Only the system knows how slow a double press may be; some people have set it to a second.
            if detail > 1 and (self._first != number or self._taken == number):
                return False
        if not is_label:
            self.rest(number)
            self._taken = number
        return True


def _is_apart(one: "tuple[float, float]", other: "tuple[float, float]") -> bool:
    return abs(one[0] - other[0]) >= MOVED_PIXELS or abs(one[1] - other[1]) >= MOVED_PIXELS
