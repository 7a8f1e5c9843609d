"""How long a start takes beside a bare Python, on a record of the repository's size.

    python benchmarks/start.py

The figures of `python -m benchmarks.run`, in a few seconds and without other programs.
"""

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))  # a script finds its own folder only
    from benchmarks.run import main

    main(["--sizes", "24", "--runs", "20", "--no-peers", "--only", "due", *sys.argv[1:]])
