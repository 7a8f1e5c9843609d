"""`python -m grcm_cli`: the same as the command `grcm`."""

from grcm_cli.cli import main

if __name__ == "__main__":
    main()
