"""The codes of the server's `error` for a message that is well formed but not allowed now: code -> meaning."""

REFUSALS = {
    "wrong_state": "Not at this point: `enter` twice, anything before `enter` or after the end, a second `hello`.",
    "too_many": "This address has opened too many sessions; later it may again.",
    "queue_full": "Nobody more can wait at the moment.",
    "unknown_issue": "The site has no issue of this id.",
    "queue_empty": "Nobody is waiting.",
    "taken": "Another console accepted this customer first.",
    "session_limit": "This representative has as many sessions as one can have.",
    "unknown_session": "There is no such session, or it is not this representative's.",
    "unknown_peer": "There is no such peer in this session.",
    "peer_away": "The other side has no connection to the server at the moment; nothing was forwarded.",
}
