"""The first Python of a page under PyScript: fetch the modules, then run the page's composition root."""

import sys

import js
from _pyscript import interpreter


def start(*_):
    try:
        __import__(js.document.documentElement.dataset.module)
    except Exception as error:
        sys.print_exception(error)
        js.deskside.failed(repr(error))


js.deskside.start(js.deskside.files(interpreter.FS)).then(start)
