"""What all normalisations share: a pool of entries, its moments, the rule, and its Jacobian.

A normalisation differs from the others only in its axes: which of them are pooled together, and
which of them the scale and the shift depend on.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from symcnn.errors import AuthorError
from symcnn.formula.arrays import Array
from symcnn.formula.conditions import And, Bracket, Compare
from symcnn.formula.differentiate import differentiate
from symcnn.formula.nodes import Call, Formula, Index, Operand, Symbol, formula, mul
from symcnn.formula.traverse import free_names, fresh
from symcnn.layers.sizes import count, exact_formula, exactly, less_one, over, product, quotient

Place: TypeAlias = "tuple[Formula, ...]"
At: TypeAlias = "Operand | tuple[Operand, ...]"
Signal: TypeAlias = Callable[..., Formula]
EPSILON = Symbol("epsilon")


@dataclass(frozen=True, slots=True)
class Axis:
    """One index of the input: its variables, its size, and its part in the normalisation.

    ``names`` are the variables of an output, of an input, of the sum in a variance and of the sum
    in a mean. A pooled axis is summed over; with ``blocks`` only over the block that the index
    lies in. The scale and the shift have one entry for each index of the ``scaled`` axes.
    """

    names: tuple[str, str, str, str]
    size: Formula
    pooled: bool = True
    scaled: bool = False
    blocks: Formula | None = None

    def block(self, index: Formula) -> Formula:
        """The number of the block: ``floor(index / length)``."""
        return Call("floor", (index / self.length(),))

    def length(self) -> Formula:
        """How many indices are pooled together."""
        if self.blocks is None:
            return self.size
        return quotient("GroupNorm", "num_groups divides num_channels", self.size, self.blocks)


def axis(name: str, size: Formula, *, pooled: bool = True, scaled: bool = False) -> Axis:
    """An axis whose variables are a letter and the same letter primed.

    >>> axis("h", Symbol("H")).names
    ('h', "h'", "h''", "h'''")
    """
    return Axis((name, f"{name}'", f"{name}''", f"{name}'''"), size, pooled, scaled)


def along(size: Operand, owner: str, name: str, *, scaled: bool = False) -> tuple[Axis, ...]:
    """The single axis of a vector: output i, input j, and k, l in sums."""
    return (Axis(("i", "j", "k", "l"), count(owner, name, size), scaled=scaled),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Normalisation(ABC):
    r"""``y[i] = weight*(x[i] - mean)/sqrt(variance + eps) + bias`` over each pool of entries.

    The variance has the divisor m, the number of entries in the pool. ``eps`` is the symbol
    epsilon unless it is given. With ``affine=False`` the scale is 1 and the shift 0. A place is one
    index, or a tuple with an index for each axis. Raises AuthorError for a negative eps, for an
    impossible size, and for a place with another number of indices than the input has.
    """

    eps: Operand = EPSILON
    affine: bool = True
    weight: str = "gamma"
    bias: str = "beta"
    input: str = "x"

    def __post_init__(self) -> None:
        found = exactly(exact_formula(self._owner(), "eps", self.eps))
        if found is not None and found < 0:
            raise AuthorError(f"{self._owner()}: eps is {found}, but it is at least 0")
        self.axes()

    @abstractmethod
    def axes(self) -> tuple[Axis, ...]:
        """The axes of the input, in the order of its indices."""

    def signal(self, *place: Operand) -> Index:
        """The input at a place."""
        return Index(self.input, tuple(map(formula, place)))

    def scale(self, at: At) -> Formula:
        """``weight`` where the place is: a symbol, or a member indexed by the scaled axes."""
        return self._parameter(self.weight, at) if self.affine else formula(1)

    def shift(self, at: At) -> Formula:
        """``bias`` where the place is."""
        return self._parameter(self.bias, at) if self.affine else formula(0)

    def parameters(self) -> Formula:
        """How many numbers are trained: a scale and a shift for each index of the scaled axes."""
        return product(2 if self.affine else 0, *(each.size for each in self.axes() if each.scaled))

    def pool_size(self) -> Formula:
        """m: how many entries share a mean and a variance."""
        return product(*(each.length() for each in self.axes() if each.pooled))

    def mean(self, at: At, signal: Signal | None = None) -> Formula:
        """``sum x / m`` over the pool of the place. ``signal`` is another input as a function."""
        return self._average(self._place(at), signal or self.signal, 3)

    def variance(self, at: At, signal: Signal | None = None, *, unbiased: bool = False) -> Formula:
        """``sum (x - mean)^2 / m`` over the pool of the place; unbiased: divided by m - 1.

        Raises AuthorError for the unbiased variance of a pool that has one entry.
        """
        place, source = self._place(at), signal or self.signal
        centre = self._average(place, source, 3)

        def square(*others: Operand) -> Formula:
            return (source(*others) - centre) ** 2

        divisor = less_one(self.pool_size()) if unbiased else None
        if divisor is not None and exactly(divisor) == 0:
            raise AuthorError(
                f"{self._owner()}: an unbiased variance divides by m - 1, but the pool has m = 1"
            )
        return self._average(place, square, 2, divisor)

    def deviation(self, at: At, signal: Signal | None = None) -> Formula:
        """``sqrt(variance + eps)``."""
        variance = self.variance(at, signal)
        eps = formula(self.eps)
        return Call("sqrt", (variance if exactly(eps) == 0 else variance + eps,))

    def normalised(self, at: At, signal: Signal | None = None) -> Formula:
        """``(x - mean) / sqrt(variance + eps)`` at the place."""
        place, source = self._place(at), signal or self.signal
        return (source(*place) - self.mean(place, signal)) / self.deviation(place, signal)

    def forward(self, at: At, signal: Signal | None = None) -> Formula:
        """``weight * normalised + bias`` at the place."""
        return self.rescaled(at, self.normalised(at, signal))

    def rescaled(self, at: At, value: Formula) -> Formula:
        """``weight * value + bias`` where the place is."""
        return self.scale(at) * value + self.shift(at) if self.affine else value

    def output(self) -> Array:
        """The output as an array of the shape of the input."""
        return self._array(0, self.forward(self._generic(0)))

    def input_jacobian(self, at: At, by: At) -> Formula:
        """``d y[at] / d x[by]`` as the rules of differentiation leave it, from `forward`."""
        return differentiate(self.forward(at), self.signal(*self._place(by)))

    def jacobian(self, at: At, by: At, signal: Signal | None = None) -> Formula:
        r"""``weight/sigma * ([at = by] - 1/m - xhat[at]*xhat[by]/m)``, 0 from pool to pool.

        Source: Ioffe and Szegedy, "Batch Normalization" (2015), section 3, with the sums carried
        out. That it is `input_jacobian` is a theorem.
        """
        place, other = self._place(at), self._place(by)
        equal = [Compare("=", one, two) for one, two in zip(place, other, strict=True)]
        size = self.pool_size()
        both = self.normalised(at, signal) * self.normalised(by, signal)
        inner = _bracket(equal) - 1 / size - both / size
        slope = self.scale(at) / self.deviation(at, signal)
        return mul((*self._same_pool(place, other), slope * inner))

    def input_gradient(self, by: At, upstream: str = "dL_dy") -> Formula:
        """``dL/dx[by] = (u - mean(u) - xhat*mean(u*xhat))/sigma`` with ``u = weight * dL/dy``."""
        place = self._place(by)

        def scaled(*others: Operand) -> Formula:
            here = Index(upstream, tuple(map(formula, others)))
            return self.scale(others) * here if self.affine else here

        def against(*others: Operand) -> Formula:
            return scaled(*others) * self.normalised(others)

        inner = scaled(*place) - self._average(place, scaled, 1)
        inner = inner - self.normalised(by) * self._average(place, against, 1)
        return inner / self.deviation(by)

    def _owner(self) -> str:
        return type(self).__name__

    def _parameter(self, name: str, at: At) -> Formula:
        pairs = zip(self._place(at), self.axes(), strict=True)
        indices = tuple(index for index, each in pairs if each.scaled)
        return Index(name, indices) if indices else Symbol(name)

    def _place(self, at: At) -> Place:
        place = tuple(map(formula, at if isinstance(at, tuple) else (at,)))
        if len(place) != len(self.axes()):
            names = ", ".join(each.names[0] for each in self.axes())
            raise AuthorError(
                f"{self._owner()}: a place has {len(place)} indices, but the input has "
                f"{len(self.axes())} ({names})"
            )
        return place

    def _generic(self, column: int) -> Place:
        return tuple(Symbol(each.names[column]) for each in self.axes())

    def _array(self, column: int, entry: Formula) -> Array:
        shape = tuple(each.size for each in self.axes())
        return Array(shape, tuple(each.names[column] for each in self.axes()), entry)

    def _average(
        self, place: Place, body: Signal, column: int, divisor: Formula | None = None
    ) -> Formula:
        """The body at every place of the pool, summed and divided by its size (or the divisor)."""
        probe = body(*(Symbol(f"{each.names[0]}_") for each in self.axes()))
        taken = frozenset(name for f in (*place, probe) for name in free_names(f))
        others, ranges = [], []
        for index, each in zip(place, self.axes(), strict=True):
            if not each.pooled:
                others.append(index)
                continue
            name = fresh(each.names[column], taken)
            ranges.append((name, each.length()))
            inside: Formula = Symbol(name)
            others.append(
                inside
                if each.blocks is None
                else product(each.length(), each.block(index)) + inside
            )
        size = self.pool_size() if divisor is None else divisor
        return over(body(*others), *ranges) / size

    def _same_pool(self, place: Place, other: Place) -> tuple[Formula, ...]:
        conditions: list[Formula] = []
        for one, two, each in zip(place, other, self.axes(), strict=True):
            if each.blocks is not None:
                conditions.append(Compare("=", each.block(one), each.block(two)))
            elif not each.pooled:
                conditions.append(Compare("=", one, two))
        return (_bracket(conditions),) if conditions else ()


def _bracket(conditions: list[Compare] | list[Formula]) -> Formula:
    return Bracket(conditions[0] if len(conditions) == 1 else And(tuple(conditions)))
