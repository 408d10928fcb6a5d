"""Hostile text: a clean refusal or a harmless reading, quickly, and nothing else."""

from __future__ import annotations

import time

import pytest

from symcnn.formula.plain import plain
from symcnn.reading import ParseError, read, read_given, read_lines

TEXTS = {
    "parentheses": "(" * 5000 + "x" + ")" * 5000,
    "open": "(" * 5000,
    "close": ")" * 5000,
    "million digits": "1" * 10**6,
    "long literal": "9" * 2000,
    "megabyte": "x + " * 250_000 + "x",
    "powers": "x^" * 3000 + "x",
    "minus": "-" * 5000 + "x",
    "factorials": "x" + "!" * 5000,
    "bars": "|" * 5000,
    "primes": "f" + "'" * 5000 + "(x)",
    "roots": r"\sqrt" * 3000 + "x",
    "fractions": r"\frac" * 3000 + "{1}{2}",
    "braces": "{" * 9000 + "}" * 9000,
    "accents": r"\hat" * 3000 + "x",
    "nested accents": r"\hat{" * 3000 + "x" + "}" * 3000,
    "subscripts": "x_{" * 3000 + "i" + "}" * 3000,
    "primes and subscripts": r"\alpha" + "x'_1'" * 2000,
    "sums": r"\sum_i" * 3000 + "x_i",
    "sums over many": r"\sum_{" + ",".join("abcdfg" * 1000) + "=1}^n x",
    "moduli": r"\alpha" + r"\bmod a" * 2000,
    "products": r"A" + r"\odot a" * 2000,
    "floor divisions": "a" + "//a" * 5000,
    "not": "not " * 4000 + "x = 1",
    "and": "x=1 and " * 2000 + "x=1",
    "chain": "x=" * 9000 + "x",
    "begin": r"\begin{cases}" * 1000,
    "end": r"\end{cases}" * 1000,
    "matrices": "Matrix([" * 2000,
    "lists": "Vector(" + "[" * 5000,
    "Sum": "Sum(" * 4000,
    "Sums": "Sum(x,(i,1," * 1500 + "n" + "))" * 1500,
    "names": "abcdefghij" * 2000,
    "slashes": "۱/۲ + " * 3000 + "۱",
    "dollars": "$" * 19000,
    "lines": "\\\\" * 9000,
    "thousands": "1" + ",000" * 4000,
    "quotes": "'" * 19000,
    "tower": "((9^9)^9999)^9999",
    "factorial": "factorial(factorial(20))",
    "terms": "Sum(k, (k, 1, 10^12))",
    "nested terms": "Sum(Sum(1, (i, 1, 10^5)), (j, 1, 10^5))",
    "binomial": "binomial(10^9, 5*10^8)",
    "exp": "exp(10^30)",
    "families": "Sum(x_i, (i, 1, n)) + " + " + ".join(f"x_{k}" for k in range(2000)),
}


@pytest.mark.parametrize("name", TEXTS)
def test_nothing_hurts(name: str) -> None:
    start = time.process_time()
    for reader in (read, read_lines, read_given):
        try:
            reader(TEXTS[name])
        except ParseError as error:
            assert error.code
            assert len(str(error)) < 2000
    assert time.process_time() - start < 2


@pytest.mark.parametrize("name", TEXTS)
def test_what_is_read_can_be_walked(name: str) -> None:
    try:
        formula = read(TEXTS[name]).formula
    except ParseError:
        return
    assert len(plain(formula)) > 0
    assert hash(formula) == hash(formula)


@pytest.mark.parametrize(
    "name", ["tower", "factorial", "terms", "nested terms", "binomial", "exp", "megabyte",
             "million digits", "parentheses", "factorials"],
)  # fmt: skip
def test_refused(name: str) -> None:
    with pytest.raises(ParseError) as caught:
        read(TEXTS[name])
    assert caught.value.code in ("too-large", "too-long", "too-deep")


@pytest.mark.parametrize(
    "text", ["2^1000000", "factorial(1000)", "Sum(k, (k, 1, 1000))", "0.9^100", "(1/2)^20",
             "28*28*192*32*25", "1^(10^9)", "binomial(49, 6)"],
)  # fmt: skip
def test_large_but_honest(text: str) -> None:
    assert read(text).notes == ()
