"""A short attack with a fixed seed; the long one is `python -m tests.hostile`."""

from collections.abc import Iterator

import pytest

from deskside.core.messages import TABLES
from tests.hostile.campaign import BOUTS, has_told_nothing
from tests.hostile.frames import Forge, Frame
from tests.hostile.scene import Stage, stage

SEED = 1
SENT: list[Frame] = []


@pytest.fixture(scope="module")
def set_stage() -> Iterator[Stage]:
    with stage() as one:
        yield one


@pytest.mark.parametrize("name", BOUTS)
def test_whatever_anybody_sends_harms_nobody(set_stage: Stage, name: str) -> None:
    set_stage.send_home()
    acts = list(BOUTS[name](set_stage, lambda state: Forge(f"{SEED}/{state}"), 1))
    assert acts
    SENT.extend(frame for act in acts for frame in act.sent)


def test_every_message_was_sent_and_nothing_was_told(set_stage: Stage) -> None:
    has_told_nothing(set_stage)
    valid = {(frame.table, frame.kind) for frame in SENT if not frame.what}
    assert valid >= {(table, kind) for table, kinds in TABLES.items() for kind in kinds}
