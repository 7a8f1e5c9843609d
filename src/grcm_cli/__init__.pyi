from grcm_cli.library.record import Change as Change
from grcm_cli.library.record import ChangeKind as ChangeKind
from grcm_cli.library.record import Conclusion as Conclusion
from grcm_cli.library.record import Contact as Contact
from grcm_cli.library.record import Each as Each
from grcm_cli.library.record import Finding as Finding
from grcm_cli.library.record import Kind as Kind
from grcm_cli.library.record import Link as Link
from grcm_cli.library.record import LinkKind as LinkKind
from grcm_cli.library.record import Mandate as Mandate
from grcm_cli.library.record import Meeting as Meeting
from grcm_cli.library.record import Membership as Membership
from grcm_cli.library.record import Party as Party
from grcm_cli.library.record import PartyKind as PartyKind
from grcm_cli.library.record import Progress as Progress
from grcm_cli.library.record import Record as Record
from grcm_cli.library.record import RecordError as RecordError
from grcm_cli.library.record import Report as Report
from grcm_cli.library.record import Severity as Severity
from grcm_cli.library.record import State as State
from grcm_cli.library.record import Task as Task
from grcm_cli.library.record import Term as Term
from grcm_cli.library.record import load as load

__version__: str
__all__ = [
    "Change",
    "ChangeKind",
    "Conclusion",
    "Contact",
    "Each",
    "Finding",
    "Kind",
    "Link",
    "LinkKind",
    "Mandate",
    "Meeting",
    "Membership",
    "Party",
    "PartyKind",
    "Progress",
    "Record",
    "RecordError",
    "Report",
    "Severity",
    "State",
    "Task",
    "Term",
    "load",
]
