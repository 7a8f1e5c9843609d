"""The cache: what was read of each file of a data folder, by the file's fingerprint.

- `location`: where the cache file of a data folder lies, and how it is read and written.
- `file_cache`: fingerprints, the seal over the cache file, which values are still good.

Values alone are kept, never an answer: every command computes with them as if the files had been
read. Whatever is wrong with a cache file, it counts as empty. Nothing in it is ever executed.
"""
