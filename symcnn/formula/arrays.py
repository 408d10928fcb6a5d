"""Arrays: vectors, matrices and tensors, by rule or entry by entry. Indices count from 0.

A symbolic-size matrix is an `Array`: shape, index variables, and the entry as a formula in them.
A matrix that is written out is a `Table`. Both are values of the same kind: equal when shapes and
entries are.
"""

from __future__ import annotations

from collections.abc import Sequence

from symcnn.formula.base import Formula, Operand, _set, formula


class Array(Formula):
    """``entry`` for every index tuple ``0 <= variables[k] < shape[k]``; the variables are bound.

    >>> from symcnn.formula.nodes import Symbol, Index
    >>> n = Symbol("n")
    >>> Array((n,), ("i",), Index("x", (Symbol("i"),)))
    Array((Symbol('n'),), ('i',), Index('x', (Symbol('i'),)))
    """

    __slots__ = ("entry", "shape", "variables")
    fields = __match_args__ = ("shape", "variables", "entry")
    shape: tuple[Formula, ...]
    variables: tuple[str, ...]
    entry: Formula

    def __init__(
        self, shape: tuple[Formula, ...], variables: tuple[str, ...], entry: Formula
    ) -> None:
        if len(shape) != len(variables) or len(set(variables)) != len(variables):
            raise ValueError("an array needs one index variable, of its own, for each dimension")
        _set(self, "shape", shape)
        _set(self, "variables", variables)
        _set(self, "entry", entry)

    def children(self) -> tuple[Formula, ...]:
        return (*self.shape, self.entry)

    def rebuild(self, children: tuple[Formula, ...]) -> Formula:
        return Array(children[:-1], self.variables, children[-1])

    @property
    def T(self) -> Array:
        """The transpose: the same entry under index variables in reverse order.

        >>> from symcnn.formula.nodes import Index, Symbol
        >>> entry = Index("A", (Symbol("r"), Symbol("c")))
        >>> Array((formula(2), formula(3)), ("r", "c"), entry).T.variables
        ('c', 'r')
        """
        return Array(self.shape[::-1], self.variables[::-1], self.entry)


class Table(Formula):
    """An array whose entries are written out, in row-major order.

    >>> table([[1, 2], [3, 4]]).size
    (2, 2)
    """

    __slots__ = ("entries", "size")
    fields = __match_args__ = ("size", "entries")
    size: tuple[int, ...]
    entries: tuple[Formula, ...]

    def __init__(self, size: tuple[int, ...], entries: tuple[Formula, ...]) -> None:
        count = 1
        for length in size:
            count *= length
        if count != len(entries):
            raise ValueError(f"a table of size {size} has {count} entries, not {len(entries)}")
        _set(self, "size", size)
        _set(self, "entries", entries)

    def children(self) -> tuple[Formula, ...]:
        return self.entries

    def rebuild(self, children: tuple[Formula, ...]) -> Formula:
        return Table(self.size, children)

    @property
    def T(self) -> Table:
        """The transpose of a matrix; a vector is its own.

        >>> table([[1, 2], [3, 4]]).T == table([[1, 3], [2, 4]])
        True
        """
        if len(self.size) != 2:
            return self
        rows, columns = self.size
        turned = (self.entries[r * columns + c] for c in range(columns) for r in range(rows))
        return Table((columns, rows), tuple(turned))


Rows = Sequence["Operand | Sequence[Operand]"]


def table(rows: Rows) -> Table:
    """A vector from numbers and formulas, or a matrix from rows of equal length."""
    if not any(isinstance(row, (list, tuple)) for row in rows):
        return Table((len(rows),), tuple(formula(entry) for entry in rows))  # type: ignore[arg-type]
    widths = {len(row) if isinstance(row, (list, tuple)) else -1 for row in rows}
    if len(widths) != 1 or -1 in widths:
        raise ValueError("the rows of a matrix have equal lengths")
    entries = tuple(formula(entry) for row in rows for entry in row)  # type: ignore[union-attr]
    return Table((len(rows), widths.pop()), entries)
