"""The cache: a data folder's facts, kept outside of it, so that a list need not read all files.

Facts alone are kept, each with the days for which it holds, and nothing that depends on the day
that is asked about: what is late or soon is told from the deadline, for that day.

- `stamp`: what tells that no file has changed. `home`: where the cache lies.
- `snapshot`: a register → the bytes that are kept. `summary`: what is kept of one conclusion.
- `spells`: from which day until which a task stands unchanged. `rows`: these → the rows of a list.
- `recall`: the part of a register from which a table is made, by the same `tasks` as without one.
- `later`: what changed since: reports that were added, and meetings that were `corrected`; `amend`
  puts that into what was kept.
- `words`: mandates and parties as lists of JSON, and back. Nothing that is read is ever executed.

A record with errors is not kept. Whatever is wrong with a cache, it is as if there were none.
"""
