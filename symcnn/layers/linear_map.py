"""A sparse matrix of kernel taps as an index table: integers, with symbols attached on demand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, overload

from symcnn.errors import AuthorError
from symcnn.formula.arrays import Table
from symcnn.layers.forms import Forms, Ring
from symcnn.layers.index_table import Factor, product, signed, tap_type
from symcnn.layers.map_product import MapProduct
from symcnn.layers.map_vector import times_forms, times_members, times_table
from symcnn.layers.members import Members, Weights, Written
from symcnn.layers.tap_table import TapTable
from symcnn.layers.turned import transposed, turn

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import sympy

    IntArray = npt.NDArray[np.integer[Any]]


@dataclass(frozen=True, eq=False, repr=False, slots=True)
class LinearMap(TapTable):
    """Row ``r`` holds ``weights.member(taps[k])`` in column ``columns[k]``, for every k from
    ``pointers[r]`` to before ``pointers[r + 1]``; all other entries are 0.

    ``shape`` is (outputs, inputs). Columns ascend in each row, so that no position is listed
    twice and equal maps have equal tables. ``factors`` are the axes where the map is a
    product of axes, slowest first. A nonzero costs the four bytes of its column and one, two or
    four of its tap.

    >>> from symcnn.layers.axis import Axis
    >>> twice = [Axis(outputs=2, inputs=3, taps=2)] * 2
    >>> LinearMap.separable(twice, weights=Members("w", (2, 2))).entry(3, 8)
    Index('w', (Rational(1), Rational(1)))
    """

    @classmethod
    def separable(cls, factors: Sequence[Factor], *, weights: Weights) -> LinearMap:
        """The product of axes: row ``(o1, o2, ...)``, column ``(i1, i2, ...)`` holds tap
        ``(j1, j2, ...)`` where each axis has ``jk`` at ``(ok, ik)``.

        Raises AuthorError where the axes have another number of taps than there are weights.
        """
        made = product(factors)
        if made.members != weights.size:
            raise AuthorError(f"the axes have {made.members} taps, but {weights.size} weights")
        return cls(made.shape, made.pointers(), made.columns, made.taps, weights, tuple(factors))

    @classmethod
    def from_taps(
        cls,
        shape: tuple[int, int],
        columns: IntArray,
        *,
        weight: str = "w",
        first: int = 0,
        weights: Weights | None = None,
    ) -> LinearMap:
        """From the column that each (row, tap) hits; columns outside the matrix are dropped.

        ``columns`` has shape (rows, taps). Raises AuthorError where two taps hit one position.
        """
        import numpy as np

        rows, taps = np.nonzero((columns >= 0) & (columns < shape[1]))
        weights = weights or Members(weight, (columns.shape[1],), first)
        return cls.from_entries(shape, rows, columns[rows, taps], taps, weights=weights)

    @classmethod
    def from_entries(
        cls,
        shape: tuple[int, int],
        rows: IntArray,
        columns: IntArray,
        taps: IntArray,
        *,
        weights: Weights,
    ) -> LinearMap:
        """From the row, column and tap of each nonzero, in any order.

        Raises AuthorError where a position is listed twice or lies outside the matrix.
        """
        import numpy as np

        outside = (rows < 0) | (rows >= shape[0]) | (columns < 0) | (columns >= shape[1])
        if outside.any():
            row, column = (int(each[outside][0]) for each in (rows, columns))
            raise AuthorError(f"a matrix of shape {shape} has no position ({row}, {column})")
        places = rows.astype(np.int64) * shape[1] + columns
        if not (places[1:] > places[:-1]).all():
            order = np.argsort(places, kind="stable")
            rows, columns, taps, places = rows[order], columns[order], taps[order], places[order]
            twice = places[1:] == places[:-1]
            if twice.any():
                row, column = divmod(int(places[1:][twice][0]), shape[1])
                raise AuthorError(f"position ({row}, {column}) is listed twice")
        pointers = np.zeros(shape[0] + 1, signed(len(places) + 1))
        np.cumsum(np.bincount(rows, minlength=shape[0]), out=pointers[1:])
        held = taps.astype(tap_type(weights.size))
        return cls(shape, pointers, columns.astype(signed(shape[1])), held, weights)

    @property
    def T(self) -> LinearMap:
        """The transpose: rows and columns exchanged, and the table put in order again.

        >>> from symcnn.layers import Conv1d
        >>> Conv1d(input_size=3, kernel_size=2).linear_map().T.grid()
        ((0, None), (1, 0), (None, 1))
        """
        made = transposed(self.index_table())
        turned = tuple(turn(factor) for factor in self.factors)
        return LinearMap(made.shape, made.pointers(), made.columns, made.taps, self.weights, turned)

    def forms(self) -> Forms:
        """The entries as polynomials of one monomial each."""
        import numpy as np

        places = np.multiply(self.rows, self.shape[1], dtype=np.int64)
        places += self.columns
        return Forms(Ring((self.weights,)), self.shape, places, self.taps.astype(np.int64) + 1)

    @overload
    def __matmul__(self, other: Members | Written | Forms) -> Forms: ...
    @overload
    def __matmul__(self, other: LinearMap) -> MapProduct: ...
    @overload
    def __matmul__(self, other: Table) -> Table: ...
    def __matmul__(
        self, other: Members | Written | Forms | LinearMap | Table
    ) -> Forms | MapProduct | Table:
        """The matrix times a vector of members, of polynomials or of formulas, or times a matrix.

        Members, polynomials and matrices give entries that are made when they are asked for; a
        Table gives a Table. Raises AuthorError where the sizes do not fit. For numbers see
        `apply`.

        >>> from symcnn.formula import Symbol, table
        >>> from symcnn.formula.plain import plain
        >>> from symcnn.layers import Conv1d
        >>> conv = Conv1d(input_size=2, kernel_size=2).linear_map()
        >>> plain((conv @ Members("x", (2,))).entry(0))
        'w[0]*x[0] + w[1]*x[1]'
        >>> [plain(entry) for entry in (conv @ table([Symbol("a"), 3])).entries]
        ['w[0]*a + w[1]*3']
        """
        match other:
            case LinearMap():
                return MapProduct(self, other)
            case Forms():
                return times_forms(self, other)
            case Table():
                return times_table(self, other)
            case _:
                return times_members(self, other)

    @property
    def matrix(self) -> sympy.Matrix:
        """The matrix under SymPy's own type, a sparse one; members are those of an IndexedBase.

        >>> from symcnn.layers import Conv1d
        >>> Conv1d(input_size=3, kernel_size=2).linear_map().matrix.shape
        (2, 3)
        """
        import sympy

        from symcnn.formula.sympy_bridge import to_sympy

        members = [to_sympy(member) for member in self.members()]
        entries = {(row, column): members[tap] for row, column, tap in self.triples()}
        return sympy.SparseMatrix(*self.shape, entries)

    def sympy(self) -> sympy.Matrix:
        """`matrix`."""
        return self.matrix

    def latex(self) -> str:
        r"""The matrix in LaTeX, at most 3000 bytes: whole where it is small, else with ellipses.

        >>> from symcnn.layers import Conv1d
        >>> print(Conv1d(input_size=3, kernel_size=2).linear_map().latex())
        \left[\begin{array}{ccc}w_{0} & w_{1} & 0\\0 & w_{0} & w_{1}\end{array}\right]
        """
        from symcnn.layers.matrix_latex import bounded_latex

        return bounded_latex(self)

    def _repr_latex_(self) -> str:
        return f"$\\displaystyle {self.latex()}$"
