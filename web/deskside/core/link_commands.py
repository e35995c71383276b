"""What a Link asks of its shell: `runtime.rtc` carries it out, or a native peer."""

from collections import namedtuple

OpenConnection = namedtuple("OpenConnection", ("connection",))
"""Make an RTCPeerConnection for `talk` or `work`."""
CloseConnection = namedtuple("CloseConnection", ("connection",))
"""Close it, with all that is buffered in it."""
Negotiate = namedtuple("Negotiate", ("connection", "step"))
"""Carry out a step of core.negotiation on that connection."""
SendSignal = namedtuple("SendSignal", ("negotiation",))
"""Send a negotiation over the signaling server."""
SendFrame = namedtuple("SendFrame", ("label", "message"))
"""Send a message over the data channel `control` or `chat`."""
Deliver = namedtuple("Deliver", ("label", "message"))
"""Hand a message on to the controller."""
Acknowledged = namedtuple("Acknowledged", ("label", "messages"))
"""The other side has these messages now."""
Refused = namedtuple("Refused", ("code",))
"""A frame of the other side was dropped: to be counted, and told nobody but a log."""
