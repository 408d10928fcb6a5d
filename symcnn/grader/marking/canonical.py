"""One formula for all that differ only in the order of terms and factors, and in bound names.

It has the same value at every point, and is defined at the same ones; so what is found about it
holds for each of them, whoever came first. Formulas with arrays in them keep their order.
"""

from __future__ import annotations

from collections.abc import Iterable

from symcnn.formula.binders import Binder
from symcnn.formula.nodes import Add, Formula, Mul, Pow, Rational, Symbol, add, mul
from symcnn.formula.plain import plain
from symcnn.formula.traverse import free_names, rename_bound, substitute, transform, walk

_ONE, _ZERO, _INVERSE = Rational(1), Rational(0), Rational(-1)
_VARIABLES = ("i", "j", "k", "l", "m", "n", "p", "q", "r", "s", "t", "u", "v")


def canonical(formula: Formula) -> Formula:
    """The representative of a formula of numbers.

    >>> from symcnn.reading import read
    >>> texts = "2*Sum(x[q] + 1, (q, 1, m))*a", "a*2*Sum(1 + x[t], (t, 1, m))"
    >>> {plain(canonical(read(text).formula)) for text in texts}
    {'2*Sum(x[i] + 1, (i, 1, m))*a'}
    """
    return transform(_with_usual_variables(formula), _ordered)


def _with_usual_variables(formula: Formula) -> Formula:
    """Bound names by depth, outermost first, none of them a name that is used otherwise."""
    if not any(isinstance(node, Binder) for node in walk(formula)):
        return formula
    taken = set(free_names(formula))
    apart = [f"{name}_bound" for name in _VARIABLES if f"{name}_bound" not in taken]
    return _named(_named(formula, apart), [name for name in _VARIABLES if name not in taken])


def _named(node: Formula, usual: list[str]) -> Formula:
    children = node.children()
    if not children:
        return node
    inner = usual[1:] if isinstance(node, Binder) else usual
    after = node.rebuild(tuple(_named(child, inner) for child in children))
    if not isinstance(after, Binder) or not usual or after.variable == usual[0]:
        return after
    new = usual[0]
    if new in free_names(after.body):
        return after
    body, *ends = after.children()
    renamed = after.rebuild((substitute(body, {after.variable: Symbol(new)}), *ends))
    return rename_bound(renamed, {after.variable: new})


def _ordered(node: Formula) -> Formula:
    if isinstance(node, Add):
        terms = [each for each in _flat(Add, node.args) if each != _ZERO]
        terms.sort(key=lambda each: (isinstance(each, Rational), plain(each)))
        return add(terms) if terms else _ZERO
    if isinstance(node, Mul):
        factors = [each for each in _flat(Mul, node.args) if each != _ONE]
        factors.sort(
            key=lambda each: (_is_inverse(each), not isinstance(each, Rational), plain(each))
        )
        if not factors or _is_inverse(factors[0]):
            factors.insert(0, _ONE)
        return mul(factors)
    return node


def _flat(kind: type[Add] | type[Mul], args: Iterable[Formula]) -> list[Formula]:
    found: list[Formula] = []
    for each in args:
        found += each.args if isinstance(each, kind) else (each,)
    return found


def _is_inverse(factor: Formula) -> bool:
    return isinstance(factor, Pow) and factor.exponent == _INVERSE
