"""RoIAlign: a box of any size becomes a fixed grid of bins, each the mean of bilinear samples."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product as pairs

from symcnn.errors import AuthorError
from symcnn.formula.arrays import Array
from symcnn.formula.conditions import And, Bracket, Compare
from symcnn.formula.nodes import Call, Formula, Index, Operand, Rational, Symbol, formula
from symcnn.layers.interpolation import HALF, clamped, sampled
from symcnn.layers.sizes import Formulas, Pair, apart, count, counts, known, over, product


@dataclass(frozen=True, slots=True, kw_only=True)
class RoIAlign:
    r"""Bin (i, j) of box n is the mean, or the maximum, of samples spread evenly in it.

    The boxes are ``roi[n,0..3] = x1, y1, x2, y2`` in the coordinates of the image; times
    ``spatial_scale`` they are those of the map x, of shape (C, H, W). ``aligned`` shifts them by
    -1/2, so that a pixel's value sits at its centre; without it a box is at least 1 wide and high.
    ``sampling_ratio`` samples per bin and axis, or ``ceil(side/bins)`` where it is 0. A sample
    beyond -1 or the size counts 0, one closer to the border takes the border's value.
    Names as in ``torchvision.ops.roi_align``, whose rule for -1 (adaptive) is 0 here.
    Source: He et al., "Mask R-CNN" (2017), section 3; the code of torchvision.

    >>> RoIAlign(output_size=7, spatial_scale=1, input_size=(32, 32), sampling_ratio=2).bins()
    (Rational(7), Rational(7))
    """

    output_size: Operand | Pair
    spatial_scale: Operand
    input_size: Operand | Pair
    sampling_ratio: Operand = 0
    aligned: bool = False
    mode: str = "avg"
    input: str = "x"
    boxes: str = "roi"

    def __post_init__(self) -> None:
        for name in ("output_size", "input_size"):
            object.__setattr__(self, name, counts("RoIAlign", name, getattr(self, name)))
        ratio = count("RoIAlign", "sampling_ratio", self.sampling_ratio, 0)
        object.__setattr__(self, "sampling_ratio", ratio)
        object.__setattr__(self, "spatial_scale", formula(self.spatial_scale))
        if self.mode not in ("avg", "max"):
            raise AuthorError(f"RoIAlign: mode is avg or max, not {self.mode!r}")
        if self.mode == "max" and not known(ratio):
            raise AuthorError(
                "RoIAlign: the maximum needs a number of samples, but sampling_ratio is "
                f"{'adaptive (0)' if known(ratio) == 0 else 'symbolic'}"
            )

    def bins(self) -> Formulas:
        """How many bins there are along height and width."""
        return self._pair("output_size")

    def start(self, n: Operand, axis: int) -> Formula:
        """Where box ``n`` begins on the map; axis 0 is y, axis 1 is x."""
        corner = product(self._corner(n, 1 - axis), formula(self.spatial_scale))
        return corner - HALF if self.aligned else corner

    def side(self, n: Operand, axis: int) -> Formula:
        """How long box ``n`` is on the map, at least 1 unless ``aligned``."""
        scale = formula(self.spatial_scale)
        ends = product(self._corner(n, 3 - axis), scale), product(self._corner(n, 1 - axis), scale)
        length = ends[0] - ends[1]
        return length if self.aligned else Call("max", (length, formula(1)))

    def samples(self, n: Operand, axis: int) -> Formula:
        """How many samples a bin has along an axis."""
        ratio = formula(self.sampling_ratio)
        if known(ratio) != 0:
            return ratio
        return Call("ceil", (self.side(n, axis) / self.bins()[axis],))

    def place(self, n: Operand, axis: int, bin_: Operand, sample: Operand) -> Formula:
        """``start + bin*b + (sample + 1/2)*b/samples`` with ``b = side/bins``: a point on the map.

        The middle of the only sample of bin 0 lies half a bin behind the start.
        """
        width = self.side(n, axis) / self.bins()[axis]
        inner = (formula(sample) + HALF) * width / self.samples(n, axis)
        return self.start(n, axis) + product(formula(bin_), width) + inner

    def sample(self, c: Operand, at: Formulas) -> Formula:
        """The map's channel ``c`` at a point (y, x): bilinear, 0 farther than 1 outside."""
        size = self._pair("input_size")
        near = tuple(
            condition
            for place, length in zip(at, size, strict=True)
            for condition in (Compare("<=", -1, place), Compare("<=", place, length))
        )
        inner = clamped(at[0], size[0]), clamped(at[1], size[1])
        channel = formula(c)
        value = sampled(inner, size, lambda i, j: Index(self.input, (channel, i, j)))
        return Bracket(And(near)) * value

    def forward(self, n: Operand, c: Operand, i: Operand, j: Operand) -> Formula:
        """Bin (i, j) of box ``n`` in channel ``c``."""
        return apart(self._rule, n, c, i, j)

    def _rule(self, n: Formula, c: Formula, i: Formula, j: Formula) -> Formula:
        if self.mode == "max":
            ratio = known(formula(self.sampling_ratio)) or 1
            taps = pairs(range(ratio), range(ratio))
            values = [self._at(n, c, (i, j), tap) for tap in taps]
            return Call("max", tuple(values)) if len(values) > 1 else values[0]
        rows, columns = self.samples(n, 0), self.samples(n, 1)
        value = self._at(n, c, (i, j), (Symbol("a"), Symbol("b")))
        summed = over(value, ("a", rows), ("b", columns))
        if known(rows) == known(columns) == 1:
            return self._at(n, c, (i, j), (0, 0))
        number = product(rows, columns)
        if known(number) is None:
            number = Call("max", (number, Rational(1)))
        return summed / number

    def output(self) -> Array:
        """The bins of box n and channel c, an array of shape ``output_size``."""
        entry = self.forward(*map(Symbol, "ncpq"))
        return Array(self.bins(), ("p", "q"), entry)

    def _at(self, n: Operand, c: Operand, bin_: Pair, tap: Pair) -> Formula:
        rows = self.place(n, 0, bin_[0], tap[0])
        return self.sample(c, (rows, self.place(n, 1, bin_[1], tap[1])))

    def _corner(self, n: Operand, number: int) -> Formula:
        return Index(self.boxes, (formula(n), formula(number)))

    def _pair(self, name: str) -> Formulas:
        height, width = getattr(self, name)
        return formula(height), formula(width)
