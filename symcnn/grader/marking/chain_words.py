"""What is told about the lines of a derivation."""

from __future__ import annotations

from symcnn.claims.verdict import Refuted
from symcnn.formula.domains import Given
from symcnn.formula.plain import plain, plain_value
from symcnn.formula.values import ArrayValue, Undefined
from symcnn.grader.marking.reading import brief, short_formula
from symcnn.grader.marking.words import Teller
from symcnn.grader.marks import Remark
from symcnn.reading import read_lines
from symcnn.verifying.chain import Chain, Step
from symcnn.verifying.result import Invalid


def read(chain: Chain) -> str:
    """The formulas of all lines, as they were read."""
    found: list[str] = []
    for step in chain.links:
        result = step.result
        if step.unread or result.rhs is None:
            found.append("?")
            continue
        before = plain(result.lhs)
        if not found or found[-1] != before:
            found.append(before)
        found += [step.relation, plain(result.rhs)]
    return " ".join(found)


def line(step: Step, shift: int, naming: Given, tell: Teller) -> tuple[Remark, ...]:
    """Why a line is open; ``shift`` lines stand before the student's first."""
    number = max(1, step.line - shift)
    if step.unread:
        message = _why(step, naming, tell.lang)
        told = tell.put("chain-unread", line=tell.ltr(str(number)), message=message)
        return (Remark("readable", "line", told),)
    if isinstance(step.result.verdict, Invalid):
        return (tell.remark("readable", "line", "chain-invalid", line=number),)
    return (tell.remark("verdict", "line", "chain-open", line=number),)


def _why(step: Step, naming: Given, lang: str) -> str:
    """What is wrong with a line, in the language of the assignment."""
    for each in read_lines(step.unread, naming, unreadable=True):
        if each.error is not None:
            return brief(each.error, lang)
    verdict = step.result.verdict
    return verdict.message if isinstance(verdict, Invalid) else ""


def broken(step: Step, shift: int, tell: Teller) -> tuple[Remark, ...]:
    """Where the chain breaks, in what, and the smallest point that shows it."""
    number = max(1, step.line - shift)
    found = [tell.remark("where", "line", "chain-line", line=number)]
    if step.differs is not None:
        before, after = (short_formula(plain(each)) for each in step.differs)
        found.append(tell.remark("where", "line", "chain-differs", before=before, after=after))
    verdict = step.result.verdict
    if not isinstance(verdict, Refuted):
        return tuple(found)
    seen = verdict.witness
    values = (seen.lhs, seen.rhs)
    if any(value is None or isinstance(value, (Undefined, ArrayValue)) for value in values):
        return tuple(found)
    point = [f"{name} = {plain_value(value, name)}" for name, value in seen.values]
    own, right = (short_formula(plain_value(value)) for value in values if value is not None)
    told = tell.put(
        "chain-witness" if point else "chain-values",
        point=tell.listed([short_formula(each) for each in point]),
        before=tell.ltr(own),
        after=tell.ltr(right),
    )
    return (*found, Remark("witness", "witness", told))
