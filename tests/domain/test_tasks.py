"""Who owes what by when, in which state: always for a given day."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from grcm_cli.domain.model import Reference
from grcm_cli.domain.tasks import ReferenceKeys, tasks
from grcm_cli.language.text import natural_key

from ..conftest import Folder


def test_a_meeting_whose_start_is_wrong_knows_no_next_one(folder: Folder) -> None:
    folder.mandate("responsible: AAA, due: next WG", start="2002-10-9", end="")
    folder.meeting("", id="WG-2003-06", start="2003-06-10", end="2003-06-11")
    register = folder.load().register
    assert register is not None
    assert [task.state for task in tasks(register, date(2003, 1, 1))] == ["?"]


_PART = st.text("aB1205-/#.²٣", max_size=5)


@given(
    st.lists(
        st.builds(Reference, _PART, st.none() | _PART, st.none() | st.integers(1, 20)), min_size=1
    )
)
def test_the_parts_of_a_reference_give_the_key_of_the_whole(references: list[Reference]) -> None:
    keys = ReferenceKeys()
    assert [keys.of(reference) for reference in references] == [
        natural_key(str(reference)) for reference in references
    ]
