"""Every setting of the site is documented with its real default and limits, and nothing else is."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from deskside.core.prose import MACROS
from signaling.site.document import Site
from signaling.site.fields import TEXTS

TEXT = (Path(__file__).parents[2] / "docs" / "site-settings.md").read_text(encoding="utf-8")
CELLS = [[cell.strip() for cell in line.split("|")[1:-1]] for line in TEXT.splitlines() if line.startswith("| `")]
ROWS = {cells[0].strip("`"): cells[1:3] for cells in CELLS if len(cells) == 4}


def fields(model: type[BaseModel], path: str = "") -> Iterator[tuple[str, FieldInfo]]:
    """Every setting with its name in the document."""
    for name, field in model.model_fields.items():
        kind: Any = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from fields(kind, f"{path}{name}.")
        elif get_origin(kind) is dict:
            yield f"{path}{name}{{}}", field
        else:
            yield path + name, field
            inner = get_args(kind)[0] if get_origin(kind) is tuple else None
            if isinstance(inner, type) and issubclass(inner, BaseModel):
                yield from fields(inner, f"{path}{name}[].")


def bounds(field: FieldInfo) -> list[str]:
    """The limits of a number as the document writes them."""
    found = {name: getattr(limit, name) for limit in field.metadata for name in ("ge", "le") if hasattr(limit, name)}
    return [f"{found['ge']} to {found['le']}"] if len(found) == 2 and found["le"] <= 604800 else []


def test_the_document_names_every_setting_and_no_other() -> None:
    assert list(ROWS) == [name for name, _ in fields(Site)]


def test_plain_defaults_and_limits_in_the_document_are_the_real_ones() -> None:
    compared = 0
    for name, field in fields(Site):
        default, limits = ROWS[name]
        if re.fullmatch("`[^`]+`", default):
            real = str(field.default).lower() if isinstance(field.default, bool) else str(field.default)
            assert default.strip("`") == real, name
            compared += 1
        if bounds(field):
            assert [limits] == bounds(field), name
            compared += 1
    assert compared > 15


def test_the_document_names_every_text_and_every_macro() -> None:
    assert tuple(cells[0].strip("`") for cells in CELLS if len(cells) == 2) == TEXTS
    assert tuple(re.findall(r"`\{([a-z]+)\}`", TEXT)) == MACROS
