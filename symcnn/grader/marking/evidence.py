"""What is told about an answer to a formula question that is not right, as remarks.

Reads results that the checker made; decides nothing.
"""

from __future__ import annotations

from symcnn.claims.verdict import Proved, Refuted
from symcnn.formula.conditions import Condition
from symcnn.formula.nodes import Formula
from symcnn.formula.plain import plain, plain_value
from symcnn.formula.values import ArrayValue, Undefined, Value
from symcnn.grader.marking.conditions import Conditions, is_plain
from symcnn.grader.marking.reading import short_formula
from symcnn.grader.marking.words import Teller
from symcnn.grader.marks import Remark
from symcnn.prover.witness import differ
from symcnn.verifying.result import Result, Where

_FAMILIES = 160  # characters that the values of a point may take


def where(found: Where | None, answer: Formula, tell: Teller) -> tuple[Remark, ...]:
    """The part that fails."""
    if found is None:
        return ()
    told = ""
    if found.kind == "undefined":
        told = tell.say("where undefined")
    elif found.kind == "shape":
        _, _, size = found.text.partition("the shape: ")
        if size.startswith("this is"):
            told = tell.say("where number" if "number" in size else "where matrix")
        else:
            told = tell.say("where shape", shape=size.replace("x", "×"))
    elif found.kind == "case":
        _, _, case = found.text.partition(", when ")
        told = tell.say("where case", case=case) if case else tell.say("where otherwise")
    elif found.kind == "entry":
        numbers = "".join(c if c.isdigit() else " " for c in found.text).split()
        told = tell.say("where entry", entry=", ".join(numbers))
    return (Remark("where", "where", told),) if told else ()


def condition(
    conditions: Conditions, answer: Formula, tell: Teller, code: str
) -> tuple[Remark, ...]:
    """When it would be right: told early where it says nothing about the right answer."""
    told = tell.listed([plain(each) for each in conditions])
    level = "where" if is_plain(conditions, answer) else "witness"
    return (Remark(level, "condition", tell.put(code, condition=told)),)


def witness(result: Result, tell: Teller) -> tuple[Remark, ...]:
    """The smallest point at which the answer differs, with both values."""
    verdict = result.verdict
    if not isinstance(verdict, Refuted):
        return ()
    found = verdict.witness
    point = [f"{name} = {plain_value(value, name)}" for name, value in found.values]
    if sum(map(len, point)) > _FAMILIES:
        point = [f"{n} = {plain_value(v, n)}" for n, v in found.values if n in _own(result)]
    shown = tell.listed([short_formula(each) for each in point])
    if isinstance(result.lhs, Condition):
        if not point:
            return ()
        return (Remark("witness", "witness", tell.put("witness-condition", point=shown)),)
    own, right = _values(found.lhs, found.rhs)
    if right is None or isinstance(right, Undefined):
        return ()
    parts = {"right": tell.ltr(_shown(right))}
    if own is None or isinstance(own, Undefined):
        code = "witness-undefined"
    else:
        parts["own"] = tell.ltr(_shown(own))
        code = "witness"
    if not point:
        if code == "witness-undefined":
            return ()
        return (Remark("witness", "witness", tell.put("witness-values", **parts)),)
    return (Remark("witness", "witness", tell.put(code, point=shown, **parts)),)


def _own(result: Result) -> tuple[str, ...]:
    return tuple(each.name for each in result.known if not each.domain.indices)


def _values(
    own: Value | Undefined | None, right: Value | Undefined | None
) -> tuple[Value | Undefined | None, Value | Undefined | None]:
    """Both values, or the first pair of entries that differs."""
    if isinstance(own, ArrayValue) and isinstance(right, ArrayValue) and own.shape == right.shape:
        for a, b in zip(own.entries, right.entries, strict=True):
            if isinstance(a, Undefined) != isinstance(b, Undefined) or differ(a, b):
                return a, b
    return own, right


def _shown(value: Value | Undefined) -> str:
    return short_formula(plain_value(value))


def domain(result: Result, tell: Teller) -> tuple[Remark, ...]:
    """Where a proved answer says nothing."""
    verdict = result.verdict
    if not isinstance(verdict, Proved) or verdict.domain is None:
        return ()
    return (tell.remark("where", "condition", "except", condition=plain(verdict.domain)),)
