"""An office is excepted from a group of countries, but its holder owes the duty all the same.

Why: The group contains countries, not offices. The country that was meant stays in the lists.

Bad:
    responsible: {each: members, except: [PPT]}
Good:
    responsible: {each: members, except: [GTM]}   # held the presidency on that day
"""

from datetime import date

from grcm_cli.domain.findings import THE_REGISTER, Problem, Problems
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _


def check(register: Register) -> Problems:
    parties = register.directory.by_code
    for meeting, word, in_group in register.each_exception():
        office = parties.get(word.text)
        if office is None or office.kind != "office" or office.code in in_group:
            continue
        message = _("{office} is an office: the exception leaves nobody out")
        holder = office.holder_on(meeting.last_day or date.max)
        hint = _("write the code of the country that is meant")
        if holder:
            hint = _("its holder on that day was {code}: write {code}").format(code=holder)
        sentence = message.format(office=office.code)
        yield Problem(word.at, sentence, hint, concerns={THE_REGISTER})
