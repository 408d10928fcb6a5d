"""One walk over a formula: its free names, how they are used, and which functions occur in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from symcnn.formula.arrays import Array, Table
from symcnn.formula.binders import Binder
from symcnn.formula.nodes import Add, Call, Formula, Index, Mul, Pow, Rational, Symbol, Unknown
from symcnn.formula.traverse import free_names
from symcnn.prover.defaults import integer_names

_ARITHMETIC = frozenset((Add, Mul, Pow, Rational))
_ARRAYS = frozenset(("trace", "det", "transpose"))
_COUNTING = frozenset(("factorial", "binomial", "gcd"))
_NOTHING: Mapping[str, int] = {}


class Look(NamedTuple):
    """Free names in order, symbols, those used as integers, families, unknown functions, heads.

    ``heads`` are the names of functions, and of the kinds of nodes that are no plain arithmetic;
    ``others`` counts the nodes that are no symbols, literals, sums or products.
    """

    names: tuple[str, ...]
    symbols: frozenset[str]
    whole: frozenset[str]
    indexed: Mapping[str, int]
    functions: frozenset[str]
    heads: frozenset[str]
    others: int = 0

    @property
    def arrays(self) -> bool:
        """An array is written in it, or a function that only arrays have."""
        return not self.heads.isdisjoint(_ARRAYS) or "Array" in self.heads or "Table" in self.heads


def look(top: Formula) -> Look:
    """What the formula mentions.

    >>> found = look(Call("floor", (Symbol("n") / Symbol("S"),)))
    >>> found.names, sorted(found.heads)
    (('n', 'S'), ['floor'])
    """
    names: dict[str, None] = {}
    symbols: set[str] = set()
    heads: set[str] = set()
    indexed: dict[str, int] = {}
    functions: set[str] = set()
    scoped = whole = False
    others = 0
    stack = [top]
    while stack:
        node = stack.pop()
        kind = type(node)
        if kind is Symbol:
            name: str = node.name  # type: ignore[attr-defined]
            names.setdefault(name)
            symbols.add(name)
            continue
        if kind is Pow:
            others += 1
        elif kind not in _ARITHMETIC:
            others += 1
            if isinstance(node, Call):
                heads.add(node.name)
                whole = whole or node.name in _COUNTING
            else:
                heads.add(kind.__name__)
                whole = True
                scoped = scoped or isinstance(node, (Binder, Array, Table))
                if isinstance(node, Index):
                    names.setdefault(node.name)
                    indexed[node.name] = len(node.indices)
                elif isinstance(node, Unknown):
                    names.setdefault(node.name)
                    functions.add(node.name)
        stack.extend(reversed(node.children()))
    return Look(
        free_names(top) if scoped else tuple(names),
        frozenset(symbols),
        integer_names(top) if whole else frozenset(),
        indexed or _NOTHING,
        frozenset(functions),
        frozenset(heads),
        others,
    )
