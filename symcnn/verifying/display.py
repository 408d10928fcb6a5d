"""Results as lines of plain text, as the shell and the REPL show them: evidence first, then what
was read and the domain of each name with its origin.
"""

from __future__ import annotations

from symcnn.claims.as_text import domain_text, verdict_lines
from symcnn.claims.verdict import HoldsUnder, Proved, Refuted, Undecided
from symcnn.formula.conditions import Compare
from symcnn.formula.nodes import Formula, Rational, Symbol
from symcnn.formula.plain import plain
from symcnn.verifying.result import Invalid, Known, Outcome, Result, Withheld

ONE, ZERO = Rational(1), Rational(0)


def result_lines(result: Result) -> list[str]:
    """The verdict, what was read, and the names with their domains.

    >>> from symcnn import verify
    >>> print("\\n".join(result_lines(verify("floor(N/2)", against="N/2", given="N: integer"))))
    refuted at N = 1: left 0, right 1/2
    holds when 2 divides N
    read:  floor(N/2)
    other: N/2
    names: N: integer (given)
    """
    lines = outcome_lines(result.verdict)
    if result.where is not None:
        lines.append(f"where: {result.where.text}")
    lines += [f"hint:  {each.message}" for each in result.diagnosis]
    lines += read_lines_of(result)
    names = names_text(result.known)
    if names:
        lines.append(f"names: {names}")
    lines += [f"given: {plain(each)}" for each in result.relations]
    return [*lines, *(f"note:  {each}" for each in result.notes)]


def read_lines_of(result: Result) -> list[str]:
    """What was read: one line for an equation, two for a formula and its reference."""
    if result.rhs is None:
        return [f"read:  {plain(result.lhs)}"]
    if result.equation:
        return [f"read:  {plain(result.lhs)} = {plain(result.rhs)}"]
    return [f"read:  {plain(result.lhs)}", f"other: {plain(result.rhs)}"]


def outcome_lines(verdict: Outcome) -> list[str]:
    """The kind first, then the evidence that there is."""
    match verdict:
        case Invalid("unreadable", message, _, hint):
            return [f"not readable: {message}", *([hint] if hint else [])]
        case Invalid(reason, message):
            return [f"invalid ({reason}): {message}"]
        case Withheld():
            return ["read; the verdict is not told here"]
        case Refuted(witness, holds_when, message, link) if holds_when:
            bare = Refuted(witness, (), message, link)
            return [*verdict_lines(bare), *(f"holds when {group_text(g)}" for g in holds_when)]
        case Proved() | HoldsUnder() | Refuted() | Undecided():
            return verdict_lines(verdict)


def group_text(group: tuple[Formula, ...]) -> str:
    """Conditions that hold together, as ``given`` takes them.

    >>> K = Symbol("K")
    >>> group_text((Compare("divides", 1, K), Compare(">=", K, 1), Compare("!=", K, 3)))
    'K: positive integer; K != 3'
    """
    return "; ".join(group_items(group))


def group_items(group: tuple[Formula, ...]) -> list[str]:
    """Each condition as an item of ``given``; kinds of numbers are said in words."""
    ends = {
        each.lhs: (each.rhs, each)
        for each in group
        if isinstance(each, Compare) and each.op == ">=" and each.rhs in (ONE, ZERO)
    }
    said: set[Formula] = set()
    items: dict[str, list[str]] = {}
    for each in group:
        match each:
            case Compare("divides", Rational() as one, Symbol(name)) if one == ONE:
                end = ends.get(each.rhs)
                kind = "integer"
                if end is not None:
                    kind = "positive integer" if end[0] == ONE else "nonnegative integer"
                    said.add(end[1])
                items.setdefault(kind, []).append(name)
    lines = [f"{', '.join(names)}: {kind}" for kind, names in items.items()]
    for each in group:
        match each:
            case Compare("divides", Rational() as one, Symbol()) if one == ONE:
                continue
        if each not in said:
            lines.append(plain(each))
    return lines


def names_text(known: tuple[Known, ...]) -> str:
    """``names: domain (origin)`` with names alike said together."""
    alike: dict[str, list[str]] = {}
    for each in known:
        alike.setdefault(f"{domain_text(each.domain)} ({each.origin})", []).append(each.name)
    return "; ".join(f"{', '.join(names)}: {domain}" for domain, names in alike.items())
