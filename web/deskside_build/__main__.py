"""`python -m deskside_build DIR` writes the static app into DIR."""

import argparse
from pathlib import Path

from .app import build

parser = argparse.ArgumentParser(prog="deskside_build", description=__doc__)
parser.add_argument("directory", type=Path)
build(parser.parse_args().directory)
