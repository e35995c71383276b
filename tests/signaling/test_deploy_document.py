"""docs/deploy.md: what it says can be used as it stands. Its blocks for nginx are run by the journeys."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from signaling.reach import UPGRADE
from signaling.settings import Settings

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    (unit,) = blocks("ini")
    assert "ExecStart=/opt/deskside/bin/deskside serve\n" in unit
    analyze = shutil.which("systemd-analyze")
    if not analyze:
        pytest.skip("there is no systemd here")
    path = tmp_path / "deskside.service"
    path.write_text(unit.replace("/opt/deskside/bin/deskside", sys.executable), encoding="utf-8")
    done = subprocess.run([analyze, "verify", "--man=no", path], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_unit_takes_all_rights_that_are_not_needed() -> None:
    (unit,) = blocks("ini")
    for line in (
        "User=deskside",
        "NoNewPrivileges=yes",
        "CapabilityBoundingSet=",
        "ProtectSystem=strict",
        "StateDirectoryMode=0700",
        "Restart=on-failure",
    ):
        assert f"\n{line}\n" in unit


def test_every_setting_that_is_named_is_one() -> None:
    named = set(re.findall(r"DESKSIDE_([A-Z_]+)", TEXT))
    assert named and named <= {name.upper() for name in Settings.model_fields}


def test_every_line_that_the_server_advises_is_in_the_blocks() -> None:
    for block in blocks("nginx"):
        for line in (*UPGRADE, "proxy_set_header Host $http_host;", "proxy_set_header X-Forwarded-Proto $scheme;"):
            assert line in block


def test_the_readme_leads_here() -> None:
    assert "(docs/deploy.md)" in (ROOT / "README.md").read_text(encoding="utf-8")
