"""What the paddings, channels and names of a convolution obey, each rule with its error."""

from __future__ import annotations

from collections.abc import Sequence

from symcnn.errors import AuthorError
from symcnn.formula.nodes import Formula, Operand
from symcnn.layers.padding import Padding, by_name
from symcnn.layers.per_axis import spread
from symcnn.layers.sizes import count, quotient


def paddings(
    value: object,
    owner: str,
    labels: Sequence[str],
    shapes: Sequence[tuple[Formula, ...]],
) -> tuple[Formula | Padding, ...]:
    """The padding of each axis: one number where both ends have the same, else a `Padding`.

    ``value`` is a number, a `Padding`, a tuple of these, ``"same"`` or ``"valid"``; ``shapes`` has
    kernel size, stride and dilation of each axis. Raises AuthorError as `Padding.of` and `by_name`.

    >>> from symcnn.formula.nodes import Rational
    >>> paddings("same", "Conv1d", ["Conv1d"], [(Rational(3), Rational(1), Rational(2))])
    (Rational(2),)
    """
    if isinstance(value, str):
        found = tuple(by_name(value, owner, *shape) for shape in shapes)
    else:
        ends = spread(owner, "padding", value, len(labels))
        found = tuple(Padding.of(each, label) for each, label in zip(ends, labels, strict=True))
    return tuple(each.before if each.is_even else each for each in found)


def checked_channels(
    owner: str, in_channels: Operand | None, out_channels: Operand | None, groups: Operand
) -> dict[str, Formula]:
    """Both numbers of channels, where they are given, and that of groups, as formulas.

    Raises AuthorError where one number of channels is given without the other, where one is no
    positive integer, and where the groups do not divide them.

    >>> checked_channels("Conv1d", 4, 6, 3)
    Traceback (most recent call last):
        ...
    symcnn.errors.AuthorError: Conv1d: groups divides in_channels, but 3 does not divide 4
    """
    if (in_channels is None) != (out_channels is None):
        raise AuthorError(f"{owner}: in_channels and out_channels are given together")
    made = {"groups": count(owner, "groups", groups)}
    for name, value in (("in_channels", in_channels), ("out_channels", out_channels)):
        channels = count(owner, name, 1 if value is None else value)
        quotient(owner, f"groups divides {name}", channels, made["groups"])
        if value is not None:
            made[name] = channels
    return made


def require_different(owner: str, names: Sequence[str]) -> None:
    """Raises AuthorError where two families of a layer have one name.

    >>> require_different("Conv1d", ["w", "x", "w"])
    Traceback (most recent call last):
        ...
    symcnn.errors.AuthorError: Conv1d: weight, input and offset have different names, but they are \
'w', 'x', 'w'
    """
    if len(set(names)) < len(names):
        raise AuthorError(
            f"{owner}: weight, input and offset have different names, but they are "
            f"{', '.join(map(repr, names))}"
        )
