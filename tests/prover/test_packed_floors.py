"""Floors as generators: the form has the value of the formula, and equal floors are one form."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from symcnn.formula.domains import Domain
from symcnn.formula.meaning import evaluate
from symcnn.formula.nodes import Rational
from symcnn.prover.packed import Outside, Packed, fraction, times
from symcnn.prover.packed_floors import Floors, Integers
from symcnn.prover.packed_values import value_at
from symcnn.prover.rational_key import RationalKey
from symcnn.reading import read, read_given

POSITIVE, INTEGER = Domain("integer", Rational(1)), Domain("integer")
DOMAINS = {"N": POSITIVE, "S": POSITIVE, "a": POSITIVE, "b": POSITIVE, "P": INTEGER, "x": Domain()}
SORTS = Integers(DOMAINS)
GIVEN = read_given("N, S, a, b: positive integer; P: integer; x: real")

EQUAL = """
floor((N - 1)/S) + 1 | ceil(N/S)
floor((N + S - 1)/S) | ceil(N/S)
-floor(-N/S) | ceil(N/S)
floor((N - 1)/2) + 1 | ceil(N/2)
floor((N + 2*P - a + S)/S) | floor((N + 2*P - a)/S) + 1
floor(floor(N/a)/b) | floor(floor(N/b)/a)
floor((floor(N/a) + P)/b) | floor((N + a*P)/(a*b))
floor(2*N/(4*S)) | floor(N/(S + S))
floor(N*a/(S*a)) | floor(N/S)
floor((3*N + 1)/3) | N
ceil(1/S) | 1
floor(-1/S) | -1
floor((P*S - N)/S) | P - ceil(N/S)
x*floor(N/S)/x | floor(N/S)
mod(N + 3*S, S) | N - S*floor(N/S)
"""
DIFFERENT = """
floor((N - 1)/S) + 1 | ceil((N + 1)/S)
floor(N/S) + 1 | ceil(N/S)
-floor(-N/S) | floor(N/S)
floor(N/2) | N/2
floor(floor(N/a)/b) | floor(N/a)
floor((floor(N/a) + P)/b) | floor((N + P)/(a*b))
floor((2*N + 1)/(2*S)) | ceil(N/S)
ceil(1/S) | 0
floor((N + P)/S) | floor(N/S) + P
mod(N + a, S) | mod(N, S) + a
"""
NOT_TAKEN = ["floor(x/S)", "floor(N/P)", "floor(N/(S + a))", "floor(floor(N/a)*b/S)", "abs(N)"]


def form(text: str, floors: Floors) -> tuple[Packed, Packed | None]:
    return fraction(read(text, GIVEN).formula, SORTS.names, floors)


def pairs(lines: str) -> list[list[str]]:
    return [line.split(" | ") for line in lines.strip().split("\n")]


@pytest.mark.parametrize(("one", "other"), pairs(EQUAL))
def test_equal_floors_have_one_form(one: str, other: str) -> None:
    floors = Floors(SORTS)
    (a, b), (c, d) = form(one, floors), form(other, floors)
    assert (a if d is None else times(a, d)) == (c if b is None else times(c, b))


@pytest.mark.parametrize(("one", "other"), pairs(DIFFERENT))
def test_near_misses_are_refuted_with_values(one: str, other: str) -> None:
    key = RationalKey.of(read(other, GIVEN).formula, GIVEN, DOMAINS)
    assert key is not None
    assert key.kind(read(one, GIVEN).formula) == "refuted"


@pytest.mark.parametrize("text", NOT_TAKEN)
def test_what_no_rule_covers_is_outside(text: str) -> None:
    with pytest.raises(Outside):
        form(text, Floors(SORTS))


def test_a_floor_beside_a_divisor_that_may_be_0_is_not_decided() -> None:
    key = RationalKey.of(read("floor(N/S)", GIVEN).formula, GIVEN, DOMAINS)
    assert key is not None
    assert key.kind(read("x*floor(N/S)/x", GIVEN).formula) is None
    assert key.kind(read("a*floor(N/S)/a", GIVEN).formula) == "proved"
    assert RationalKey.of(read("floor(N/S)/x", GIVEN).formula, GIVEN, DOMAINS) is None


def random_text(rng: random.Random, depth: int) -> str:
    terms = [
        f"{rng.randint(-4, 4)}*{name}" for name in rng.sample(["N", "S", "a", "P", "N*S", "1"], 2)
    ]
    if depth and rng.random() < 0.5:
        terms.append(random_text(rng, depth - 1))
    divisor = rng.choice(["S", "a", "2", "3", "2*S", "a*S", "S^2", "6*a"])
    return f"{rng.choice(['floor', 'ceil'])}(({' + '.join(terms)})/({divisor}))"


def test_the_form_has_the_value_of_the_formula() -> None:
    rng = random.Random(11)
    taken = 0
    for _ in range(400):
        text = random_text(rng, 1)
        floors = Floors(SORTS)
        try:
            above, below = form(text, floors)
        except Outside:
            continue
        taken += 1
        for _ in range(4):
            values = {name: rng.randint(1, 9) for name in DOMAINS} | {"P": rng.randint(-9, 9)}
            at = floors.at(tuple(values.values()))
            found = Fraction(value_at(above, at))
            found = found if below is None else found / value_at(below, at)
            point = {name: Fraction(value) for name, value in values.items()}
            assert found == evaluate(read(text, GIVEN).formula, point), (text, values)
    assert taken > 250


def test_too_many_floors_are_outside() -> None:
    text = " + ".join(f"floor((N*a + {number})/(a*b))" for number in range(9))
    with pytest.raises(Outside):
        form(text, Floors(SORTS))


def test_constants_and_functions_of_several_numbers_are_outside() -> None:
    for text in ("infinity", "pi", "max(N, S)", "mod(N, P)", "mod(x, S)"):
        with pytest.raises(Outside):
            form(text, Floors(SORTS))


def test_a_divisor_with_negative_exponents_may_be_0_where_one_of_its_names_may() -> None:
    sorts = Integers({"N": POSITIVE, "x": Domain(), "S": POSITIVE})
    N, x, S = (sorts.names[name] for name in ("N", "x", "S"))
    floors = Floors(sorts)
    assert all(map(floors.never_0, ({N: 2}, {N + S: 1}, {-N: 1}, {S - N: 3}, {0: 5})))
    assert not any(map(floors.never_0, ({x: 1}, {x - N: 1}, {S - x: 1}, {-x: 1}, {N: 1, S: 1})))


def test_what_numerator_and_divisor_share_is_no_part_of_a_floor() -> None:
    sorts = Integers(dict.fromkeys("NSK", POSITIVE))
    N, S, K = (sorts.names[name] for name in "NSK")
    floors = Floors(sorts)
    short = floors.called("ceil", [({K: 1}, {S: 1})])
    assert floors.called("ceil", [({K + N: 1}, {S + N: 1})]) == short
    assert floors.called("ceil", [({N: 1}, {N: 2})]) == ({0: 1}, None)
    assert floors.called("ceil", [({K + N: 1}, {S: 1})]) != short


@pytest.mark.parametrize("answer", ["mod(x*N, x)", "x*N - x*floor(x*N/x)", "floor(N*x/x) - N"])
def test_a_divisor_that_is_cancelled_still_has_to_be_other_than_0(answer: str) -> None:
    anywhere = RationalKey.of(Rational(0), read_given("x: real; N: integer"), ("x", "N"))
    nowhere = RationalKey.of(Rational(0), read_given("x: real; x = 0; N: integer"), ("x", "N"))
    assert anywhere is not None and nowhere is not None
    given = read_given("x: real; N: integer")
    candidate = read(answer, given).formula
    assert (anywhere.kind(candidate), nowhere.kind(candidate)) == ("proved", None)
    assert (anywhere.kind(candidate + 1), nowhere.kind(candidate + 1)) == ("refuted", None)
