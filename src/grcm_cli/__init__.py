"""grcm: who must do what by when, from the numbered conclusions of meetings."""

__version__ = "0.6.0"
