"""Many spellings of one answer: sound rewritings of the formula, then other ways of typing it.

The rewritings are those of the soundness generator and know nothing of the prover. What `typed`
does to a text leaves its meaning alone: other digits, signs of multiplication, subscripts, dollars.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from random import Random

from symcnn.formula import Formula, Rational
from symcnn.formula.domains import Domain
from symcnn.formula.latex import latex
from symcnn.formula.plain import plain
from symcnn.formula.traverse import free_names
from symcnn.reading import read, read_given
from tests.soundness.generate import one_step, size
from tests.soundness.rewritings import ALGEBRA, Rule
from tests.soundness.rewritings_functions import ROUNDING, cases_rules
from tests.soundness.rewritings_sums import (
    constant_out,
    linear,
    rename_dummy,
    reverse,
    shift_dummy,
    split_off,
)
from tests.soundness.worlds import World

PRODUCTS: tuple[Rule, ...] = (rename_dummy, shift_dummy, split_off, linear, constant_out)
RULES: dict[str, tuple[Rule, ...]] = {
    "": (),
    "rounding": ROUNDING,
    "cases": (cases_rules,),
    "products": PRODUCTS,
    "sums": (*PRODUCTS, reverse),
}
LARGEST = 70  # nodes
_PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_CHANNELS = re.compile(r"(?<![A-Za-z\\])([CP])_(in|out)(?![A-Za-z])")
_BRACED = re.compile(r"([CP])_\{(in|out)\}")
_QUOTIENT = re.compile(r"\d\s*/\s*\d")  # in Persian digits this may be a decimal mark
_PLAIN_ONLY = re.compile(r"(?:Sum|Prod|Matrix|Cases)\(|\^\d\d")  # in LaTeX something else
_SQUARE = re.compile(r"\^(?:2|\{2\})(?![\d.])")
_NUMBER = re.compile(r"(?<![\w_{^\\.,])\d+(?![\d.,%}])")


def rewritten(text: str, given: str, rules: str, rng: Random) -> str:
    """Another formula that equals the text wherever ``given`` holds, printed."""
    formula, world = _meant(text, given)
    own = RULES[rules]
    for _ in range(rng.randint(1, 3)):
        chosen = own if own and rng.random() < 0.5 else ALGEBRA
        step = one_step(formula, chosen, world, rng)
        if step is not None and size(step[1]) <= LARGEST:
            formula = step[1]
    return latex(formula) if rng.random() < 0.4 else plain(formula)


@lru_cache(maxsize=64)
def _meant(text: str, given: str) -> tuple[Formula, World]:
    assumptions = read_given(given)
    formula = read(text, assumptions).formula
    names = [(name, assumptions.domain(name)) for name in sorted(free_names(formula))]
    return formula, World(tuple((name, _said(domain)) for name, domain in names if domain))


def _said(domain: Domain) -> str:
    """The domain in the words of the generator; only those that its rules make use of."""
    if domain.indices:
        return "indexed real"
    low = domain.low.value if isinstance(domain.low, Rational) else None
    if domain.kind == "integer":
        known = {0: "nonnegative integer", 1: "positive integer", 2: "integer >= 2"}
        return "integer" if low is None else known.get(int(low), "integer")
    return "positive real" if low == 0 and domain.low_open else "real"


def typed(text: str, rng: Random) -> str:
    """The same text as another hand types it."""
    in_latex = "\\" in text
    for way in rng.sample(_WAYS, 2):
        text = way(text, in_latex, rng)
    if rng.random() < 0.25 and not _PLAIN_ONLY.search(text):
        left, right = rng.choice((("$", "$"), ("$$ ", " $$"), (r"\(", r"\)"), ("$", ".$")))
        text = left + text + right
    return text


def _digits(text: str, in_latex: bool, rng: Random) -> str:
    if _QUOTIENT.search(text):
        return text
    table = rng.choice((_PERSIAN, _ARABIC))
    return _NUMBER.sub(lambda found: found[0].translate(table), text)


def _times(text: str, in_latex: bool, rng: Random) -> str:
    if "**" in text:
        return text
    if in_latex:
        return text.replace(r" \cdot ", rng.choice((r" \times ", r" \cdot ", " * ")))
    return text.replace("*", rng.choice((" * ", "×", " · ", "*")))


def _subscripts(text: str, in_latex: bool, rng: Random) -> str:
    ways = ("\\1_{\\2}", "\\1_{\\\\text{\\2}}", "\\1_{\\\\mathrm{\\2}}", "\\1_{ \\2 }")
    way = rng.choice(ways)
    return _CHANNELS.sub(way, text) if "{" not in text else _BRACED.sub(way, text)


def _squares(text: str, in_latex: bool, rng: Random) -> str:
    ways = ("^{2}", "²", "^{۲}") if in_latex else ("²", "**2", "^۲", "^ 2")
    return _SQUARE.sub(rng.choice(ways), text)


def _minus(text: str, in_latex: bool, rng: Random) -> str:
    return text.replace(" - ", rng.choice((" − ", "-", " -  ")))


def _spaces(text: str, in_latex: bool, rng: Random) -> str:
    return text.replace(" + ", rng.choice(("+", "  +  ", " + "))).replace(", ", ",")


def _floor(text: str, in_latex: bool, rng: Random) -> str:
    """``floor(x)`` with the signs of rounding down."""
    at = text.find("floor(")
    if at < 0 or in_latex:
        return text
    depth = 0
    for end in range(at + 5, len(text)):
        depth += {"(": 1, ")": -1}.get(text[end], 0)
        if depth == 0:
            left, right = rng.choice((("⌊", "⌋"), (r"\lfloor ", r" \rfloor ")))
            return text[:at] + left + text[at + 6 : end] + right + text[end + 1 :]
    return text


_WAYS: tuple[Callable[[str, bool, Random], str], ...] = (
    _digits, _times, _subscripts, _squares, _minus, _spaces, _floor,
)  # fmt: skip
