"""`python -m deskside_build [DIR]` builds the static app; without DIR to where the server of this tree finds it."""

import argparse
from pathlib import Path

from .app import WEB, build

parser = argparse.ArgumentParser(prog="deskside_build", description=__doc__)
parser.add_argument("directory", type=Path, nargs="?", default=WEB.parent / "signaling" / "static")
build(parser.parse_args().directory)
