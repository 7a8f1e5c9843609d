"""Where a run begins: the command `grcm`, and `python -m grcm_cli`."""

import gc


def main() -> None:
    """Run the app and end the process."""
    # A run is short and leaves little to collect; looking for it while the modules load takes a
    # twentieth of the start. The app is imported after this, or it would come too late.
    gc.set_threshold(100_000)
    from grcm_cli import cli

    cli.main()


if __name__ == "__main__":
    main()
