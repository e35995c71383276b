"""What the tests of core need of a test framework, in the Python that every interpreter understands."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable


def raises(expected: "type[Exception]", call: "Callable[..., Any]", *arguments: "Any") -> "Any":
    """The error of type `expected` that the call raises; fails when it raises none."""
    try:
        call(*arguments)
    except expected as error:
        return error
    raise AssertionError("no " + expected.__name__ + " was raised")


def refusal(call: "Callable[..., Any]", *arguments: "Any") -> str:
    """The code of the ProtocolError that the call raises."""
    from deskside.core.errors import ProtocolError

    return str(raises(ProtocolError, call, *arguments).code)
