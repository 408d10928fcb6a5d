"""Numbers and names for each spatial axis of a layer."""

from __future__ import annotations

from typing import Any

from symcnn.errors import AuthorError


def spread(owner: str, name: str, value: Any, dimensions: int) -> tuple[Any, ...]:
    """One value for each axis: a tuple has one for each, anything else stands for all of them.

    Raises AuthorError for a tuple of another length.

    >>> spread("Conv2d", "stride", 2, 2), spread("Conv2d", "stride", (1, 2), 2)
    ((2, 2), (1, 2))
    """
    if not isinstance(value, tuple):
        return (value,) * dimensions
    if len(value) != dimensions:
        raise AuthorError(
            f"{owner}: {name} has {len(value)} numbers, but the layer has {dimensions} spatial "
            f"{'axis' if dimensions == 1 else 'axes'}"
        )
    return value


def alone(values: tuple[object, ...]) -> object:
    """The value itself where there is one axis only."""
    return values[0] if len(values) == 1 else values


def axis_names(letter: str, dimensions: int) -> tuple[str, ...]:
    """The letter itself for one axis, else the letter with the number of each axis.

    >>> axis_names("o", 2)
    ('o_1', 'o_2')
    """
    if dimensions == 1:
        return (letter,)
    return tuple(f"{letter}_{axis + 1}" for axis in range(dimensions))
