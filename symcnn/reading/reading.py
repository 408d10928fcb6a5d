"""Text -> Formula: chooses the grammar, and reads again where a name turned out to be a family."""

from __future__ import annotations

from typing import NamedTuple

from symcnn.formula.domains import Given
from symcnn.formula.nodes import Formula
from symcnn.reading.limits import MAX_CHARACTERS
from symcnn.reading.messages import failure
from symcnn.reading.names import Names
from symcnn.reading.plain_grammar import PlainGrammar, split_names
from symcnn.reading.plain_tokens import plain_tokens


class Reading(NamedTuple):
    """What was understood. ``alternatives`` are other formulas that the same text may mean."""

    text: str
    form: str
    formula: Formula
    new_names: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    alternatives: tuple[Formula, ...] = ()


def read(text: str, names: Given | None = None) -> Reading:
    """The formula that a text means, with the names that it brings along.

    Raises ParseError (message, offset, piece, hint) for text that has no single meaning.

    >>> from symcnn.formula.plain import plain
    >>> reading = read("H W C_in (K^2 + C_out)")
    >>> plain(reading.formula), reading.new_names
    ('H*W*C_in*(K^2 + C_out)', ('H', 'W', 'C_in', 'K', 'C_out'))
    """
    if len(text) > MAX_CHARACTERS:
        raise failure("too-long", text[:100], 0, "", limit=str(MAX_CHARACTERS))
    families: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()
    for _ in range(8):
        known = Names(names, families, functions)
        grammar = PlainGrammar(text, split_names(plain_tokens(text), known), known)
        formula = grammar.whole()
        if not known.again:
            break
        families, functions = frozenset(known.families), frozenset(known.functions)
    return Reading(text, "plain", formula, tuple(known.new), tuple(known.notes))
