"""Long formulas made readable: what is repeated gets a letter and is written out once, then a long
array that is a part of them.

Only whole subformulas that no binder reaches into are named, so that putting them back gives the
formula that was decided.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from symcnn.formula.arrays import Array
from symcnn.formula.base import negative
from symcnn.formula.conditions import Condition
from symcnn.formula.nodes import Formula, Mul, Pow, Symbol
from symcnn.formula.plain import is_inverse
from symcnn.formula.traverse import bound_variables, free_names, scoped_child, walk

_LETTERS = "ABCDEFGHMQRTUVXYZ"
_MOST = 8


def abbreviated(
    formulas: Sequence[Formula],
    wide: Callable[[Formula], float],
    enough: Callable[[Sequence[Formula]], bool],
    least: float = 5.0,
) -> tuple[tuple[Formula, ...], tuple[tuple[str, Formula], ...]]:
    """The formulas with letters for what stands in them twice, and what the letters stand for; when
    that does not do, for arrays in them.

    ``wide`` measures a formula in em; what is narrower than ``least`` stays. What saves most goes
    first, until ``enough``.

    >>> a, b = Symbol("a"), Symbol("b")
    >>> wide = lambda f: 9.0 if f == a + b else 1.0
    >>> short, letters = abbreviated([(a + b) * (a + b)], wide, lambda formulas: False)
    >>> short, letters
    ((Mul((Symbol('A'), Symbol('A'))),), (('A', Add((Symbol('a'), Symbol('b')))),))
    """
    taken = {
        name
        for top in formulas
        for node in walk(top)
        for name in (*bound_variables(node), getattr(node, "name", ""))
    }
    free = [letter for letter in _LETTERS if letter not in taken]
    done, named = tuple(formulas), list[tuple[str, Formula]]()
    while free and len(named) < _MOST and not enough(done):
        counts: dict[Formula, int] = {}
        for top in done:
            _count(top, frozenset(), counts)
        long = [each for each in counts if wide(each) >= least]
        chosen = [each for each in long if counts[each] > 1] or [
            each for each in long if isinstance(each, Array) and each not in done
        ]
        if not chosen:
            break
        best = max(chosen, key=lambda each: ((counts[each] - 1) * wide(each), wide(each)))
        letter = free.pop(0)
        meant = _without_sign(best)
        named.append((letter, meant))
        for old, new in ((best, negative(Symbol(letter))), (meant, Symbol(letter))):
            if old != meant or new == Symbol(letter):
                done = tuple(_replace(top, old, new, frozenset()) for top in done)
    return done, tuple(named)


def _without_sign(formula: Formula) -> Formula:
    """``x`` where the formula is ``-x``: a letter stands for what is subtracted."""
    if isinstance(formula, Mul) and len(formula.args) > 2:
        rest = Mul(formula.args[1:])
        return rest if negative(rest) == formula else formula
    return formula


def _inner(node: Formula, position: int, bound: frozenset[str]) -> frozenset[str]:
    return bound.union(bound_variables(node)) if position == scoped_child(node) else bound


def _count(node: Formula, bound: frozenset[str], counts: dict[Formula, int]) -> None:
    whole = not bound.intersection(free_names(node))
    named = node.children() and not isinstance(node, Condition)
    if whole and named and not (isinstance(node, Pow) and is_inverse(node)):
        counts[node] = counts.get(node, 0) + 1
    for position, child in enumerate(node.children()):
        _count(child, _inner(node, position, bound), counts)


def _replace(node: Formula, old: Formula, new: Formula, bound: frozenset[str]) -> Formula:
    if node == old and not bound.intersection(free_names(node)):
        return new
    children = node.children()
    if not children:
        return node
    return node.rebuild(
        tuple(
            _replace(child, old, new, _inner(node, position, bound))
            for position, child in enumerate(children)
        )
    )
