"""The classes of equations that pairs are made of, by name."""

from __future__ import annotations

from tests.soundness import grammar
from tests.soundness.grammar import Grammar
from tests.soundness.grammar_arrays import matrices, squares, supports

CLASSES: dict[str, Grammar] = {
    "rational": grammar.rational, "rounding": grammar.rounding, "signs": grammar.signs,
    "exponentials": grammar.exponentials, "sums": grammar.sums, "families": grammar.families,
    "matrices": matrices, "unknowns": grammar.unknowns, "inequalities": grammar.inequalities,
    "supports": supports, "squares": squares,
}  # fmt: skip
