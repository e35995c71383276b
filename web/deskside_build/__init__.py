"""The build of the static app: from the sources in `web/` to a folder that any static host can serve."""

from .app import build

__all__ = ["build"]
