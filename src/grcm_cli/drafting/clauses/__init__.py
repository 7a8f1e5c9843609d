"""The reader of clauses: what a sentence does, in any language that has a grammar.

Each finder looks at one word and returns the clause that it begins: an act of the meeting, or a
duty that it lays down. What differs between languages is words, which their grammar has.
"""
