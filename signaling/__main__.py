"""`python -m signaling` is the command `deskside`."""

from signaling.cli import main

if __name__ == "__main__":
    main()
