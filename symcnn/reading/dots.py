"""Dots between terms: ``x_1 + x_2 + \\cdots + x_n`` is a sum, ``s_1 s_2 \\cdots s_L`` a product,
``x_1 \\\\ \\vdots \\\\ x_n`` in a column a vector.

The terms before the dots and the one after them are laid over each other. The places where they
differ must move by equal steps of a whole number, together: then they become a bound variable that
the text does not use. One term before the dots is enough where an index moves towards a name, two
where the end is a name plus or minus a number; three fix any step. Everything else has more than
one meaning and is refused: ``1 + 2 + \\cdots + 2^n``, ``1 + 3 + 5 + \\cdots + n``.
"""

from __future__ import annotations

import re

from symcnn.formula.binders import Product, Sum
from symcnn.formula.nodes import (
    Add,
    Call,
    Formula,
    Index,
    Mul,
    Pow,
    Rational,
    Symbol,
    Unknown,
    negative,
)
from symcnn.formula.traverse import substitute
from symcnn.reading.fresh_letters import variable_over
from symcnn.reading.linear import Linear, combined, difference, formula_of, linear, scaled, shifted
from symcnn.reading.names import Names
from symcnn.reading.progressions import Place, place_of

DOTS = Symbol("…")
MINUS_DOTS = negative(DOTS)
_MOST_TERMS = 12  # before the dots, that are compared
_DEEPEST = 60
_SUBSCRIPTED = re.compile(r"(.+)_([0-9]+|[A-Za-z]|ell|alpha|beta|gamma|mu|nu)('*)")
_HEADS = (Add, Mul, Pow, Call, Unknown, Index)


class _Again(Exception):
    """A name turned out to be a family or a function: the text is to be read once more."""


def count_of(parts: list[Formula]) -> int:
    """How many of the parts are dots."""
    return sum(part is DOTS or part == MINUS_DOTS for part in parts)


def filled(parts: list[Formula], node: type[Add] | type[Mul], names: Names, text: str) -> Formula:
    """The sum or product with its dots filled in; ValueError(number of the dots) where it is open.

    ``names.again`` is set where the text has to be read again; the result is of no use then.
    """
    parts = list(parts)
    number = at = 0
    while at < len(parts):
        if parts[at] is not DOTS and parts[at] != MINUS_DOTS:
            at += 1
            continue
        try:
            made = _made(parts, at, node, names, text)
        except _Again:
            names.again = True
            return parts[0]
        if made is None:
            raise ValueError(number)
        start, formula = made
        parts[start : at + 2] = [formula]
        at = start + 1
        number += 1
    return parts[0] if len(parts) == 1 else node(tuple(parts))


def listed(
    terms: list[Formula], last: Formula, names: Names, text: str
) -> tuple[Formula, str, Formula] | None:
    """How long ``x_1, x_2, ..., x_n`` is, its variable from 0 and its entry; None where it is open.

    ``names.again`` is set where the text has to be read again.
    """
    try:
        found = longest(terms, last, names)
    except _Again:
        names.again = True
        return None
    if found is None or found[0] < len(terms):
        return None
    _, template, places = found
    variable = variable_over([*terms, last], names, text)
    counter: Linear = {Symbol(variable or "i"): 1}
    values = {
        f"…{number}": formula_of(combined(place.start, counter, place.step))
        for number, place in enumerate(places)
    }
    length = formula_of(shifted(places[0].steps, 1))
    return (length, variable, substitute(template, values)) if variable else None


def _made(
    parts: list[Formula],
    at: int,
    node: type[Add] | type[Mul],
    names: Names,
    text: str,
) -> tuple[int, Formula] | None:
    """Where the terms that the dots go on from begin, and what they are together."""
    if at + 1 >= len(parts) or not at or count_of(parts[at + 1 : at + 2]):
        return None
    last = parts[at + 1]
    minus = parts[at] is not DOTS
    if minus and not (_is_negative(last) and _is_negative(parts[at - 1])):
        return None
    if not minus and node is Add and _is_negative(last):
        return None
    found = longest(parts[max(at - _MOST_TERMS, 0) : at], last, names)
    if found is None:
        return None
    count, template, places = found
    before = parts[at - count : at]
    if at > count and _continues(template, parts[at - count - 1], before[0]):
        return None
    if node is Mul and template == Symbol("…0") and at + 2 < len(parts):
        return None  # 1*2*...*2n: nobody sees where the last factor ends
    variable = variable_over([*before, last], names, text)
    if not variable:
        return None
    return at - count, _bound(template, places, variable, Sum if node is Add else Product)


def longest(
    terms: list[Formula], last: Formula, names: Names
) -> tuple[int, Formula, list[Place]] | None:
    """How many of the terms before the dots go on to the last one, and how; at most all of them."""
    found = None
    for count in range(1, len(terms) + 1):
        places: list[Place] = []
        template = _laid_over([*terms[-count:], last], places, names, 0)
        if template is not None and _together(places, count):
            found = count, template, places
        elif count >= 3:
            break
    return found


