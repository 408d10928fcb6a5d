"""What one would write instead of a key: every mistake applied to every view of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from symcnn.diagnosis.context import Context
from symcnn.diagnosis.mistake import Mistake
from symcnn.diagnosis.named_numbers import named_numbers
from symcnn.diagnosis.places import expanded, several, tidy
from symcnn.formula.domains import Domain, Given
from symcnn.formula.nodes import Formula, Rational, number
from symcnn.formula.traverse import substitute, walk

MOST = 600
_LONG = 80  # nodes of a key of which fewer mutations are tried
_POSITIVE = Domain("integer", Rational(1))


class Mutant(NamedTuple):
    """A wrong formula and the place of its mistake in the order of mistakes."""

    rank: int
    formula: Formula


class View(NamedTuple):
    """A spelling of the key to work on, and what stands for the names that it was given."""

    formula: Formula
    context: Context
    values: dict[str, Formula]


def views(reference: Formula, given: Given, known: tuple[str, ...]) -> list[View]:
    """The key tidied, multiplied out, and where it is a number, under usual names."""
    ordered = Context(reference, given, known).arrays
    flat = tidy(reference, ordered=ordered)
    context = Context(flat, given, known)
    found = [View(flat, context, {})]
    wide = None if ordered else expanded(flat)
    if wide is not None:
        found.append(View(wide, context, {}))
    named = named_numbers(flat)
    if named is not None:
        formula, numbers = named
        domains = Given(tuple((name, _POSITIVE) for name in numbers))
        inner = Context(formula, domains, tuple(numbers))
        values = {name: number(value) for name, value in numbers.items()}
        found.append(View(formula, inner, values))
        wide = expanded(formula)
        if wide is not None:
            found.append(View(wide, inner, values))
    return found


def mutants(
    reference: Formula, given: Given, known: tuple[str, ...], mistakes: tuple[Mistake, ...]
) -> Iterator[Mutant]:
    """Each wrong formula once for each mistake that leads to it, in the order of mistakes."""
    spelled = views(reference, given, known)
    size = sum(1 for _ in walk(reference))
    most, each_most = (MOST, 40) if size < _LONG else (MOST // 2, 12)
    count = 0
    for rank, mistake in enumerate(mistakes):
        seen: set[Formula] = set()
        for view in spelled:
            for formula in several(mistake.mutate(view.formula, view.context), each_most):
                made = substitute(formula, view.values)
                if made in seen:
                    continue
                seen.add(made)
                yield Mutant(rank, made)
                count += 1
                if count >= most:
                    return
