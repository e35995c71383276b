"""Whoever waits for what costs much: bounded, known ones first, and addresses in turn."""

import asyncio

import pytest

from signaling.turns import MOST, MOST_OF_ONE, Crowded, Turns


class Door:
    """One place, taken; and those who came to it."""

    def __init__(self) -> None:
        self.turns = Turns(1)
        self.served: list[str] = []
        self.tasks: list[asyncio.Task[None]] = []
        self._leave = asyncio.Event()

    async def __aenter__(self) -> "Door":
        await self.comes("first", wait_for=self._leave)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.opens()

    async def comes(self, address: str, is_known: bool = False, wait_for: asyncio.Event | None = None) -> None:
        async def visit() -> None:
            async with self.turns.turn(address, is_known):
                self.served.append(address)
                if wait_for:
                    await wait_for.wait()

        self.tasks.append(asyncio.create_task(visit()))
        await asyncio.sleep(0)

    async def opens(self) -> list[str]:
        """Everybody is served. Returns those who came after the first, in the order of being served."""
        self._leave.set()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        return self.served[1:]

    def crowded(self) -> int:
        return sum(isinstance(task.exception(), Crowded) for task in self.tasks if task.done() and not task.cancelled())


def test_addresses_take_turns_and_who_is_known_comes_first() -> None:
    async def story() -> list[str]:
        async with Door() as door:
            for address in ("a", "a", "a", "b", "c"):
                await door.comes(address)
            await door.comes("known", True)
            return await door.opens()

    assert asyncio.run(story()) == ["known", "a", "b", "c", "a", "a"]


def test_one_address_takes_little_room_and_all_together_not_more_than_there_is() -> None:
    async def story() -> None:
        async with Door() as door:
            for _ in range(MOST_OF_ONE + 3):
                await door.comes("a")
            assert door.crowded() == 3
            for number in range(2 * MOST):
                await door.comes(f"stranger {number}")
            for _ in range(3):
                await door.comes("known", True)
            served = await door.opens()
            assert len(served) == MOST + 3 and served[:3] == ["known"] * 3

    asyncio.run(story())


def test_a_dozen_addresses_leave_room_for_one_more() -> None:
    async def story() -> None:
        async with Door() as door:
            for _ in range(MOST_OF_ONE):
                for number in range(12):
                    await door.comes(f"attacker {number}")
            await door.comes("honest")
            served = await door.opens()
            assert len(served) == MOST and served.index("honest") <= 12

    asyncio.run(story())


def test_what_an_administrator_does_always_finds_room() -> None:
    async def story() -> None:
        turns = Turns(1)

        async def visit() -> None:
            async with turns.turn("", is_known=True, is_bounded=False):
                pass

        async with turns.turn("first", False):
            visits = [asyncio.create_task(visit()) for _ in range(2 * MOST)]
            await asyncio.sleep(0)
        await asyncio.gather(*visits)

    asyncio.run(story())


def test_who_goes_away_takes_no_turn() -> None:
    async def story() -> list[str]:
        async with Door() as door:
            await door.comes("a")
            await door.comes("b")
            door.tasks[1].cancel()
            return await door.opens()

    assert asyncio.run(story()) == ["b"]


def test_a_turn_that_came_as_somebody_went_is_handed_on() -> None:
    async def story() -> None:
        turns = Turns(1)
        entered = asyncio.Event()

        async def visit() -> None:
            async with turns.turn("a", False):
                entered.set()

        async with turns.turn("first", False):
            task = asyncio.create_task(visit())
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert not entered.is_set()
        async with asyncio.timeout(5), turns.turn("b", False):
            pass

    asyncio.run(story())
