"""The settings as plain data: where a value is, what differs between two versions, and how changes are carried over.

A path is words with dots between them: keys of dicts, and the `id` of what stands in a list (`issues.printer.name.en`).
A path that ends with `ORDER` means the order of a list, not what is in it.
"""

from collections import namedtuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

ORDER = "*"
Difference = namedtuple("Difference", ("path", "before", "after"))


def copy(value: "Any") -> "Any":
    """The same value, sharing nothing."""
    if type(value) is dict:
        return {key: copy(value[key]) for key in value}
    if type(value) is list:
        return [copy(item) for item in value]
    return value


def get(document: "Any", path: str, default: "Any" = None) -> "Any":
    """What is there, or `default`."""
    found = document
    for word in path.split("."):
        found = _step(found, word)
        if found is None:
            return default
    return found


def put(document: "Any", path: str, value: "Any") -> None:
    """Set a value; dicts on the way to it are made. What has an id and is not there yet is appended."""
    above, last = _above(document, path, True)
    if type(above) is list:
        at = position(above, last)
        if at < 0:
            above.append(value)
        else:
            above[at] = value
    elif type(above) is dict:
        above[last] = value


def remove(document: "Any", path: str) -> None:
    """Take a value away; where it is not there, nothing happens."""
    above, last = _above(document, path, False)
    if type(above) is list:
        at = position(above, last)
        if at >= 0:
            del above[at]
    elif type(above) is dict and last in above:
        del above[last]


def move(document: "Any", path: str, step: int) -> bool:
    """Move what stands in a list by one place; at its end nothing happens."""
    above, last = _above(document, path, False)
    at = position(above, last) if type(above) is list else -1
    to = at + step
    if at < 0 or to < 0 or to >= len(above):
        return False
    above[at], above[to] = above[to], above[at]
    return True


def position(items: "list[Any]", word: str) -> int:
    """Where the item with this id is; a number is a place where no id is meant. -1 where there is nothing."""
    for index, item in enumerate(items):
        if type(item) is dict and item.get("id") == word:
            return index
    if word.isdigit() and int(word) < len(items):
        return int(word)
    return -1


def resolved(document: "Any", path: str) -> str:
    """The path with ids in place of numbers, as far as there is a field of its own: a list of words is one field."""
    words: "list[str]" = []
    found = document
    for word in path.split("."):
        if type(found) is list:
            at = position(found, word)
            if at < 0 or type(found[at]) is not dict:
                break
            word = found[at].get("id", word)
        words.append(word)
        found = _step(found, word)
    return ".".join(words)


def differences(before: "Any", after: "Any") -> "list[Difference]":
    """Everything that is not the same, as small as it can be said. What is absent is None, or an empty dict."""
    found: "list[Difference]" = []
    _compare("", before, after, found)
    return found


def lay(document: "Any", path: str, source: "Any") -> None:
    """Make the document at `path` what `source` has there."""
    above, _, last = path.rpartition(".")
    if last == ORDER:
        _arrange(get(document, above), get(source, above))
        return
    value = get(source, path)
    if value is None:
        remove(document, path)
        return
    lost = _lost_item(document, path, source)
    if lost:
        # What it belongs to was taken away meanwhile: it comes back as a whole.
        lay(document, lost, source)
        return
    put(document, path, copy(value))
    place = get(source, above) if above else None
    if type(place) is list:
        _arrange(get(document, above), place)


def touches(path: str, other: str) -> bool:
    """Whether two changes concern the same: one is the other, or is inside it."""
    return path == other or path[: len(other) + 1] == other + "." or other[: len(path) + 1] == path + "."


def _lost_item(document: "Any", path: str, source: "Any") -> str:
    """The path of the item around this one that only `source` has, or ""."""
    words = path.split(".")
    for count in range(1, len(words) - 1):
        item = ".".join(words[: count + 1])
        if type(get(source, ".".join(words[:count]))) is list and get(document, item) is None:
            return item
    return ""


def _step(found: "Any", word: str) -> "Any":
    if type(found) is dict:
        return found.get(word)
    if type(found) is list:
        at = position(found, word)
        return found[at] if at >= 0 else None
    return None


def _above(document: "Any", path: str, make: bool) -> "tuple[Any, str]":
    words = path.split(".")
    found = document
    for word in words[:-1]:
        below = _step(found, word)
        if below is None and make and type(found) is dict:
            below = {}
            found[word] = below
        found = below
    return found, words[-1]


def _compare(path: str, before: "Any", after: "Any", found: "list[Difference]") -> None:
    if before == after:
        return
    if type(before) is dict or type(after) is dict:
        if _is_dict(before) and _is_dict(after):
            left = before or {}
            right = after or {}
            for key in sorted(set(left) | set(right)):
                _compare(_join(path, key), left.get(key), right.get(key), found)
            return
    elif _is_items(before) and _is_items(after) and (before or after):
        _compare_items(path, before or [], after or [], found)
        return
    found.append(Difference(path, before, after))


def _compare_items(path: str, before: "list[Any]", after: "list[Any]", found: "list[Difference]") -> None:
    left = {item["id"]: item for item in before}
    right = {item["id"]: item for item in after}
    for item in before:
        if item["id"] in right:
            _compare(_join(path, item["id"]), item, right[item["id"]], found)
        else:
            found.append(Difference(_join(path, item["id"]), item, None))
    for item in after:
        if item["id"] not in left:
            found.append(Difference(_join(path, item["id"]), None, item))
    stayed = [item["id"] for item in before if item["id"] in right]
    stands = [item["id"] for item in after if item["id"] in left]
    if stayed != stands:
        found.append(Difference(_join(path, ORDER), stayed, stands))


def _arrange(items: "Any", model: "Any") -> None:
    """Bring items into the order of another list; what that does not have stays behind its neighbour."""
    if type(items) is not list or type(model) is not list:
        return
    places = {item["id"]: index for index, item in enumerate(model)}
    ranks: "list[tuple[int, int]]" = []
    last = -1
    for index, item in enumerate(items):
        last = places.get(item["id"], last)
        ranks.append((last, index))
    items[:] = [items[index] for _, index in sorted(ranks)]


def _is_dict(value: "Any") -> bool:
    return value is None or type(value) is dict


def _is_items(value: "Any") -> bool:
    return value is None or (type(value) is list and all(type(item) is dict and "id" in item for item in value))


def _join(path: str, word: str) -> str:
    return path + "." + word if path else word
