"""Points as certificates write them, read back: ``n = 2, x = x[0] = 1, else 0, A = Matrix([[1]])``.

Whether such a point lies inside of the assumptions is asked here as well, from the text alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction

from symcnn.formula.meaning import evaluate, holds
from symcnn.formula.nodes import Formula, Symbol, Unknown
from symcnn.formula.polynomials import polynomial
from symcnn.formula.traverse import walk
from symcnn.formula.values import ArrayValue, Family, Point, PointValue, Polynomial, Unevaluable
from symcnn.prover.domains import Facts
from symcnn.prover.points import Sampler
from symcnn.reading import read

_NAME = r"[A-Za-z][A-Za-z0-9_]*'*"
_NUMBER = re.compile(r"-?[0-9]+(?:/[0-9]+)?")
_ITEM = re.compile(rf"(?:({_NAME}) = )?(?:({_NAME})\[([-0-9, ]+)\] = |(else) )?(.+)")


def read_point(text: str, formulas: tuple[Formula, ...]) -> dict[str, PointValue]:
    """The point; functions are told by how the formulas use them.

    Raises ValueError or ParseError for text that is no point.

    >>> read_point("n = -1/2, x = x[0] = 1, else 0", ())["x"]
    Family(members={(0,): Fraction(1, 1)}, otherwise=Fraction(0, 1))
    """
    functions = {n.name for f in formulas for n in walk(f) if isinstance(n, Unknown)}
    found: dict[str, PointValue] = {}
    members: dict[tuple[int, ...], Fraction] = {}
    family = ""
    for item in items(text):
        match = _ITEM.fullmatch(item)
        if match is None:
            raise ValueError(item)
        name, member, place, other, value = match.groups()
        if member:
            family = name or family
            if member != family:
                raise ValueError(item)
            members[tuple(int(k) for k in place.split(", "))] = _number(value)
        elif other:
            found[name or family] = Family(members, _number(value))
            members, family = {}, ""
        elif name is None or members:
            raise ValueError(item)
        else:
            found[name] = _value(value, name in functions)
    if members:
        raise ValueError(text)
    return found


def items(text: str) -> Iterator[str]:
    """The parts between commas that stand in no brackets."""
    depth, start = 0, 0
    for at, letter in enumerate(text):
        depth += (letter in "([") - (letter in ")]")
        if letter == "," and depth == 0:
            yield text[start:at].strip()
            start = at + 1
    if text[start:].strip():
        yield text[start:].strip()


def _number(text: str) -> Fraction:
    top, _, bottom = text.partition("/")
    if not _NUMBER.fullmatch(text) or bottom.strip("0") == "" != bottom:
        raise ValueError(text)
    return Fraction(int(top), int(bottom or 1))


def _value(text: str, function: bool) -> PointValue:
    if function:
        return _function(text)
    if _NUMBER.fullmatch(text):
        return _number(text)
    if not text.startswith(("Matrix(", "Vector(")):
        raise ValueError(text)
    value = evaluate(read(text).formula, {})
    if not isinstance(value, ArrayValue):
        raise ValueError(text)
    return value


def _function(text: str) -> Polynomial:
    form = polynomial(read(text).formula)
    powers: dict[int, Fraction] = {}
    for monomial, coefficient in form.items():
        match monomial:
            case ():
                powers[0] = coefficient
            case ((Symbol("t"), power),):
                powers[power] = coefficient
            case _:
                raise ValueError(text)
    return Polynomial(tuple(powers.get(k, Fraction(0)) for k in range(max(powers, default=0) + 1)))


def inside(point: Point, facts: Facts, formulas: tuple[Formula, ...]) -> bool:
    """Every name that is needed has a value of its domain, and every relation holds."""
    sampler = Sampler(facts, formulas)
    if any(slot.name not in point for slot in sampler.slots):
        return False
    for slot in sampler.slots:
        value = point[slot.name]
        sorts = {"number": Fraction, "family": Family, "array": ArrayValue, "function": Polynomial}
        if not isinstance(value, sorts[slot.sort]) or not _fits(value, slot.name, facts, point):
            return False
    try:
        return sampler.admissible(point) and all(
            holds(relation, point) is True for relation in facts.relations
        )
    except (Unevaluable, KeyError):
        return False


def _fits(value: PointValue, name: str, facts: Facts, point: Point) -> bool:
    domain = facts.domains.get(name)
    if domain is None:
        return True
    match value:
        case Family(members, otherwise):
            bounds, whole = facts.bounds(name), domain.kind == "integer"
            numbers = [*members.values(), *([] if domain.support else [otherwise])]
            if domain.support and (otherwise or not _supported(members, domain.support, point)):
                return False
            return all(
                bounds.contains(each) and not (whole and each.denominator != 1)
                and not (domain.nonzero and each == 0)
                for each in numbers
            )  # fmt: skip
        case ArrayValue(shape, _) if domain.shape:
            return shape == tuple(evaluate(size, point) for size in domain.shape)
    return True


def _supported(
    members: Mapping[tuple[int, ...], Fraction],
    support: tuple[tuple[Formula, Formula], ...],
    point: Point,
) -> bool:
    ends = [(evaluate(low, point), evaluate(high, point)) for low, high in support]
    for place, value in members.items():
        for k, (low, high) in zip(place, ends, strict=True):
            if not (isinstance(low, Fraction) and isinstance(high, Fraction)):
                return False
            if value and not low <= k <= high:
                return False
    return True
