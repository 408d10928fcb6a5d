"""Looking at formulas for arrays, and determinants written out."""

from __future__ import annotations

from symcnn.formula.nodes import Formula, add, mul, negative
from symcnn.prover.domains import Facts
from symcnn.prover.look import look


def expanded(rows: list[list[Formula]]) -> Formula:
    """The determinant of a small square matrix along its first row."""
    if len(rows) == 1:
        return rows[0][0]
    terms = []
    for column, head in enumerate(rows[0]):
        minor = [row[:column] + row[column + 1 :] for row in rows[1:]]
        term = mul((head, expanded(minor)))
        terms.append(term if column % 2 == 0 else negative(term))
    return add(terms)


def has_array(top: Formula) -> bool:
    """An array is written in it, or a function that only arrays have."""
    return look(top).arrays


def holds_arrays(top: Formula, facts: Facts) -> bool:
    """Some part of the formula is array-valued."""
    seen = facts.look(top)
    if seen.arrays:
        return True
    return any(
        (domain := facts.domains.get(name)) is not None and domain.kind == "matrix"
        for name in seen.symbols
    )
