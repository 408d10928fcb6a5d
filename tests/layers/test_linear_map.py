"""Index tables against plain loops, and products, exports and proofs against dense arithmetic."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest
import scipy.sparse
from hypothesis import given, settings
from hypothesis import strategies as st

from symcnn.errors import AuthorError
from symcnn.formula import Formula, Index, Rational, Symbol, formula, table
from symcnn.formula.meaning import evaluate
from symcnn.formula.values import Family
from symcnn.layers import LinearMap
from symcnn.layers.axis import Axis
from symcnn.layers.forms import Forms, Ring
from symcnn.layers.index_table import Channels, Factor
from symcnn.layers.members import Members, Written
from symcnn.layers.same_entries import DifferentEntries, SameEntries, same_entries
from symcnn.layers.turned import Turned


@st.composite
def axes(draw: st.DrawFn) -> Axis:
    """Any axis: gaps, padding beyond the kernel, kernels read backwards, rows without a tap."""
    return Axis(
        outputs=draw(st.integers(1, 6)),
        inputs=draw(st.integers(1, 6)),
        taps=draw(st.integers(1, 4)),
        stride=draw(st.integers(1, 3)),
        padding=draw(st.integers(-3, 5)),
        dilation=draw(st.sampled_from([1, 1, 2, 3, -1, -2])),
    )


@st.composite
def channels(draw: st.DrawFn) -> Channels:
    groups = draw(st.integers(1, 3))
    return Channels(groups * draw(st.integers(1, 2)), groups * draw(st.integers(1, 2)), groups)


@st.composite
def factors(draw: st.DrawFn) -> list[Factor]:
    spatial: list[Factor] = list(draw(st.lists(axes(), min_size=1, max_size=3)))
    return [draw(channels()), *spatial] if draw(st.booleans()) else spatial


@st.composite
def maps(draw: st.DrawFn) -> LinearMap:
    return separable(draw(factors()))


def separable(axes: list[Factor], name: str = "w") -> LinearMap:
    shape = tuple(axis.sizes[2] for axis in axes)
    return LinearMap.separable(axes, weights=Members(name, shape))


def taps_of(axis: Factor) -> Iterator[tuple[int, int, int]]:
    """Row, column and tap of one axis, from its rule."""
    if isinstance(axis, Channels):
        width, height = axis.inputs // axis.groups, axis.outputs // axis.groups
        for o, c in product(range(axis.outputs), range(width)):
            yield o, (o // height) * width + c, o * width + c
    if isinstance(axis, Axis):
        for o, j in product(range(axis.outputs), range(axis.taps)):
            i = axis.stride * o + axis.dilation * j - axis.padding
            if 0 <= i < axis.inputs:
                yield o, i, j


def loops(factors: list[Factor]) -> list[list[int | None]]:
    """The number of the tap at each position, one position after the other."""
    sizes = [factor.sizes for factor in factors]
    rows, columns = (int(np.prod([size[k] for size in sizes])) for k in (0, 1))
    cells: list[list[int | None]] = [[None] * columns for _ in range(rows)]
    for hits in product(*map(taps_of, factors)):
        at = [0, 0, 0]
        for size, hit in zip(sizes, hits, strict=True):
            at = [place * length + here for place, length, here in zip(at, size, hit, strict=True)]
        assert cells[at[0]][at[1]] is None
        cells[at[0]][at[1]] = at[2]
    return cells


def weights_of(matrix: LinearMap) -> np.ndarray[Any, Any]:
    return np.arange(3, 3 + 2 * matrix.weights.size, 2, dtype=np.int64)


def in_order(matrix: LinearMap) -> bool:
    """Do columns ascend in each row?"""
    places = matrix.rows * matrix.shape[1] + matrix.columns
    return bool((np.diff(places) > 0).all())


def value(entry: Formula, **families: Any) -> Fraction:
    """The number that a formula is; families by their values in the order of their places."""
    worth = evaluate(entry, {name: family(values) for name, values in families.items()})
    assert isinstance(worth, Fraction)
    return worth


def family(values: Any) -> Family:
    listed = np.asarray(values)
    return Family({place: Fraction(int(each)) for place, each in np.ndenumerate(listed)})


@settings(max_examples=40, deadline=None, derandomize=True)
@given(factors())
def test_a_product_of_axes_is_what_plain_loops_find(axes: list[Factor]) -> None:
    matrix = separable(axes)
    assert [list(row) for row in matrix.grid()] == loops(axes)
    assert in_order(matrix)
    assert matrix.nnz == sum(cell is not None for row in matrix.grid() for cell in row)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(maps())
def test_the_transpose(matrix: LinearMap) -> None:
    turned = matrix.T
    assert turned.grid() == tuple(zip(*matrix.grid(), strict=True))
    assert in_order(turned)
    assert same_entries(turned.T, matrix).equal
    assert turned.T.factors == matrix.factors


@settings(max_examples=40, deadline=None, derandomize=True)
@given(factors())
def test_transposed_axes_make_the_transposed_map(axes: list[Factor]) -> None:
    turned: list[Factor] = [Turned(axis) for axis in axes]
    assert same_entries(separable(turned), separable(axes).T).equal


def test_the_transpose_of_a_map_with_more_columns_than_16_bits() -> None:
    matrix = separable([Axis(outputs=400, inputs=402, taps=3), Axis(outputs=3, inputs=402, taps=2)])
    rows, columns = matrix.rows, matrix.columns
    order = np.lexsort((rows, columns))
    assert (matrix.T.columns == rows[order]).all()
    assert (matrix.T.taps == matrix.taps[order]).all()
    assert matrix.shape[1] > 2**16


@settings(max_examples=40, deadline=None, derandomize=True)
@given(maps())
def test_exports_agree(matrix: LinearMap) -> None:
    numbers = weights_of(matrix)
    dense = np.array(
        [[0 if tap is None else numbers[tap] for tap in row] for row in matrix.grid()]
    ).reshape(matrix.shape)
    assert (matrix.numpy(numbers) == dense).all()
    sparse = matrix.scipy(numbers)
    assert isinstance(sparse, scipy.sparse.csr_array)
    assert (sparse.toarray() == dense).all()
    vector = np.arange(1, matrix.shape[1] + 1) ** 2
    assert (matrix.apply(numbers, vector) == dense @ vector).all()
    exact = [Fraction(each, 3) for each in vector.tolist()]
    applied = matrix.apply(numbers.astype(object), np.array(exact, dtype=object))
    assert applied.tolist() == [Fraction(int(each), 3) for each in dense @ vector]


@settings(max_examples=25, deadline=None, derandomize=True)
@given(maps())
def test_formulas_agree_with_numbers(matrix: LinearMap) -> None:
    numbers = weights_of(matrix).reshape(matrix.weights.shape)  # type: ignore[union-attr]
    inputs = np.arange(1, matrix.shape[1] + 1) ** 2
    dense, applied = matrix.numpy(numbers), matrix.apply(numbers, inputs)
    product_, entries = matrix @ Members("x", (matrix.shape[1],)), matrix.table().entries
    written = matrix @ table([Index("x", (formula(i),)) for i in range(matrix.shape[1])])
    for row in range(0, matrix.shape[0], 1 + matrix.shape[0] // 5):
        assert value(product_.entry(row), w=numbers, x=inputs) == applied[row]
        assert value(written.entries[row], w=numbers, x=inputs) == applied[row]
        for column in range(0, matrix.shape[1], 1 + matrix.shape[1] // 5):
            entry = matrix.entry(row, column)
            assert entries[row * matrix.shape[1] + column] == entry
            assert value(entry, w=numbers) == dense[row, column]


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.lists(axes(), min_size=1, max_size=2), st.booleans())
def test_products_of_maps(axes: list[Factor], same: bool) -> None:
    left = separable(axes)
    right = left.T if same else separable([Turned(axis) for axis in axes], "v")
    both, numbers = left @ right, weights_of(left)
    shaped = {"w": numbers.reshape(left.weights.shape)}  # type: ignore[union-attr]
    if not same:
        shaped["v"] = shaped["w"]
    dense = left.numpy(numbers) @ right.numpy(numbers)
    forms = both.forms()
    for i, j in product(range(0, both.shape[0], 3), range(0, both.shape[1], 2)):
        assert value(both.entry(i, j), **shaped) == dense[i, j]
        assert value(forms.entry(i, j), **shaped) == dense[i, j]
    assert same_entries(both, forms).equal


def test_a_product_with_its_own_transpose_is_symmetric() -> None:
    matrix = separable([Axis(outputs=4, inputs=6, taps=3)] * 2)
    forms = (matrix @ matrix.T).forms()
    rows, columns = np.divmod(forms.places, forms.shape[1])
    turned = Forms(forms.ring, forms.shape, columns * forms.shape[1] + rows, forms.keys)
    order = np.argsort(turned.places, kind="stable")
    swapped = Forms(forms.ring, forms.shape, turned.places[order], forms.keys[order])
    assert same_entries(forms, swapped).equal


# The transposed convolution by its gather rule: position t of the output reads input t - j with
# tap j, on each axis. This is the correlation of the padded input with the reversed kernel.
SIZES = [(5, 3), (6, 1), (4, 4)]


@pytest.mark.parametrize(("size", "taps"), SIZES)
def test_gathering_is_the_transpose_for_all_weights(size: int, taps: int) -> None:
    conv, gather = both_ways(size, taps, taps)
    y = Members("y", (conv.shape[0],))
    found = same_entries(gather @ y, conv.T @ y)
    assert isinstance(found, SameEntries)
    assert found.entries == size**2
    assert found.monomials == conv.nnz
    assert found.replay(gather @ y, conv.T @ y)
    assert found.digest == same_entries(conv.T @ y, gather @ y).digest  # type: ignore[union-attr]


@pytest.mark.parametrize(("size", "taps"), [case for case in SIZES if case[1] > 1])
def test_near_misses_are_refuted_with_a_point(size: int, taps: int) -> None:
    conv, _ = both_ways(size, taps, taps)
    outputs = size - taps + 1
    unflipped = Axis(outputs=size, inputs=outputs, taps=taps, padding=taps - 1)
    moved = Axis(outputs=size, inputs=outputs, taps=taps, dilation=-1, padding=1)
    y = Members("y", (conv.shape[0],))
    for wrong in (unflipped, moved):
        gather = separable([wrong, wrong])
        found = same_entries(gather @ y, conv.T @ y)
        assert isinstance(found, DifferentEntries)
        for side, worth in ((gather @ y, found.left), (conv.T @ y, found.right)):
            assert at(side.entry(*found.entry), found.point) == worth
        assert found.left != found.right
        assert not same_entries(gather, conv.T).equal
        assert not SameEntries(0, 0, "").replay(gather @ y, conv.T @ y)


def both_ways(size: int, taps: int, kernel: int) -> tuple[LinearMap, LinearMap]:
    outputs = size - taps + 1
    forward = Axis(outputs=outputs, inputs=size, taps=kernel)
    gather = Axis(outputs=size, inputs=outputs, taps=kernel, dilation=-1)
    return separable([forward] * 2), separable([gather] * 2)


def at(entry: Formula, values: tuple[tuple[Formula, int], ...]) -> Fraction:
    """The value where some members have these values and all others are 0."""
    point: dict[str, Any] = {name: Family({}) for name in ("w", "y")}
    for member, number in values:
        assert isinstance(member, Index)
        place = tuple(int(i.value) for i in member.indices)  # type: ignore[attr-defined]
        point[member.name] = Family({**point[member.name].members, place: Fraction(number)})
    worth = evaluate(entry, point)
    assert isinstance(worth, Fraction)
    return worth


def test_a_nonzero_costs_less_than_eight_bytes() -> None:
    matrix = separable([Axis(outputs=62, inputs=64, taps=3)] * 2)
    assert matrix.nnz == 62 * 62 * 9
    assert matrix.columns.dtype == np.int32
    assert matrix.taps.dtype == np.uint8
    assert matrix.nbytes < 6 * matrix.nnz
    wide = separable([Channels(32, 16), *[Axis(outputs=4, inputs=6, taps=3)] * 2])
    assert wide.taps.dtype == np.uint16
    assert wide.nbytes < 7 * wide.nnz


def test_sympy_has_the_same_entries() -> None:
    import sympy

    matrix = separable([Axis(outputs=2, inputs=3, taps=2)] * 2)
    w = sympy.IndexedBase("w")
    expected = [[0 if tap is None else w[divmod(tap, 2)] for tap in row] for row in matrix.grid()]
    assert matrix.matrix == sympy.Matrix(expected)


def test_entries_in_any_order() -> None:
    rows, columns, taps = (np.array(each) for each in ([1, 0, 1], [2, 1, 0], [0, 1, 1]))
    weights = Written((Symbol("a"), Symbol("b")))
    matrix = LinearMap.from_entries((2, 3), rows, columns, taps, weights=weights)
    a, b, zero = Symbol("a"), Symbol("b"), Rational(0)
    assert matrix.table() == table([[zero, b, zero], [b, zero, a]])


def test_polynomials_with_coefficients() -> None:
    ring = Ring((Members("u", (2,)), Members("v", (2,))))
    one = ring.variables(0)
    assert (one + one).entry(1) == Rational(2) * Index("u", (formula(1),))
    assert (one + one).scaled(1).entry(0) == Rational(2) * Index("u", (formula(0),)) * Index(
        "v", (formula(0),)
    )
    found = same_entries(one + one, one)
    assert (found.left, found.right) == (2, 1)  # type: ignore[union-attr]


def test_a_point_where_squares_do_not_make_up_for_the_difference() -> None:
    weights = Members("w", (2,))
    ring = Ring((weights, weights), symmetric=True)
    places, both = (
        np.zeros(1, np.int64),
        [ring.unit(0) * a + ring.unit(1) * b for a, b in ((1, 2), (2, 2))],
    )
    found = same_entries(*(Forms(ring, (1,), places, np.array([key])) for key in both))
    assert isinstance(found, DifferentEntries)
    assert found.coefficients == (1, 0)
    assert (found.left, found.right) == (2, 4)
    assert [value for _, value in found.point] == [1, 2]


def test_tables_cannot_be_changed() -> None:
    matrix = separable([AXIS])
    with pytest.raises(ValueError, match="read-only"):
        matrix.columns[0] = 1
    sparse = matrix.scipy([1.0, 2.0])
    assert (sparse.T @ sparse).toarray().tolist() == [[1, 2, 0], [2, 5, 2], [0, 2, 4]]
    assert repr(matrix) == "<LinearMap 2 x 3, 4 nonzeros, 2 weights>"
    assert matrix._repr_latex_().startswith(r"$\displaystyle \left[")


def vector(length: int) -> Members:
    return Members("x", (length,))


AXIS = Axis(outputs=2, inputs=3, taps=2)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: Axis(outputs=2, inputs=3, taps=0), "taps"),
        (lambda: Axis(outputs=2, inputs=3, taps=1, dilation=0), "dilation"),
        (lambda: Channels(3, 4, 2), "2 groups do not divide 3 output channels"),
        (lambda: Channels(4, 0), "at least 1"),
        (
            lambda: LinearMap.separable([AXIS], weights=Members("w", (3,))),
            "the axes have 2 taps, but 3 weights",
        ),
        (lambda: separable([AXIS]) @ vector(4), "takes a vector of 3 entries"),
        (lambda: separable([AXIS]) @ table([1, 2]), r"not an array of size \(2,\)"),
        (lambda: separable([AXIS]) @ Members("w", (3,)), "are called w"),
        (lambda: separable([AXIS]) @ separable([AXIS]), "takes one with 3 rows"),
        (lambda: separable([AXIS]).entry(2, 0), "no row 2"),
        (lambda: separable([AXIS]).entry(0, 3), r"no entry \(0, 3\)"),
        (lambda: (separable([AXIS]) @ vector(3)).entry(2), "no entry"),
        (lambda: separable([AXIS]).numpy([1, 2, 3]), "2 weights, but 3 numbers"),
        (lambda: separable([AXIS]).apply([1, 2], [1]), r"not an array of size \(1,\)"),
        (lambda: same_entries(separable([AXIS]), separable([AXIS]).T), "shapes differ"),
        (lambda: same_entries(separable([AXIS]), separable([AXIS], "v")), "different families"),
        (lambda: separable([AXIS]) @ Ring((vector(3),)).variables(0), "no family"),
        (
            lambda: LinearMap.from_taps((1, 3), np.array([[1, 1]])),
            r"position \(0, 1\) is listed twice",
        ),
        (
            lambda: LinearMap.from_entries(
                (1, 1), *np.array([[0], [1], [0]]), weights=Members("w", (1,))
            ),
            r"no position \(0, 1\)",
        ),
        (lambda: Members("w", (2, 2)).member(4), "w has 4 members"),
    ],
)
def test_what_does_not_fit_is_said(wrong: Any, message: str) -> None:
    with pytest.raises(AuthorError, match=message):
        wrong()


def test_dependent_weights_are_not_compared() -> None:
    a = Symbol("a")
    weights = Written((a, a * 2))
    matrix = LinearMap.separable([AXIS], weights=weights)
    with pytest.raises(AuthorError, match="different symbols"):
        same_entries(matrix, matrix)
