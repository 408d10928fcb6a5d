"""How much is said about an answer: the one place where results are cut, on the values.

What a level hides is no longer in the result, so no way of printing it can tell. Each level says
what the levels before it say, and more.
"""

from __future__ import annotations

from symcnn.claims.certificate import Certificate
from symcnn.claims.verdict import HoldsUnder, Proved, Refuted, Undecided, Witness
from symcnn.errors import AuthorError
from symcnn.formula.conditions import Compare
from symcnn.formula.frozen import replace
from symcnn.formula.nodes import Formula
from symcnn.formula.traverse import free_names, walk
from symcnn.verifying.chain import Chain
from symcnn.verifying.result import Invalid, Outcome, Result, Withheld

LEVELS = ("readable", "verdict", "where", "hint", "witness", "solution")
AGAINST_A_KEY = "where"
_UNSAID = Certificate("", "")
_NO_POINT = Witness(())
UNDECIDED = "it was neither proved nor refuted"


def level_of(feedback: str | None, *, key: bool) -> str:
    """The level that holds: what the caller says, else everything, against a key only ``where``.

    Raises AuthorError for a level that there is not.
    """
    if feedback is None:
        return AGAINST_A_KEY if key else LEVELS[-1]
    if feedback not in LEVELS:
        raise AuthorError(f"there is no feedback {feedback!r}: one of {', '.join(LEVELS)}")
    return feedback


def cut(result: Result, level: str) -> Result:
    """The result without what ``level`` does not tell. It never adds what was cut before."""
    height = min(LEVELS.index(level), LEVELS.index(result.level))
    level = LEVELS[height]
    if level == LEVELS[-1]:
        return result
    own = set(free_names(result.lhs))
    return replace(
        result,
        verdict=_verdict(result.verdict, height, own),
        rhs=None,
        known=tuple(each for each in result.known if each.name in own),
        relations=tuple(each for each in result.relations if own.issuperset(free_names(each))),
        where=result.where if _tells(height, "where") else None,
        diagnosis=result.diagnosis if _tells(height, "hint") else (),
        level=level,
    )


def _tells(height: int, level: str) -> bool:
    return height >= LEVELS.index(level)


def _verdict(verdict: Outcome, height: int, own: set[str]) -> Outcome:
    if not _tells(height, "verdict") and not isinstance(verdict, Invalid):
        return Withheld()
    where = _tells(height, "where")
    everything = _tells(height, "witness")
    match verdict:
        case Proved(method, _, domain):
            return Proved(method, _UNSAID, domain if where else None)
        case HoldsUnder(assumptions, method, _, counterexample, domain):
            return HoldsUnder(
                assumptions if where else (),
                method,
                _UNSAID,
                counterexample if everything else None,
                domain if where else None,
            )
        case Refuted(witness, holds_when, message, link):
            return Refuted(
                witness if everything else _NO_POINT,
                tuple(each for each in holds_when if everything or (where and _plain(each, own))),
                message if everything else "",
                link if where else None,
            )
        case Undecided():
            return Undecided(UNDECIDED)
        case Invalid() | Withheld():
            return verdict


def _plain(conditions: tuple[Formula, ...], own: set[str]) -> bool:
    """Conditions on names of the answer that pin no value: an equation may be the solution."""
    return all(
        own.issuperset(free_names(each))
        and not any(isinstance(node, Compare) and node.op in ("=", "~") for node in walk(each))
        for each in conditions
    )


def cut_chain(chain: Chain, level: str) -> Chain:
    """A derivation without what ``level`` does not tell; its lines are the student's own.

    The kind of the whole is told from ``verdict`` on, the line that breaks from ``where`` on.
    """
    if level == LEVELS[-1]:
        return chain
    height = LEVELS.index(level)
    links = tuple(
        replace(
            step,
            result=_own(step.result, level if _tells(height, "where") else LEVELS[0]),
            differs=step.differs if _tells(height, "where") else None,
        )
        for step in chain.links
    )
    start, target = (
        None if end is None else cut(end, level) for end in (chain.start, chain.target)
    )
    return replace(
        chain,
        kind=chain.kind if _tells(height, "verdict") else "withheld",
        links=links,
        first_broken=chain.first_broken if _tells(height, "where") else None,
        start=start,
        target=target,
        level=level,
    )


def _own(result: Result, level: str) -> Result:
    """Cut, but with both sides: the student wrote both."""
    less = cut(result, level)
    if result.rhs is None:
        return less
    own = {*free_names(result.lhs), *free_names(result.rhs)}
    known = tuple(each for each in result.known if each.name in own)
    return replace(less, rhs=result.rhs, known=known)
