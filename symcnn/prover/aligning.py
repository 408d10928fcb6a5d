"""Sums and products over the same terms, brought to one range: what is beyond it is written out.

``S(l..n+1)`` becomes ``S(l..n) + term(n+1)`` where ``S(l..n)`` is there as well and the range
``l..n`` is known not to be shorter than empty; products alike, and ``factorial(n)`` is a product.
Only sums outside of the scope of other bound variables are looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from symcnn.formula.binders import Binder, Product, Sum
from symcnn.formula.nodes import Call, Formula, Rational, Symbol, add, mul, negative
from symcnn.formula.polynomials import (
    Polynomial,
    TooLarge,
    as_formula,
    constant,
    plus,
    polynomial,
)
from symcnn.formula.traverse import bound_variables, substitute
from symcnn.prover import signs
from symcnn.prover.domains import Facts
from symcnn.prover.rational import equal

MOST = 8
ROUNDS = 4
_COUNTER = "k" + "'" * 11


class Range(NamedTuple):
    """The ends of a range as polynomials."""

    low: Polynomial
    high: Polynomial


class Member(NamedTuple):
    """A sum of a group, with its range in the counting of the first one: ``own + shift``."""

    node: Binder
    shift: int
    ends: Range


def free_binders(f: Formula) -> Iterator[Binder]:
    """Sums and products over a range that stand in no scope, in the order of writing."""
    if isinstance(f, Binder) and f.low is not None:
        yield f
    if not bound_variables(f):
        for child in f.children():
            yield from free_binders(child)


def outside_scopes(f: Formula, change: Callable[[Formula], Formula | None]) -> Formula:
    """What ``change`` gives for nodes outside of all scopes; None leaves a node to its parts."""
    found = change(f)
    if found is not None:
        return found
    children = f.children()
    if not children or bound_variables(f):
        return f
    after = tuple(outside_scopes(child, change) for child in children)
    same = all(old is new for old, new in zip(children, after, strict=True))
    return f if same else f.rebuild(after)


def aligned(formulas: tuple[Formula, ...], facts: Facts) -> tuple[Formula, ...]:
    """The formulas over as few different sums and products as literal differences allow.

    >>> from symcnn.formula.domains import Domain, Given
    >>> from symcnn.formula.nodes import Index
    >>> n, i = Symbol("n"), Symbol("i")
    >>> facts = Facts(Given((("n", Domain("integer", Rational(0))),)))
    >>> short = Sum(Index("x", (i,)), "i", Rational(1), n)
    >>> aligned((short, Sum(Index("x", (i,)), "i", Rational(1), n + 1)), facts)[1].args[1]
    Index('x', (Add((Rational(1), Symbol('n'))),))
    """
    found = tuple(outside_scopes(f, lambda node: _as_product(node, facts)) for f in formulas)
    for _ in range(ROUNDS):
        changes = _changes(found, facts)
        if not changes:
            break
        found = tuple(outside_scopes(f, changes.get) for f in found)
    return found


def _as_product(node: Formula, facts: Facts) -> Formula | None:
    match node:
        case Call("factorial", (inner,)) if signs.nonnegative(inner, facts):
            return Product(Symbol(_COUNTER), _COUNTER, Rational(1), inner)
    return None


def _changes(formulas: tuple[Formula, ...], facts: Facts) -> dict[Formula, Formula]:
    groups: list[list[Member]] = []
    seen = dict.fromkeys(node for f in formulas for node in free_binders(f))
    for node in seen:
        ends = ends_of(node)
        if ends is None:
            continue
        for group in groups:
            member = _joining(node, ends, group, facts)
            if member is not None:
                group.append(member)
                break
        else:
            groups.append([Member(node, 0, ends)])
    changes: dict[Formula, Formula] = {}
    for group in groups:
        common = _common([member.ends for member in group])
        if len(group) == 1 or common is None:
            continue
        first = group[0].node
        shared = type(first)(
            first.body, first.variable, as_formula(common.low), as_formula(common.high)
        )
        for member in group:
            changed = _split(member, common, shared)
            if changed != member.node:
                changes[member.node] = changed
    return changes


def ends_of(node: Binder) -> Range | None:
    """The range of a sum; None where it has none or its ends are too large."""
    if node.low is None or node.high is None:
        return None
    try:
        return Range(polynomial(node.low), polynomial(node.high))
    except TooLarge:
        return None


def literal_difference(a: Polynomial, b: Polynomial) -> int | None:
    """``a - b`` where it is a literal integer."""
    rest = plus(a, b, -1)
    if any(monomial for monomial in rest):
        return None
    value = rest.get((), 0)
    return int(value) if value == int(value) else None


def _joining(node: Binder, ends: Range, group: list[Member], facts: Facts) -> Member | None:
    first = group[0]
    if type(node) is not type(first.node):
        return None
    shifts = [0]
    for own, other in zip(ends, first.ends, strict=True):
        shift = literal_difference(other, own)
        if shift is not None and shift not in shifts:
            shifts.append(shift)
    for shift in shifts:
        moved = Range(*(plus(end, constant(shift)) for end in ends))
        common = _common([*(member.ends for member in group), moved])
        if common is None or not same_terms(node, first.node, shift, facts):
            continue
        length = plus(plus(common.high, common.low, -1), constant(1))
        if signs.nonnegative(as_formula(length), facts):
            return Member(node, shift, moved)
    return None


def same_terms(a: Binder, b: Binder, shift: int, facts: Facts) -> bool:
    """The term of a at k is the term of b at ``k + shift``, wherever both are defined."""
    counter = Symbol(_COUNTER + "'")
    left = substitute(a.body, {a.variable: counter})
    right = substitute(b.body, {b.variable: counter + shift if shift else counter})
    return left == right or equal(left, right, facts.with_integers((counter.name,))) is True


def _common(ranges: list[Range]) -> Range | None:
    """The greatest low end and the least high end; None where they are not comparable."""
    low, high = ranges[0]
    for other in ranges[1:]:
        above, below = literal_difference(other.low, low), literal_difference(other.high, high)
        if above is None or below is None or abs(above) > MOST or abs(below) > MOST:
            return None
        low = other.low if above > 0 else low
        high = other.high if below < 0 else high
    return Range(low, high)


def _split(member: Member, common: Range, shared: Formula) -> Formula:
    """The member as its first terms, the shared sum and its last terms."""
    before = literal_difference(common.low, member.ends.low) or 0
    after = literal_difference(member.ends.high, common.high) or 0
    start = plus(member.ends.low, constant(member.shift), -1)
    stop = plus(member.ends.high, constant(member.shift), -1)
    places = [plus(start, constant(k)) for k in range(before)]
    places += [plus(stop, constant(k), -1) for k in reversed(range(after))]
    node = member.node
    terms = [substitute(node.body, {node.variable: as_formula(place)}) for place in places]
    parts = (shared, *terms)
    return add(parts) if isinstance(node, Sum) else mul(parts)


def minus(a: Formula, b: Formula) -> Formula:
    """``a - b``."""
    return a + negative(b)
