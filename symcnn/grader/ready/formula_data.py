"""Formulas as data: lists of a node's name and its fields, for JSON. No text of a formula is in it.

What is read back is a node that this list of names knows, or an AuthorError; nothing is called by
name. Numbers are hexadecimal.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any

from symcnn.errors import AuthorError
from symcnn.formula.nodes import Formula

_TUPLE, _FRACTION = "", ":"


def as_data(value: Any) -> Any:
    """A formula, or the value of one of its fields, as lists, texts and small numbers.

    >>> from symcnn.formula.nodes import Rational, Symbol
    >>> as_data(Symbol("K") + 256)
    ['Add', ['', ['Symbol', 'K'], ['Rational', [':', '100', '1'], 0]]]
    """
    if isinstance(value, Formula):
        return [type(value).__name__, *(as_data(getattr(value, name)) for name in value.fields)]
    if isinstance(value, tuple):
        return [_TUPLE, *map(as_data, value)]
    if isinstance(value, Fraction):
        return [_FRACTION, f"{value.numerator:x}", f"{value.denominator:x}"]
    assert value is None or type(value) in (str, int), f"no field holds {value!r}"
    return value


def from_data(data: Any) -> Any:
    """What `as_data` was given. Raises AuthorError for anything else.

    >>> from symcnn.formula.nodes import Symbol
    >>> from_data(as_data(2 * Symbol("K") ** 2)) == 2 * Symbol("K") ** 2
    True
    """
    if not isinstance(data, list):
        if data is None or type(data) in (str, int):
            return data
        raise AuthorError("the compiled assignment is damaged: compile it again")
    try:
        name, *fields = data
        if name == _FRACTION:
            return Fraction(int(fields[0], 16), int(fields[1], 16))
        values = tuple(map(from_data, fields))
        return values if name == _TUPLE else _nodes()[name](*values)
    except (
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        ZeroDivisionError,
    ) as error:
        raise AuthorError("the compiled assignment is damaged: compile it again") from error


@lru_cache(maxsize=1)
def _nodes() -> Mapping[str, type[Formula]]:
    """Every kind of node that a key may have."""
    from symcnn.formula import arrays, binders, conditions, nodes

    found: dict[str, type[Formula]] = {}
    for module in (nodes, conditions, binders, arrays):
        for name, kind in vars(module).items():
            if isinstance(kind, type) and issubclass(kind, Formula) and kind.fields:
                found[name] = kind
    return found
