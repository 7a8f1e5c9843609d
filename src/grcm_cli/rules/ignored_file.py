"""Something in a data folder that is not read: a .yml file, a folder, a pipe.

Why: Only regular files whose names end in .yaml, directly in `meetings` and `progress`, are
data.

Bad:

    meetings/GRCM-2002-10.yml

Good:

    meetings/GRCM-2002-10.yaml
"""

SEVERITY = "warning"