def _is_negative(term: Formula) -> bool:
    if isinstance(term, Rational):
        return term.value < 0
    return isinstance(term, Mul) and _is_negative(term.args[0])


def _laid_over(
    terms: list[Formula], places: list[Place], names: Names, depth: int, is_index: bool = False
) -> Formula | None:
    """What the terms have in common, with ``…0``, ``…1`` where they move; None if they do not."""
    first = terms[0]
    if all(term == first for term in terms):
        return first
    if depth > _DEEPEST:
        return None
    place = place_of(terms, is_index)
    if place is not None:
        places.append(place)
        return Symbol(f"…{len(places) - 1}")
    if isinstance(terms[-1], Pow):
        terms = _as_powers(terms, terms[-1].base)
        first = terms[0]
    _discover(terms, names)
    if not isinstance(first, _HEADS) or not all(_alike(first, term) for term in terms):
        return None
    columns = list(zip(*(term.children() for term in terms), strict=True))
    inner: list[Formula] = []
    again = False
    for number, column in enumerate(columns):
        before = len(places)
        try:
            part = _laid_over(list(column), places, names, depth + 1, isinstance(first, Index))
        except _Again:
            again = True  # the other columns may have families as well
            continue
        if again:
            continue
        if part is None:
            return None
        if part == Symbol(f"…{before}") and number and isinstance(first, Mul):
            _discover_function(columns[number - 1][0], names)
        inner.append(part)
    if again:
        raise _Again
    return first.rebuild(tuple(inner))


def _alike(one: Formula, other: Formula) -> bool:
    if type(one) is not type(other) or len(one.children()) != len(other.children()):
        return False
    same_name = getattr(one, "name", "") == getattr(other, "name", "")
    return same_name and getattr(one, "orders", ()) == getattr(other, "orders", ())


def _as_powers(terms: list[Formula], base: Formula) -> list[Formula]:
    """``1, x, x^2`` as powers of x; numbers stay, since 1, 2, 4 may go on in many ways."""
    if isinstance(base, Rational):
        return terms
    found = list(terms)
    for at in range(len(terms) - 2, -1, -1):
        if terms[at] == base:
            found[at] = Pow(base, Rational(1))
        elif terms[at] == Rational(1) and terms[at + 1] == base:
            found[at] = Pow(base, Rational(0))
    return found


def _discover(terms: list[Formula], names: Names) -> None:
    """``x_1`` and ``x_n`` beside dots are members of one family x."""
    bases = set()
    symbols = False
    for term in terms:
        if isinstance(term, Index):
            bases.add(term.name)
            continue
        named = _SUBSCRIPTED.fullmatch(term.name) if isinstance(term, Symbol) else None
        if named is None or names.known(named.string):
            return
        bases.add(named.group(1) + named.group(3))
        symbols = True
    if symbols and len(bases) == 1:
        base = bases.pop()
        if names.again or not names.is_family(base):
            names.use_family(base)
            raise _Again


def _discover_function(head: Formula, names: Names) -> None:
    """``f(1) + f(2) + \\cdots + f(n)`` applies f."""
    if isinstance(head, Symbol) and f"product:{head.name}" in names.notes:
        names.use_function(head.name)
        raise _Again


def _together(places: list[Place], count: int) -> bool:
    """Whether all places take equally many steps, and enough terms are written."""
    if not places or any(place.steps != places[0].steps for place in places):
        return False
    return count > 1 or any(place.is_index for place in places)


def _continues(template: Formula, earlier: Formula, first: Formula) -> bool:
    """Whether a term before those that fit looks as if it belonged to them: 1 + 3 + 4 + ... + n."""
    if template == Symbol("…0"):
        one, other = linear(earlier), linear(first)
        return one is not None and other is not None and not difference(one, other).keys() - {None}
    return _matches(template, earlier)


def _matches(template: Formula, term: Formula) -> bool:
    if template == term or (isinstance(template, Symbol) and template.name[0] == "…"):
        return True
    if not isinstance(template, _HEADS) or not _alike(template, term):
        return False
    pairs = zip(template.children(), term.children(), strict=True)
    return all(_matches(one, other) for one, other in pairs)


def _bound(
    template: Formula, places: list[Place], variable: str, node: type[Sum] | type[Product]
) -> Formula:
    """The sum or product over the variable, which is the value at a place that steps by 1.

    Without such a place that surely is a whole number, it counts the terms from 1.
    """
    counter: Linear = {Symbol(variable): 1}
    leaders = [place for place in places if abs(place.step) == 1 and place.is_whole]
    leader = max(leaders, key=lambda place: place.step, default=None)
    low: Formula = Rational(1)
    if leader is not None:
        low, high = leader.first, leader.last
        if leader.step < 0:
            low, high = high, low
        taken = scaled(difference(counter, leader.start), leader.step)
    else:
        high = formula_of(shifted(places[0].steps, 1))
        taken = shifted(counter, -1)
    values: dict[str, Formula] = {}
    for number, place in enumerate(places):
        moved = combined(place.start, taken, place.step)
        values[f"…{number}"] = formula_of(moved)
    return node(substitute(template, values), variable, low, high)
