"""Certificates of the normal form: what each subterm became, and the identity of what is left.

The premises say, one by one, how a root, a floor, an exponential was rewritten; with those put in,
both sides are one rational function of the atoms, and this is the obligation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from symcnn.claims.certificate import Certificate, Obligation
from symcnn.formula.conditions import Compare
from symcnn.formula.nodes import Call, Formula, Pow, Rational, Symbol, negative, number
from symcnn.formula.plain import plain
from symcnn.formula.traverse import (
    bound_variables,
    free_names,
    rename_bound,
    scoped_child,
    substitute,
    walk,
)
from symcnn.prover.domains import Facts
from symcnn.prover.rational import Pair, Ring, Stopped, bound_name, ring_difference
from symcnn.prover.small import small_identity

_PARTS = {"floor", "ceil", "mod"}
_SIGNED = {"abs", "sign", "relu", "max", "min"}


def over_symbols(lhs: Formula, rhs: Formula) -> Certificate | None:
    """The certificate of a small polynomial identity, found without FLINT."""
    names = small_identity(lhs, rhs)
    return None if names is None else over_names(lhs, rhs, names)


def over_names(lhs: Formula, rhs: Formula, names: tuple[Formula, ...]) -> Certificate:
    """The same where the identity, in these names, was found before."""
    return _rational(lhs, rhs, lhs, rhs, names, (), ())


def identity(lhs: Formula, rhs: Formula, facts: Facts) -> Certificate | None:
    """The certificate of ``lhs = rhs`` by normal form, None where that does not show it."""
    ring = shown(lhs, rhs, facts)
    return None if ring is None else certified(lhs, rhs, ring)


def shown(lhs: Formula, rhs: Formula, facts: Facts) -> Ring | None:
    """The ring in which ``lhs = rhs`` is seen, None where normal forms do not show it."""
    try:
        numerator, ring, _ = ring_difference(lhs, rhs, facts)
    except Stopped:
        return None
    return None if numerator else ring


def certified(lhs: Formula, rhs: Formula, ring: Ring) -> Certificate:
    """The certificate of an identity that the ring has shown."""
    table: dict[Formula, Formula] = {}
    premises = []
    for node, pair in ring.rewritten:
        if node not in table:
            became = _written(ring, pair)
            if became != node:
                table[node] = became
                premises.append(_step(node, became, ring.facts()))
    modulo = []
    if ring.settling:
        for slot in sorted(ring.roots, reverse=True):
            root = ring.roots[slot]
            power = Pow(ring.atoms[slot], Rational(root.degree))
            value = _written(ring, (root.num, root.den))
            modulo.append(f"{plain(power)} = {plain(value)}")
            premises.append(_step(power, value, ring.facts()))
    after = [_put(side, table, {}, 0) if table else side for side in (lhs, rhs)]
    atoms = tuple(ring.atoms)
    return _rational(lhs, rhs, after[0], after[1], atoms, tuple(premises), tuple(modulo))


def _rational(
    lhs: Formula,
    rhs: Formula,
    left: Formula,
    right: Formula,
    atoms: tuple[Formula, ...],
    premises: tuple[Certificate, ...],
    modulo: tuple[str, ...],
) -> Certificate:
    text = f"{plain(left)} = {plain(right)} over {'; '.join(map(plain, atoms))}"
    if modulo:
        text += f" modulo {'; '.join(modulo)}"
    goal = f"{plain(lhs)} = {plain(rhs)}"
    return Certificate(
        "rational normal form", goal, premises, Obligation("polynomial identity", text)
    )


def _written(ring: Ring, pair: Pair) -> Formula:
    above, below = ring.as_formula(pair[0]), ring.as_formula(pair[1])
    return above if below == Rational(1) else above / below


def _step(node: Formula, became: Formula, facts: Facts) -> Certificate:
    rule = rule_of(node)
    goal = f"{plain(node)} = {plain(became)}"
    text = f"{rule}: {goal}"
    granted = known_terms(node, became, facts)
    if granted:
        text += f" with {granted}"
    return Certificate(rule, goal, (), Obligation("law", text))


def known_terms(node: Formula, became: Formula, facts: Facts) -> str:
    """What is known of the symbols and members of a step: ``integer n; K, positive K``."""
    return ", ".join(f"{sort} {'; '.join(terms)}" for sort, terms in _granted(node, became, facts))


def _granted(node: Formula, became: Formula, facts: Facts) -> list[tuple[str, list[str]]]:
    """Symbols and members in the step that are integers, and what is known of their signs."""
    sorts = ("integer", "nonzero", "positive", "nonnegative", "nonpositive")
    found: dict[str, list[str]] = {sort: [] for sort in sorts}
    seen: dict[Formula, None] = {}
    for side in (node, became):
        for each in walk(side):
            if not isinstance(each, Rational) and not each.children():
                seen.setdefault(each)
    for each in seen:
        bound = isinstance(each, Symbol) and each.name.endswith("'" * 12)
        if bound or facts.integer(each):
            found["integer"].append(plain(each))
        if not bound:
            if facts.is_nonzero(each):
                found["nonzero"].append(plain(each))
            inside = facts.interval(each)
            if inside.positive:
                found["positive"].append(plain(each))
            elif inside.nonnegative:
                found["nonnegative"].append(plain(each))
            elif inside.nonpositive:
                found["nonpositive"].append(plain(each))
    for sort, term in _related(seen, facts):
        if term not in found[sort]:
            found[sort].append(term)
    return [(sort, terms) for sort, terms in found.items() if terms]


def _related(seen: Mapping[Formula, None], facts: Facts) -> Iterator[tuple[str, str]]:
    """What relations and upper ends say of these names alone, as signs of differences."""
    sorts = {">": "positive", ">=": "nonnegative", "<": "positive", "<=": "nonnegative"}
    names = {name for each in seen for name in free_names(each)}
    for relation in facts.relations:
        if not isinstance(relation, Compare) or relation.op not in sorts:
            continue
        more = relation.op.startswith(">")
        upper, lower = relation.children() if more else reversed(relation.children())
        if names.issuperset(free_names(relation)) and not (upper in seen and _zero(lower)):
            term = upper if _zero(lower) else negative(lower) if _zero(upper) else upper - lower
            yield sorts[relation.op], plain(term)
    for each in seen:
        inside = facts.interval(each)
        if inside.high is not None and inside.high > 0:
            yield (
                "positive" if inside.high_open else "nonnegative",
                plain(number(inside.high) - each),
            )


def _zero(f: Formula) -> bool:
    return f == Rational(0)


def rule_of(node: Formula) -> str:
    """The rule by which such a subterm is rewritten.

    >>> rule_of(Call("floor", (Symbol("n"),)))
    'integer parts'
    """
    match node:
        case Call(name) if name in _PARTS:
            return "integer parts"
        case Call(name) if name in _SIGNED:
            return "absolute values"
        case Call("sqrt" | "root"):
            return "roots"
        case Call("log"):
            return "logarithms"
        case Call():
            return "exponentials"
        case Pow(Call("abs" | "sqrt" | "root"), _) | Pow(_, Rational()) | Pow(Pow(), _):
            return "roots"
    return "powers"


def _put(
    f: Formula, table: Mapping[Formula, Formula], names: dict[str, Formula], depth: int
) -> Formula:
    """What subterms became in place of them; bound variables get the names of their depth."""
    shown = substitute(f, names) if names else f
    if shown in table:
        return table[shown]
    children = f.children()
    if not children:
        return shown
    bound = bound_variables(f)
    scoped = scoped_child(f)
    new = {name: bound_name(depth + k) for k, name in enumerate(bound)}
    inner = {**names, **{old: Symbol(name) for old, name in new.items()}}
    after = tuple(
        _put(child, table, inner, depth + len(bound))
        if k == scoped and bound
        else _put(child, table, names, depth)
        for k, child in enumerate(children)
    )
    return rename_bound(f.rebuild(after), new)
