"""A matrix of taps times a vector: of members, of polynomials, or of formulas written out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symcnn.errors import AuthorError
from symcnn.formula.arrays import Table
from symcnn.formula.nodes import Formula, add
from symcnn.layers.forms import Forms, Ring, spans
from symcnn.layers.members import Weights

if TYPE_CHECKING:
    from symcnn.layers.tap_table import TapTable


def require_length(matrix: TapTable, size: tuple[int, ...]) -> None:
    """Raises AuthorError where a vector has another length than the matrix has columns."""
    if size != matrix.shape[1:]:
        raise AuthorError(
            f"a matrix of shape {matrix.shape} takes a vector of {matrix.shape[1]} entries, "
            f"not an array of size {size}"
        )


def times_members(matrix: TapTable, members: Weights) -> Forms:
    """Row ``r``: the sum of tap times member over the nonzeros of the row."""
    import numpy as np

    require_length(matrix, (members.size,))
    ring = Ring((matrix.weights, members))
    keys = np.multiply(matrix.columns, ring.unit(1), dtype=np.int64)
    keys += matrix.taps
    keys += ring.unit(1) + ring.unit(0)
    return Forms(ring, matrix.shape[:1], matrix.rows, keys)


def times_forms(matrix: TapTable, forms: Forms) -> Forms:
    """The same for polynomials, in whose ring the weights of the matrix are a family.

    Raises AuthorError where they are not, and where a monomial holds one of them already.
    """
    import numpy as np

    require_length(matrix, forms.shape)
    if matrix.weights not in forms.ring.families:
        raise AuthorError("the weights of the matrix are no family of these polynomials")
    family = forms.ring.families.index(matrix.weights)
    forms.require_without(family)
    chosen, lengths = spans(forms.pointers(), matrix.columns)
    added = forms.ring.unit(family) * (matrix.taps.astype(np.int64) + 1)
    keys = forms.keys[chosen] + np.repeat(added, lengths)
    return Forms(forms.ring, matrix.shape[:1], np.repeat(matrix.rows, lengths), keys)


def times_table(matrix: TapTable, vector: Table) -> Table:
    """The same for formulas; every entry is written out as a sum of products."""
    require_length(matrix, vector.size)
    members = matrix.members()
    terms: list[list[Formula]] = [[] for _ in range(matrix.shape[0])]
    for row, column, tap in matrix.triples():
        terms[row].append(members[tap] * vector.entries[column])
    return Table(matrix.shape[:1], tuple(map(add, terms)))
