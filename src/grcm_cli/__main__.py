"""Where a run begins: the command `grcm`, and `python -m grcm_cli`."""

import gc


def main() -> None:
    """Run the app and end the process."""
    # A run is short and leaves nothing to collect, but looking for it costs a fifth of the start:
    # while the modules load (so the app is imported after this), and once more at the very end.
    gc.disable()
    from grcm_cli.cli import app

    try:
        app.main()
    finally:
        gc.freeze()


if __name__ == "__main__":
    main()
