"""What something costs, in a measure that is the same on every machine: the bytecode that it runs."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def cost(action: Callable[[], Any]) -> int:
    """How many Python instructions `action` runs, those of the libraries it calls included."""
    count = 0

    def trace(frame: FrameType, event: str, arg: Any) -> Any:
        nonlocal count
        frame.f_trace_lines, frame.f_trace_opcodes = False, True
        count += event == "opcode"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        action()
    finally:
        sys.settrace(before)
    return count
