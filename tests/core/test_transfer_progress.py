"""How far a file has come, how fast it goes and how long it takes, as a person reads it."""

from deskside.core import transfer as commands
from deskside.core.messages import BLOCK_SIZE

from .transfer_ends import Ends

MB = BLOCK_SIZE


def test_progress_is_smoothed_and_says_how_long_it_takes() -> None:
    meter = commands.Meter()
    assert meter.progress(0, 100 * MB, 0.0).speed is None
    for second in range(1, 31):
        meter.moved(second * MB, second * 1000.0)
    progress = meter.progress(30 * MB, 100 * MB, 30000.0)
    assert abs((progress.speed or 0) - MB) < MB // 100
    assert progress.seconds_left in (70, 71)
    meter.moved(31 * MB + 9 * MB, 31000.0)
    assert MB < (meter.progress(40 * MB, 100 * MB, 31000.0).speed or 0) < 5 * MB
    assert (meter.progress(40 * MB, 100 * MB, 60000.0).speed or 0) < MB
    meter.rest()
    assert meter.progress(40 * MB, 100 * MB, 61000.0).seconds_left is None


def test_the_progress_of_both_sides_reaches_the_size() -> None:
    ends = Ends(3 * MB + 5)
    ends.connect()
    ends.run()
    assert ends.sender.progress(ends.now).done == ends.receiver.progress(ends.now).done == 3 * MB + 5
