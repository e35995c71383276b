"""The recorder as a child of `deskside serve`: it ends when the server that started it does, however that ends.

The server holds the other end of its standard input. When the server is gone, the system closes that end: nobody has
to be told, and a server that was killed leaves no recorder behind that has a token of the past.
"""

import os
import signal
import sys
import threading


def main() -> None:
    """`deskside recorder` with the arguments of this command."""
    threading.Thread(target=_end_with_the_server, name="deskside-server-watch", daemon=True).start()
    from signaling.cli import main as deskside

    deskside(["recorder", *sys.argv[1:]], prog_name="deskside")


def _end_with_the_server() -> None:
    while os.read(0, 1):
        pass
    # As an operator would end it, so that what is open is written to its end.
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
