"""A short pass of the fault suite with a fixed seed: the long one is `python -m tests.faults --runs 200`."""

from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.faults.faults import BY_NAME
from tests.faults.trial import Trial, run

SEED = 4
PASS = [
    Trial(BY_NAME["cut"], 4, SEED, loss=1, round_trip=20),
    Trial(BY_NAME["server killed"], 1, SEED),
    Trial(BY_NAME["relay killed"], 1, SEED),
    Trial(BY_NAME["address change"], 1, SEED, round_trip=60),
]


@pytest.mark.parametrize("trial", PASS, ids=[trial.fault.name.replace(" ", "-") for trial in PASS])
def test_nothing_is_lost_or_doubled_and_the_file_arrives_as_it_was(
    playwright: Playwright, app: Path, trial: Trial
) -> None:
    outcome = run(playwright, app, trial)
    assert outcome.problems == [], "\n".join([*outcome.problems, *outcome.pages])
    assert outcome.messages > 20
    assert outcome.recovery is not None
