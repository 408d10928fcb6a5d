"""The bridge to SymPy, one table each way. In this storey SymPy is imported here and when called.

SymPy proposes, it never decides: what comes back is a formula like any other. Three meanings differ
and are ours once an expression has been read: a sum whose low end lies beyond its high end is empty
(SymPy reverses it), roots of negatives are undefined (SymPy's are complex), and a binomial is 0
outside ``0 <= k <= n``.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

from symcnn.errors import AuthorError
from symcnn.formula.domains import Given
from symcnn.formula.nodes import Formula, number
from symcnn.formula.sympy_assumptions import facts_of
from symcnn.formula.sympy_reader import SympyReader
from symcnn.formula.sympy_writer import SympyWriter


def to_sympy(formula: Formula, domains: Given | None = None) -> Any:
    """The formula under SymPy's own types, unevaluated and in the order as written where it can be.

    A symbol gets the assumptions that ``domains`` justifies, an undeclared one none. Raises
    AuthorError for what SymPy cannot say (gcd, products of vectors, arrays by rule that are no
    matrices).

    >>> from symcnn.formula.nodes import Symbol
    >>> to_sympy(Symbol("b") * 2 + Symbol("a") / Symbol("a")).args
    (b*2, a/a)
    """
    import sympy

    return SympyWriter(sympy, domains or Given()).write(formula)


def from_sympy(expr: Any, given: Given | None = None) -> Formula:
    """The formula that a SymPy expression, relation or matrix stands for.

    Raises AuthorError for floats, for a head that the language does not have (it is named), for
    two symbols of one name and, where ``given`` is said, for a symbol that assumes more than that.

    >>> import sympy
    >>> i, j = sympy.symbols("i j", integer=True)
    >>> from symcnn.formula.plain import plain
    >>> plain(from_sympy(sympy.sqrt(i) / 2 - sympy.KroneckerDelta(i, j)))
    '1/2*sqrt(i) - Bracket(i = j)'
    """
    import sympy

    if isinstance(expr, (int, Fraction)) and not isinstance(expr, bool):
        return number(expr)
    if not isinstance(expr, (sympy.Basic, sympy.MatrixBase, sympy.NDimArray)):
        raise AuthorError(f"{expr!r} is not an expression of SymPy")
    symbols = _free_symbols(expr)
    reader = SympyReader(sympy, given, {symbol: symbol.name for symbol in symbols})
    for symbol in symbols:
        reader.check(symbol)
    return reader.read(expr)


def symbol_assumptions(expr: Any) -> dict[str, dict[str, bool]]:
    """What SymPy takes for granted about each free symbol and family, by name.

    >>> import sympy
    >>> symbol_assumptions(sympy.Symbol("K", positive=True) + 1)["K"]["positive"]
    True
    """
    return {symbol.name: facts_of(symbol) for symbol in _free_symbols(expr)}


def _free_symbols(expr: Any) -> list[Any]:
    """Free symbols and labels of families, sorted by name; AuthorError where two share a name."""
    import sympy

    found = sorted(
        (part for part in expr.free_symbols if isinstance(part, sympy.Symbol)),
        key=lambda symbol: symbol.name,
    )
    for left, right in pairwise(found):
        if left.name == right.name:
            raise AuthorError(f"two symbols of SymPy are called {left.name}: assumptions differ")
    for symbol in found:
        if not symbol.is_commutative:
            raise AuthorError(f"SymPy's symbol {symbol.name} does not commute: write a matrix")
    return found
