"""What arrays mean: sums, matrix products, powers, transpose, kron, hadamard, det, trace, equality.

Values in, values out, numbers among them; a shape that does not fit is Undefined and both shapes
are in the reason. An entry without a value stays an entry and makes undefined what uses it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product

from symcnn.formula import arithmetic
from symcnn.formula.arithmetic import EXACT
from symcnn.formula.balls import ball, finite
from symcnn.formula.elimination import det_by_minors, exact_det, identity, inverse
from symcnn.formula.evaluation import Evaluation, Work
from symcnn.formula.functions import CALLS
from symcnn.formula.values import ArrayValue, Undefined

Shape = tuple[int, ...]


def shape_text(value: Work) -> str:
    """A value's shape in words: ``a 2 x 3 array``, ``a number``."""
    if not isinstance(value, ArrayValue):
        return "a number"
    return f"a {' x '.join(map(str, value.shape))} array"


def positions(shape: Shape) -> Iterator[Shape]:
    """Every index tuple of the shape, in row-major order."""
    return product(*map(range, shape))


def plus(a: Work, b: Work, at: Evaluation) -> Work:
    """``a + b``: numbers, or arrays of one shape."""
    if not isinstance(a, ArrayValue) and not isinstance(b, ArrayValue):
        return arithmetic.plus(a, b, at)
    return _entrywise("sum", arithmetic.plus, a, b, at)


def times(a: Work, b: Work, at: Evaluation) -> Work:
    """``a * b``: numbers, a number and an array, or the matrix product."""
    if not isinstance(a, ArrayValue) and not isinstance(b, ArrayValue):
        return arithmetic.times(a, b, at)
    if type(a) is Undefined or type(b) is Undefined:
        return a if type(a) is Undefined else b
    if isinstance(a, ArrayValue) and isinstance(b, ArrayValue):
        return _matrix_product(a, b, at)
    number, array = (b, a) if isinstance(a, ArrayValue) else (a, b)
    at.spend(len(array.entries))
    entries = tuple(arithmetic.times(number, entry, at) for entry in array.entries)
    return ArrayValue(array.shape, entries)


def power(base: Work, exponent: Work, at: Evaluation) -> Work:
    """``base ** exponent``: numbers, or a square matrix and an integer (negative: the inverse)."""
    if not isinstance(base, ArrayValue) and not isinstance(exponent, ArrayValue):
        return arithmetic.power(base, exponent, at)
    if type(base) is Undefined or type(exponent) is Undefined:
        return base if type(base) is Undefined else exponent
    size = _square_size(base)
    if isinstance(exponent, ArrayValue) or type(exponent) is not int or size is None:
        return Undefined(f"{shape_text(base)} to a power: only square matrices, integer powers")
    if exponent < 0:
        base, exponent = inverse(base, size, at), -exponent
    result: Work = identity(size)
    while exponent and type(base) is not Undefined:
        result = _matrix_product(result, base, at) if exponent & 1 else result
        exponent >>= 1
        base = _matrix_product(base, base, at) if exponent else base
    return base if type(base) is Undefined else result


def _entrywise(word: str, operation: Callable[..., Work], a: Work, b: Work, at: Evaluation) -> Work:
    if type(a) is Undefined or type(b) is Undefined:
        return a if type(a) is Undefined else b
    if not (isinstance(a, ArrayValue) and isinstance(b, ArrayValue)) or a.shape != b.shape:
        return Undefined(f"the {word} of {shape_text(a)} and {shape_text(b)}")
    at.spend(len(a.entries))
    pairs = zip(a.entries, b.entries, strict=True)
    return ArrayValue(a.shape, tuple(operation(x, y, at) for x, y in pairs))


def _matrix_product(a: ArrayValue, b: ArrayValue, at: Evaluation) -> Work:
    if not 1 <= len(a.shape) <= 2 or not 1 <= len(b.shape) <= 2 or a.shape[-1] != b.shape[0]:
        return Undefined(f"the product of {shape_text(a)} and {shape_text(b)}")
    inner = a.shape[-1]
    rows = a.shape[0] if len(a.shape) == 2 else 1
    columns = b.shape[1] if len(b.shape) == 2 else 1
    at.spend(rows * columns * (inner + 1))
    entries = []
    for row in range(rows):
        left = a.entries[row * inner : (row + 1) * inner]
        for column in range(columns):
            total: Work = 0
            for x, y in zip(left, b.entries[column::columns], strict=True):
                total = arithmetic.plus(total, arithmetic.times(x, y, at), at)
            entries.append(total)
    shape = a.shape[:-1] + b.shape[1:]
    return ArrayValue(shape, tuple(entries)) if shape else entries[0]


