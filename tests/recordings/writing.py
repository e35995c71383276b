"""A process that records until it is killed: `python -m tests.recordings.writing FOLDER KEY RECORDING`.

It says on standard output, line by line, how many frames and entries are certainly kept.
"""

import itertools
import sys
from pathlib import Path

from signaling.recordings.folder import RecordingFolder
from signaling.recordings.keyring import Keyring
from signaling.recordings.webm import WebmWriter
from tests.recordings.records import message
from tests.recordings.video import HEIGHT, WIDTH, encoded

FRAMES = 100
"""In a round; then they come again."""


def main(root: str, key: str, recording: str) -> None:
    folder = RecordingFolder(Path(root), Keyring.from_text(key))
    folder.create(recording)
    timeline = folder.timeline_writer(recording)
    timeline.part_started(1, 1_000_000, 1_000_000)
    video = folder.part_writer(recording, 1)
    writer = WebmWriter(video.write, WIDTH, HEIGHT)
    frames = encoded(FRAMES)
    for number in itertools.count():
        frame = frames[number % FRAMES]
        writer.frame(frame.data, number * 100, frame.keyframe)
        video.flush()
        timeline.entry(message(number + 1, 1_000_000 + number * 100), 1_000_000 + number * 100)
        sys.stdout.write(f"{number + 1}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
