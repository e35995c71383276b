"""What core.recording asks of its shell."""

from collections import namedtuple

OpenRecorder = namedtuple("OpenRecorder", ("id",))
"""Make a connection and report its offer with `described`."""
CloseRecorder = namedtuple("CloseRecorder", ("id",))
SendOffer = namedtuple("SendOffer", ("id", "sdp"))
"""To the server, as `recording_offer`; where it cannot be sent, report the connection as `failed`."""
SetAnswer = namedtuple("SetAnswer", ("id", "sdp"))
SendEntry = namedtuple("SendEntry", ("record",))
"""Over the channel `timeline`."""
SayEnd = namedtuple("SayEnd", ("id", "reason"))
"""To the server, as `recording_end`; where it cannot be sent, the recorder has noticed by itself."""
Keep = namedtuple("Keep", ("text",))
"""On the device, for the next page of this session."""
StateChanged = namedtuple("StateChanged", ("state", "reason"))
"""Show it, and tell the representative."""