def _square_size(value: Work) -> int | None:
    square = isinstance(value, ArrayValue) and len(value.shape) == 2
    return value.shape[0] if square and value.shape[0] == value.shape[1] else None


def _det(at: Evaluation, value: Work) -> Work:
    size = _square_size(value)
    if size is None:
        return Undefined(f"the determinant of {shape_text(value)}")
    bad = next((entry for entry in value.entries if type(entry) is Undefined), None)
    if bad is not None:
        return bad
    at.spend(size**3 + 1)
    rows = [list(value.entries[k * size : (k + 1) * size]) for k in range(size)]
    if all(isinstance(entry, EXACT) for entry in value.entries):
        return exact_det(rows, at)
    if size <= 8:
        return det_by_minors(rows, at)
    from flint import arb_mat

    return finite(arb_mat([[ball(entry, at) for entry in row] for row in rows]).det())


def _trace(at: Evaluation, value: Work) -> Work:
    size = _square_size(value)
    if size is None:
        return Undefined(f"the trace of {shape_text(value)}")
    total: Work = 0
    for k in range(size):
        total = arithmetic.plus(total, value.entries[k * (size + 1)], at)
    return total


def _transpose(at: Evaluation, value: Work) -> Work:
    if not isinstance(value, ArrayValue):
        return value
    if len(value.shape) != 2:
        return Undefined(f"the transpose of {shape_text(value)}: a vector is no row and no column")
    rows, columns = value.shape
    entries = tuple(entry for column in range(columns) for entry in value.entries[column::columns])
    return ArrayValue((columns, rows), entries)


def _kron(at: Evaluation, a: Work, b: Work) -> Work:
    if not isinstance(a, ArrayValue) or not isinstance(b, ArrayValue):
        return times(a, b, at)
    if len(a.shape) != len(b.shape):
        return Undefined(f"the Kronecker product of {shape_text(a)} and {shape_text(b)}")
    at.spend(len(a.entries) * len(b.entries))
    shape = tuple(m * n for m, n in zip(a.shape, b.shape, strict=True))
    left = dict(zip(positions(a.shape), a.entries, strict=True))
    right = dict(zip(positions(b.shape), b.entries, strict=True))
    entries = []
    for place in positions(shape):
        split = [divmod(k, n) for k, n in zip(place, b.shape, strict=True)]
        x, y = left[tuple(k for k, _ in split)], right[tuple(k for _, k in split)]
        entries.append(arithmetic.times(x, y, at))
    return ArrayValue(shape, tuple(entries))


def _hadamard(at: Evaluation, a: Work, b: Work) -> Work:
    if not isinstance(a, ArrayValue) and not isinstance(b, ArrayValue):
        return times(a, b, at)
    return _entrywise("entrywise product", arithmetic.times, a, b, at)


ARRAY_CALLS: dict[str, Callable[..., Work]] = {
    "det": _det, "trace": _trace, "transpose": _transpose, "kron": _kron, "hadamard": _hadamard,
}  # fmt: skip
# The activation functions act on every entry, as they do in a layer.
ENTRYWISE = ("relu", "sigmoid", "tanh")


def call(name: str, arguments: list[Work], at: Evaluation) -> Work:
    """A known function of values, none of which is Undefined."""
    if name in ARRAY_CALLS:
        return ARRAY_CALLS[name](at, *arguments)
    for value in arguments:
        if isinstance(value, ArrayValue):
            if name not in ENTRYWISE:
                return Undefined(f"{name} of {shape_text(value)}")
            at.spend(len(value.entries))
            entries = (x if type(x) is Undefined else CALLS[name](at, x) for x in value.entries)
            return ArrayValue(value.shape, tuple(entries))
    return CALLS[name](at, *arguments)


def compare(op: str, a: Work, b: Work, at: Evaluation) -> bool | Undefined:
    """A comparison: arrays are equal when shapes and entries are, and have no order."""
    if not isinstance(a, ArrayValue) and not isinstance(b, ArrayValue):
        return arithmetic.compare(op, a, b, at)
    if type(a) is Undefined or type(b) is Undefined:
        return a if type(a) is Undefined else b
    if op not in ("=", "!="):
        return Undefined(f"an order between {shape_text(a)} and {shape_text(b)}")
    if not isinstance(a, ArrayValue) or not isinstance(b, ArrayValue) or a.shape != b.shape:
        return op == "!="
    undefined: Undefined | None = None
    for x, y in zip(a.entries, b.entries, strict=True):
        equal = arithmetic.compare("=", x, y, at)
        if equal is False:
            return op == "!="
        if equal is not True:
            undefined = undefined or equal
    return (op == "=") if undefined is None else undefined
