"""Equations between arrays: sizes first, then entries, all of them or one generic one."""

from __future__ import annotations

from itertools import product
from typing import Any

from symcnn.claims.certificate import Certificate
from symcnn.formula.arrays import Array
from symcnn.formula.nodes import Formula, Rational, Symbol
from symcnn.prover.arrays import WRITTEN_OUT, Arrays, Shape
from symcnn.prover.domains import constant
from symcnn.prover.ladder import climb
from symcnn.prover.proof import Notes, Proof, Question


def prove_arrays(
    question: Question, reader: Arrays, rungs: tuple[Any, ...], notes: Notes
) -> Proof | None:
    """Equal shapes and equal entries, or numbers in which arrays occur. Raises `Misfit`."""
    left, right = reader.shape(question.lhs), reader.shape(question.rhs)
    if left is None and right is None:
        numbers = Question(reader.number(question.lhs), reader.number(question.rhs), question.facts)
        return climb(numbers, rungs, notes)
    if left is None or right is None or len(left) != len(right):
        notes.add("arrays", "the shapes differ")
        return None
    premises = []
    for a, b in zip(left, right, strict=True):
        size = climb(Question(a, b, question.facts), rungs, notes)
        if size is None:
            notes.add("arrays", "the sizes are not known to be equal")
            return None
        premises.append(size.certificate)
    sizes = Certificate("sizes", question.goal, tuple(premises))
    literal = _literal(right) or _literal(left)
    if literal is not None:
        entries = _all_entries(question, reader, literal, rungs, notes)
        rule = "entries"
    else:
        entries = _generic_entry(question, reader, right, rungs, notes)
        rule = "generic entry"
    if entries is None:
        return None
    whole = Certificate(rule, question.goal, (sizes, *(each.certificate for each in entries)))
    methods = tuple(dict.fromkeys(each.method for each in entries))
    return Proof(" and ".join((rule, *methods)) if methods else rule, whole)


def _literal(shape: Shape) -> tuple[int, ...] | None:
    sizes = [constant(size) for size in shape]
    count = 1
    for size in sizes:
        if size is None or size.denominator != 1 or size < 0:
            return None
        count *= int(size)
    return tuple(int(size or 0) for size in sizes) if count <= WRITTEN_OUT else None


def _all_entries(
    question: Question, reader: Arrays, sizes: tuple[int, ...], rungs: tuple[Any, ...], notes: Notes
) -> list[Proof] | None:
    found = []
    for place in product(*(range(size) for size in sizes)):
        at = tuple(map(Rational, place))
        lhs, rhs = reader.entry(question.lhs, at), reader.entry(question.rhs, at)
        proof = climb(Question(lhs, rhs, question.facts), rungs, notes)
        if proof is None:
            notes.add("entries", f"entry {place} is not proved")
            return None
        found.append(proof)
    return found


def _generic_entry(
    question: Question, reader: Arrays, shape: Shape, rungs: tuple[Any, ...], notes: Notes
) -> list[Proof] | None:
    names = tuple(reader.fresh(f"i{k}") for k in range(len(shape)))
    at: Shape = tuple(map(Symbol, names))
    scope: Formula = Array(shape, names, Rational(0))
    facts = question.facts.binding(scope).assuming(ranges(names, shape))
    lhs, rhs = reader.entry(question.lhs, at), reader.entry(question.rhs, at)
    proof = climb(Question(lhs, rhs, facts), rungs, notes)
    return None if proof is None else [proof]


def ranges(names: tuple[str, ...], shape: Shape) -> tuple[Formula, ...]:
    """``0 <= name < size`` for each index."""
    from symcnn.formula.conditions import Compare

    found: list[Formula] = []
    for name, size in zip(names, shape, strict=True):
        found += [Compare("<=", Rational(0), Symbol(name)), Compare("<", Symbol(name), size)]
    return tuple(found)
