"""The first Python of a page under PyScript: fetch the modules, then run the page's composition root."""

import gc
import sys

import js
from _pyscript import interpreter

# MicroPython looks through all of its memory when so many bytes were allocated since the last time, and in a browser it
# begins with 16 kB: several times for every message, at a cost that grows with the log. Two megabytes cost no device
# much, and looking through them costs a tenth.
gc.threshold(2 << 20)


def start(*_):
    try:
        __import__(js.document.documentElement.dataset.module)
    except Exception as error:
        sys.print_exception(error)
        js.deskside.failed(repr(error))


js.deskside.start(js.deskside.files(interpreter.FS)).then(start)
