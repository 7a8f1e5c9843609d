"""The zip package that a file of a word processor or a spreadsheet is (ISO/IEC 29500-2)."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo


def with_fixed_times(package: bytes, change: Callable[[bytes], bytes] = bytes) -> bytes:
    """Return a package whose parts are dated 1980, so that the same content is the same bytes.

    `change` is made to the content of each part.
    """
    out = BytesIO()
    with ZipFile(BytesIO(package)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = ZipInfo(name)  # dated 1980 by default
            part.compress_type = ZIP_DEFLATED
            new.writestr(part, change(old.read(name)))
    return out.getvalue()
