"""Values between grid points: linear, bilinear and nearest, in every convention of coordinates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from symcnn.errors import AuthorError
from symcnn.formula.arrays import Array
from symcnn.formula.conditions import Bracket, Compare
from symcnn.formula.nodes import Call, Formula, Index, Operand, Symbol, formula
from symcnn.layers.sizes import Formulas, Pair, apart, counts, known, less_one, over

HALF = Fraction(1, 2)
COORDINATES = ("asymmetric", "half_pixel", "align_corners", "roi_align")
Signal = Callable[[Formula, Formula], Formula]


def source_position(
    o: Operand, input_size: Operand, output_size: Operand, coordinates: str = "half_pixel"
) -> Formula:
    """Where on the input's axis (n samples) position ``o`` of the output's axis (m samples) lies.

    ``asymmetric``: ``o*n/m``; ``half_pixel``: ``(o + 1/2)*n/m - 1/2``; ``align_corners``:
    ``o*(n - 1)/(m - 1)``; ``roi_align`` (its ``aligned=True``): ``o*n/m - 1/2``. Source: the
    attribute ``coordinate_transformation_mode`` of ONNX Resize; torchvision's ``roi_align``.
    Raises AuthorError for another name.

    >>> from symcnn.formula.meaning import evaluate
    >>> [str(evaluate(source_position(4, 10, 32, name), {})) for name in COORDINATES]
    ['5/4', '29/32', '36/31', '3/4']
    """
    at, inputs, outputs = formula(o), formula(input_size), formula(output_size)
    match coordinates:
        case "asymmetric":
            return at * inputs / outputs
        case "half_pixel":
            return (at + HALF) * inputs / outputs - HALF
        case "align_corners":
            if known(outputs) == 1:
                return formula(0)
            return at * less_one(inputs) / less_one(outputs)
        case "roi_align":
            return at * inputs / outputs - HALF
    names = ", ".join(COORDINATES)
    raise AuthorError(f"interpolation: coordinates {coordinates!r} are none of {names}")


def linear(at: Operand, ends: Pair, values: Formulas) -> Formula:
    """``(x2 - x)/(x2 - x1)*f1 + (x - x1)/(x2 - x1)*f2``: the chord through two points.

    >>> from symcnn.formula.meaning import evaluate
    >>> str(evaluate(linear(Fraction(1, 4), (0, 1), (formula(8), formula(16))), {}))
    '10'
    """
    x, (low, high) = formula(at), (formula(ends[0]), formula(ends[1]))
    return (high - x) / (high - low) * values[0] + (x - low) / (high - low) * values[1]


def bilinear(at: Pair, xs: Pair, ys: Pair, signal: Signal, y_first: bool = False) -> Formula:
    """Linear in x on both rows, then linear in y between them (or in the other order).

    ``signal(x, y)`` is the value at a corner. Both orders agree; the result is exact for
    ``a + b*x + c*y + d*x*y``. Source: any textbook on image processing.

    >>> from symcnn.formula.meaning import evaluate
    >>> centre = (Fraction(1, 2), Fraction(1, 2))
    >>> str(evaluate(bilinear(centre, (0, 1), (0, 1), lambda x, y: x * y + 4), {}))
    '17/4'
    """
    x, y = at
    low, high = formula(xs[0]), formula(xs[1])
    top, bottom = formula(ys[0]), formula(ys[1])
    if y_first:
        left = linear(y, ys, (signal(low, top), signal(low, bottom)))
        right = linear(y, ys, (signal(high, top), signal(high, bottom)))
        return linear(x, xs, (left, right))
    first = linear(x, xs, (signal(low, top), signal(high, top)))
    second = linear(x, xs, (signal(low, bottom), signal(high, bottom)))
    return linear(y, ys, (first, second))


def nearest(at: Operand, ties: str = "up") -> Formula:
    """The nearest integer: ``floor(x + 1/2)``, or ``ceil(x - 1/2)`` where ties go down.

    >>> from symcnn.formula.meaning import evaluate
    >>> [int(evaluate(nearest(Fraction(5, 2), ties), {})) for ties in ("up", "down")]
    [3, 2]
    """
    if ties not in ("up", "down"):
        raise AuthorError(f"nearest: ties go 'up' or 'down', not {ties!r}")
    x = formula(at)
    return Call("floor", (x + HALF,)) if ties == "up" else Call("ceil", (x - HALF,))


def tent(distance: Formula) -> Formula:
    """``max(0, 1 - |t|)``: how much a grid point at this distance counts.

    >>> from symcnn.formula.plain import plain
    >>> plain(tent(Symbol("t")))
    'max(0, 1 - abs(t))'
    """
    return Call("max", (formula(0), 1 - Call("abs", (distance,))))


def clamped(at: Formula, size: Formula) -> Formula:
    """``min(max(x, 0), size - 1)``: the nearest place on the axis.

    >>> from symcnn.formula.plain import plain
    >>> plain(clamped(Symbol("x"), formula(5)))
    'min(max(x, 0), 4)'
    """
    return Call("min", (Call("max", (at, formula(0))), less_one(size)))


def sampled(at: Formulas, size: Formulas, signal: Signal) -> Formula:
    """``sum_{i,j} tent(y - i)*tent(x - j)*signal(i, j)``: bilinear, fading to 0 outside the grid.

    ``at`` is (y, x), ``size`` (height, width). At most four terms differ from 0.

    >>> from symcnn.formula.meaning import evaluate
    >>> at, size = (formula(1) / 2, formula(0)), (formula(3), formula(3))
    >>> str(evaluate(sampled(at, size, lambda i, j: 8 * i + j), {}))
    '4'
    """
    i, j = Symbol("i"), Symbol("j")
    weight = tent(at[0] - i) * tent(at[1] - j)
    return over(weight * signal(i, j), ("i", size[0]), ("j", size[1]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Interpolate:
    """Resizing (C, H, W) to (C, H', W'), as ``torch.nn.functional.interpolate`` does.

    ``mode`` is "bilinear", "nearest" (``floor(o*n/m)``) or "nearest-exact"
    (``floor((o + 1/2)*n/m)``). ``coordinates`` names the convention of "bilinear"; positions
    outside of the input are moved to its border. Torch's ``align_corners=True`` is
    "align_corners", ``False`` is "half_pixel". Raises AuthorError for other names.

    >>> up = Interpolate(input_size=2, output_size=4, mode="nearest")
    >>> from symcnn.formula.meaning import evaluate
    >>> [int(value) for value in evaluate(up.matrix(), {}).entries]
    [1, 0, 1, 0, 0, 1, 0, 1]
    """

    input_size: Operand | Pair
    output_size: Operand | Pair
    mode: str = "bilinear"
    coordinates: str = "half_pixel"
    input: str = "x"

    def __post_init__(self) -> None:
        for name in ("input_size", "output_size"):
            pair = counts("Interpolate", name, getattr(self, name))
            object.__setattr__(self, name, pair)
        if self.mode not in ("bilinear", "nearest", "nearest-exact"):
            raise AuthorError(
                f"Interpolate: mode is bilinear, nearest or nearest-exact, not {self.mode!r}"
            )
        source_position(0, 1, 2, self.coordinates)

    def pair(self, name: str) -> Formulas:
        """``input_size`` or ``output_size`` as formulas of height and width."""
        height, width = getattr(self, name)
        return formula(height), formula(width)

    def weight(self, o: Operand, i: Operand, axis: int = 0) -> Formula:
        """How much input position ``i`` counts in output position ``o`` of one axis."""
        inputs, outputs = self.pair("input_size")[axis], self.pair("output_size")[axis]
        at = formula(i)
        if self.mode == "bilinear":
            place = source_position(o, inputs, outputs, self.coordinates)
            return tent(clamped(place, inputs) - at)
        start = formula(o) if self.mode == "nearest" else formula(o) + HALF
        chosen = Call("floor", (start * inputs / outputs,))
        return Bracket(Compare("=", at, chosen))

    def matrix(self, axis: int = 0) -> Array:
        """The matrix (output positions, input positions) of one axis: its rows add up to 1."""
        shape = (self.pair("output_size")[axis], self.pair("input_size")[axis])
        return Array(shape, ("o", "i"), self.weight(Symbol("o"), Symbol("i"), axis))

    def forward(self, c: Operand, p: Operand, q: Operand) -> Formula:
        """``sum_{i,j} weight(p, i)*weight(q, j)*x[c,i,j]``: one axis after the other.

        The derivative with respect to ``x[c,i,j]`` is ``weight(p, i)*weight(q, j)``.
        """
        return apart(self._rule, c, p, q)

    def _rule(self, c: Formula, p: Formula, q: Formula) -> Formula:
        height, width = self.pair("input_size")
        i, j = Symbol("i"), Symbol("j")
        weights = self.weight(p, i, 0) * self.weight(q, j, 1)
        return over(weights * Index(self.input, (c, i, j)), ("i", height), ("j", width))

    def output(self) -> Array:
        """One channel's outputs, an array of shape (H', W'); the channel is the symbol c."""
        entry = self.forward(Symbol("c"), Symbol("p"), Symbol("q"))
        return Array(self.pair("output_size"), ("p", "q"), entry)
