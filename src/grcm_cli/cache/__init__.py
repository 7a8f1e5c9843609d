"""The cache: a data folder's facts, kept outside of it, so that a list need not read all files.

Facts alone are kept, and never a state: what a list shows is computed from them for its day, by the
same `tasks` as without a cache. A query only says which conclusions cannot be in the answer.

- `stamp`: what tells that no file has changed. `home`: where the cache lies.
- `snapshot`: a register → the bytes that are kept. `recall`: these → the part that is asked for.
- `words`: mandates and parties as lists of JSON, and back. Nothing that is read is ever executed.

A record with errors is not kept. Whatever is wrong with a cache, it is as if there were none.
"""
