from grcm_cli.library.record import Record as Record
from grcm_cli.library.record import load as load
from grcm_cli.library.values import Change as Change
from grcm_cli.library.values import Conclusion as Conclusion
from grcm_cli.library.values import Contact as Contact
from grcm_cli.library.values import Finding as Finding
from grcm_cli.library.values import Link as Link
from grcm_cli.library.values import Mandate as Mandate
from grcm_cli.library.values import Meeting as Meeting
from grcm_cli.library.values import Party as Party
from grcm_cli.library.values import RecordError as RecordError
from grcm_cli.library.values import Report as Report
from grcm_cli.library.values import Task as Task
from grcm_cli.library.values import Term as Term

__version__: str
__all__ = [
    "Change",
    "Conclusion",
    "Contact",
    "Finding",
    "Link",
    "Mandate",
    "Meeting",
    "Party",
    "Record",
    "RecordError",
    "Report",
    "Task",
    "Term",
    "load",
]
