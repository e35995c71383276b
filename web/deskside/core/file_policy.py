"""Which files a site lets people send: up to a size, and not of some kinds."""

from .file_names import safe_name


def refusal(name: str, size: int, mime: str, largest: int, forbidden: "list[str]") -> str:
    """Why this file may not be sent, as a reason of `file_end`; "" when it may.

    A forbidden kind is an ending (`.exe`), a type (`application/zip`) or a whole family of types (`video/*`).
    """
    if size > largest:
        return "too_large"
    # By the name under which it would be saved: nothing that does not show may hide its ending.
    name = safe_name(name).lower()
    mime = mime.lower().split(";")[0].strip()
    for kind in forbidden:
        kind = kind.lower()
        is_ending = kind[:1] == "." and name.endswith(kind)
        is_family = kind[-2:] == "/*" and mime.startswith(kind[:-1])
        if is_ending or is_family or kind == mime:
            return "forbidden_type"
    return ""
