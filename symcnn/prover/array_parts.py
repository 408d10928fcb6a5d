"""Looking at formulas for arrays, and determinants written out."""

from __future__ import annotations

from symcnn.formula.arrays import Array, Table
from symcnn.formula.nodes import Call, Formula, Symbol, add, mul, negative
from symcnn.formula.traverse import walk
from symcnn.prover.domains import Facts


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
    return any(
        isinstance(node, (Array, Table))
        or (isinstance(node, Call) and node.name in ("trace", "det", "transpose"))
        for node in walk(top)
    )


def holds_arrays(top: Formula, facts: Facts) -> bool:
    """Some part of the formula is array-valued."""
    if has_array(top):
        return True
    return any(
        isinstance(node, Symbol)
        and (domain := facts.domains.get(node.name)) is not None
        and domain.kind == "matrix"
        for node in walk(top)
    )
