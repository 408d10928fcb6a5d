"""Padding of one axis: how many zeros stand before and after the input, by number or by rule.

PyTorch's ``"same"`` exists for stride 1 alone. TensorFlow's ``SAME`` exists for every stride and
puts the odd zero at the end, so that its two ends may differ.
"""

from __future__ import annotations

from symcnn.errors import AuthorError
from symcnn.formula.frozen import frozen
from symcnn.formula.nodes import Call, Formula, Operand, formula
from symcnn.layers.geometry import literal, plus, shifted, times
from symcnn.layers.sizes import count, folded, known


@frozen
class Padding:
    """``before`` zeros in front of position 0 and ``after`` zeros behind the last position.

    >>> Padding.of(2).widened(formula(5))
    Rational(9)
    """

    before: Formula
    after: Formula

    @classmethod
    def of(cls, value: Operand | Padding | tuple[Operand, Operand], owner: str = "") -> Padding:
        """The same number at both ends, or a pair of its own. Raises AuthorError below 0."""
        if isinstance(value, Padding):
            pair: tuple[Operand, Operand] = (value.before, value.after)
        else:
            pair = value if isinstance(value, tuple) else (value, value)
        ends = (count(owner or "Padding", "padding", each, least=0) for each in pair)
        return cls(*ends)

    @property
    def is_even(self) -> bool:
        """The same number at both ends, as it is written."""
        return self.before == self.after

    def widened(self, size: Formula) -> Formula:
        """``size + before + after``."""
        if self.is_even:
            ends = literal(self.before)
            return size + 2 * self.before if ends is None else shifted(size, 2 * ends)
        return plus(self.after, plus(self.before, size))

    def narrowed(self, size: Formula) -> Formula:
        """``size - before - after``."""
        if self.is_even:
            ends = literal(self.before)
            return size - 2 * self.before if ends is None else shifted(size, -2 * ends)
        return size - self.before - self.after


def same(kernel_size: Operand, dilation: Operand = 1) -> Padding:
    """PyTorch's ``padding="same"`` for stride 1: the output has the size of the input.

    ``dilation*(kernel_size - 1)`` zeros in all, ``floor`` of half of them before. Source:
    torch.nn.Conv2d.

    >>> same(4) == Padding.of((1, 2))
    True
    """
    total = times(formula(dilation), formula(kernel_size) - 1)
    return _split(folded(total))


def tensorflow_same(
    input_size: Operand, kernel_size: Operand, stride: Operand = 1, dilation: Operand = 1
) -> Padding:
    """TensorFlow's ``SAME``: ``ceil(input_size/stride)`` outputs, the odd zero at the end.

    ``max((ceil(n/s) - 1)*s + dilation*(kernel_size - 1) + 1 - n, 0)`` zeros in all. Source: the
    notes on padding of tf.nn.

    >>> tensorflow_same(5, 2, stride=2) == Padding.of((0, 1))
    True
    """
    size, step = formula(input_size), formula(stride)
    windows = tensorflow_same_size(size, step)
    reach = times(formula(dilation), formula(kernel_size) - 1) + 1
    total = Call("max", (times(step, windows - 1) + reach - size, formula(0)))
    return _split(folded(total))


def tensorflow_valid() -> Padding:
    """TensorFlow's ``VALID``: no padding.

    >>> tensorflow_valid() == Padding.of(0)
    True
    """
    return Padding(formula(0), formula(0))


def tensorflow_same_size(input_size: Operand, stride: Operand = 1) -> Formula:
    """``ceil(input_size/stride)``: how many outputs ``SAME`` gives, whatever the kernel.

    >>> str(tensorflow_same_size(5, 2).value)
    '3'
    """
    return folded(Call("ceil", (formula(input_size) / formula(stride),)))


def tensorflow_valid_size(
    input_size: Operand, kernel_size: Operand, stride: Operand = 1, dilation: Operand = 1
) -> Formula:
    """``ceil((input_size - dilation*(kernel_size - 1))/stride)``: how many outputs VALID gives.

    >>> str(tensorflow_valid_size(7, 3, 2).value)
    '3'
    """
    left = formula(input_size) - times(formula(dilation), formula(kernel_size) - 1)
    return folded(Call("ceil", (left / formula(stride),)))


def by_name(
    name: str, owner: str, kernel_size: Operand, stride: Operand, dilation: Operand
) -> Padding:
    """The padding that PyTorch's ``"same"`` or ``"valid"`` stands for.

    Raises AuthorError for another word, and for ``"same"`` with a stride that is not 1.

    >>> by_name("same", "Conv1d", 3, 2, 1)
    Traceback (most recent call last):
        ...
    symcnn.errors.AuthorError: Conv1d: padding "same" needs stride 1, but the stride is 2; use \
tensorflow_same(...) for the rule of TensorFlow
    """
    if name == "valid":
        return tensorflow_valid()
    if name != "same":
        raise AuthorError(f'{owner}: padding is a number, "same" or "valid", not {name!r}')
    if known(formula(stride)) != 1:
        shown = known(formula(stride))
        raise AuthorError(
            f'{owner}: padding "same" needs stride 1, but the stride is '
            f"{'symbolic' if shown is None else shown}; use tensorflow_same(...) for the rule of "
            "TensorFlow"
        )
    return same(kernel_size, dilation)


def _split(total: Formula) -> Padding:
    before = folded(Call("floor", (total / 2,)))
    return Padding(before, folded(total - before))
