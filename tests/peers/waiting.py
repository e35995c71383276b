"""Waiting for what another process does, where it says nothing."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
PATIENCE = 60.0


async def until(look: Callable[[], T]) -> T:
    """Look until there is something to be seen, and return that."""
    async with asyncio.timeout(PATIENCE):
        while not (found := look()):  # noqa: ASYNC110 (another process, which says nothing)
            await asyncio.sleep(0.02)
        return found
