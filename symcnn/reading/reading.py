"""Text -> Formula: chooses the grammar, and reads again where a name turned out to be a family."""

from __future__ import annotations

import re
from itertools import product
from typing import NamedTuple

from symcnn.formula.domains import Given
from symcnn.formula.nodes import Formula
from symcnn.reading.folding import fold
from symcnn.reading.frames import is_framed, unframed
from symcnn.reading.latex_grammar import LatexGrammar, is_latex
from symcnn.reading.latex_tokens import latex_tokens
from symcnn.reading.limits import MAX_CHARACTERS, MAX_SLASHES
from symcnn.reading.messages import failure
from symcnn.reading.names import Names
from symcnn.reading.notices import sentences
from symcnn.reading.plain_grammar import PlainGrammar
from symcnn.reading.plain_names import resolved
from symcnn.reading.plain_tokens import plain_tokens
from symcnn.reading.prose import check_prose
from symcnn.reading.sizes import check_sizes

PERSIAN_SLASH = re.compile(r"(?<![\w.٫٬/^_])[۰-۹٠-٩]+(/)[۰-۹٠-٩]+(?![\w.٫٬/])")
_ROUNDS = 8  # each makes at least one more family or function known


class Reading(NamedTuple):
    """What was understood.

    ``new_names`` are the names that nobody declared, ``notes`` what was taken off or decided,
    ``alternatives`` other formulas that the same text may mean (Persian decimal slashes).
    """

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
    >>> reading = read(r"HWC_{in}(K^2 + C_{out})")
    >>> reading.form, plain(reading.formula), reading.new_names
    ('latex', 'H*W*C_in*(K^2 + C_out)', ('H', 'W', 'C_in', 'K', 'C_out'))
    """
    if len(text) > MAX_CHARACTERS:
        raise failure("too-long", text[:80], 0, "", limit=str(MAX_CHARACTERS))
    folded = fold(text)
    slashes = [] if text.isascii() else [m.start(1) for m in PERSIAN_SLASH.finditer(text)]
    if not slashes:
        return _read(text, folded, names)
    if len(slashes) > MAX_SLASHES:
        raise failure("persian-slashes", text, slashes[0], "/")
    readings = []
    for signs in product("/.", repeat=len(slashes)):
        signed = list(folded)
        for place, sign in zip(slashes, signs, strict=True):
            signed[place] = sign
        readings.append(_read(text, "".join(signed), names))
    notes = (*readings[0].notes, *sentences({"persian-slash": None}))
    others = tuple(reading.formula for reading in readings[1:])
    return readings[0]._replace(notes=notes, alternatives=others)


def _read(text: str, folded: str, given: Given | None) -> Reading:
    latex = is_latex(folded)
    families: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()
    for _ in range(_ROUNDS):
        names = Names(given, families, functions)
        if latex:
            tokens, names.notes = latex_tokens(folded)
        else:
            tokens = resolved(plain_tokens(folded, names.vocabulary.kinds), names, folded)
        if is_framed(tokens, text):
            unframed(tokens, text, names.notes)
        if tokens.wordy and not families and not functions:
            check_prose(folded, names, latex)
        grammar = LatexGrammar(text, tokens, names) if latex else PlainGrammar(text, tokens, names)
        formula = grammar.whole()
        if not names.again or (names.families, names.functions) == (families, functions):
            break
        families, functions = names.families, names.functions
    if grammar.dots:
        raise grammar.error("dots", grammar.dots[0])
    if grammar.suspect:
        check_sizes(formula, text)
    form = "latex" if latex else "plain"
    notes = sentences(names.notes) if names.notes else ()
    return Reading(text, form, formula, tuple(names.new), notes)
