"""Shapes as tuples of formulas: how they are written, when they agree, what a window leaves."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias

from symcnn.errors import AuthorError
from symcnn.formula.meaning import evaluate
from symcnn.formula.nodes import Add, Call, Formula, Mul, Operand, Pow, Rational, add, formula
from symcnn.formula.plain import plain
from symcnn.formula.traverse import free_names
from symcnn.layers.padding import Padding, by_name, tensorflow_same, tensorflow_same_size
from symcnn.layers.pool_axis import PoolAxis
from symcnn.layers.relation import IndexRelation
from symcnn.layers.sizes import count, known, product

Shape: TypeAlias = tuple[Formula, ...]  # (channels, height, width), or (features,)
_PROBES = ((7, 5), (12, 11), (30, 29))  # start and step of the sizes that are put in for symbols


def shaped(owner: str, sizes: tuple[Operand, ...]) -> Shape:
    """A shape from sizes. Raises AuthorError where one is a number, but no positive integer."""
    return tuple(
        count(owner, f"size {place} of the shape", size) for place, size in enumerate(sizes)
    )


def written(shape: Shape) -> str:
    """``64 x 28 x 28``.

    >>> written(shaped("net", (64, 28, 28)))
    '64 x 28 x 28'
    """
    return " x ".join(plain(size) for size in shape)


def elements(shape: Shape) -> Formula:
    """How many values an array of the shape has."""
    return product(*shape)


def differ(a: Formula, b: Formula) -> bool:
    """Do two sizes certainly differ? Symbolic ones are compared at a few sizes; True is a proof.

    >>> from symcnn.formula import Symbol
    >>> differ(Symbol("C") * 2, 2 * Symbol("C")), differ(Symbol("C"), Symbol("C") + 1)
    (False, True)
    """
    if a == b:
        return False
    names = sorted({*free_names(a), *free_names(b)})
    for start, step in _PROBES:
        point = {name: Fraction(start + step * k) for k, name in enumerate(names)}
        ours, theirs = evaluate(a, point), evaluate(b, point)
        exact = isinstance(ours, Fraction) and isinstance(theirs, Fraction)
        if exact and ours != theirs:
            return True
    return False


def map_of(owner: str, shape: Shape, channels: Operand | None = None) -> Shape:
    """The shape itself, a feature map with these channels; AuthorError says what does not fit."""
    if len(shape) != 3:
        raise AuthorError(
            f"{owner} reads a map of channels x height x width, but gets {written(shape)}"
        )
    if channels is not None and differ(shape[0], formula(channels)):
        raise AuthorError(
            f"{owner} reads {plain(formula(channels))} channels, but gets {written(shape)}"
        )
    return shape


def relation_of(
    owner: str,
    size: Formula,
    kernel: Formula,
    stride: Formula,
    padding: Formula | str,
    dilation: Formula,
) -> IndexRelation:
    """The index relation of a window along one axis; errors begin with ``owner``.

    Padding is a number, PyTorch's "same" or "valid", or TensorFlow's "SAME" or "VALID".
    """
    zeros: Formula | Padding = formula(0)
    if isinstance(padding, Formula):
        zeros = padding
    elif padding == "SAME":
        zeros = tensorflow_same(size, kernel, stride, dilation)
    elif padding != "VALID":
        zeros = by_name(padding, owner, kernel, stride, dilation)
    return IndexRelation.gather(size, kernel, stride, zeros, dilation, owner)


def windowed(
    owner: str,
    size: Formula,
    kernel: Formula,
    stride: Formula,
    padding: Formula | str,
    dilation: Formula,
) -> Formula:
    """``floor((size + 2*padding - dilation*(kernel - 1) - 1)/stride) + 1``, floors merged.

    ``floor((floor((H - 1)/2) + 1 - 1)/2) + 1`` is written ``floor((H - 1)/4) + 1``, which is equal
    for integers; with "SAME" it is ``ceil(size/stride)``. Raises AuthorError where the kernel is
    larger than the padded input.
    """
    relation = relation_of(owner, size, kernel, stride, padding, dilation)
    if isinstance(padding, str):
        return tensorflow_same_size(size, stride) if padding == "SAME" else relation.outputs
    numbers = [known(value) for value in (kernel, stride, padding, dilation)]
    taps, step, pad, gap = (value if value is not None else 0 for value in numbers)
    if known(size) is not None or None in numbers:
        return relation.outputs
    shift = 2 * pad - gap * (taps - 1) - 1
    if step == 1:
        return _shifted(size, shift + 1)
    inner, divisor, rest = _floor_parts(size)
    above = _shifted(inner, divisor * (rest + shift))
    return Call("floor", (above / (divisor * step),)) + 1


def pooled_up(
    owner: str,
    size: Formula,
    kernel: Formula,
    stride: Formula,
    padding: Formula | str,
    dilation: Formula,
) -> Formula:
    """The output size with ``ceil_mode``: rounded up, but no window starts in the right padding."""
    if isinstance(padding, str):
        raise AuthorError(f"{owner}: ceil_mode goes with a number for the padding, not {padding!r}")
    relation_of(owner, size, kernel, stride, padding, dilation)
    axis = PoolAxis(
        input_size=size, kernel_size=kernel, stride=stride, padding=padding, dilation=dilation,
        ceil_mode=True,
    )  # fmt: skip
    return axis.output_size()


def _shifted(size: Formula, amount: int) -> Formula:
    """``size + amount``, the amount joined to the literal that a sum ends in."""
    if isinstance(size, Add) and isinstance(size.args[-1], Rational):
        last = known(size.args[-1]) or 0
        return _shifted(add(size.args[:-1]), last + amount)
    return size + amount if amount else size


def _floor_parts(size: Formula) -> tuple[Formula, int, int]:
    """``(a, m, c)`` with ``size = floor(a/m) + c``, m and c numbers."""
    rest = 0
    inner = size
    if isinstance(size, Add) and len(size.args) == 2 and known(size.args[1]) is not None:
        rest, inner = known(size.args[1]) or 0, size.args[0]
    match inner:
        case Call("floor", (Mul((above, Pow(divisor, Rational() as exponent))),)):
            number = known(divisor)
            if number is not None and known(exponent) == -1:
                return above, number, rest
    return (inner, 1, rest)
