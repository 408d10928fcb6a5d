"""Answers that are a derivation: every step proved, from the question to what was asked for.

All lines of a chain of equations are equal, so equality alone cannot tell whether it went anywhere:
it moves and arrives as it is written (`shapes.py`). Milestones count in their order, each once, as
long as every step before them is proved; the first step that is not ends the count.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from symcnn.errors import AuthorError, ParseError, SymcnnError
from symcnn.formula.nodes import Formula
from symcnn.formula.traverse import walk
from symcnn.grader.assignment import Assignment, Question
from symcnn.grader.marking import chain_words
from symcnn.grader.marking.by_itself import ByItself
from symcnn.grader.marking.finding import FULL, Finding
from symcnn.grader.marking.forms import has_form
from symcnn.grader.marking.normal import shortened, text_group
from symcnn.grader.marking.reading import Names, short_formula, why_unknown, why_unread
from symcnn.grader.marking.references import Reference, granted, read_key
from symcnn.grader.marking.shapes import Shape, shape
from symcnn.grader.marks import NONE, Mark, Remark
from symcnn.reading import read_lines
from symcnn.verifying.chain import Chain, Step
from symcnn.verifying.checker import Checker
from symcnn.verifying.naming import joined
from symcnn.verifying.steps import verify_steps

_UP, _DOWN, _ABOUT = frozenset(("=", "<=", "<")), frozenset(("=", ">=", ">")), frozenset("=~")
_READ = 4_000
_OWN_FORMS = ("number", "expanded", "factored")


class Walk(NamedTuple):
    """A chain as far as it is proved: milestones in order, whether it moved, and what ended it.

    ``stopped`` is the first step that is not proved; ``crossed`` says that it only turns the
    direction of the signs.
    """

    reached: tuple[int, ...]
    moved: bool
    stopped: Step | None = None
    crossed: bool = False


class Chains(ByItself):
    """Marks derivations. A chain that is complete earns everything, milestones or not."""

    __slots__ = (
        "_equal", "_form", "_milestones", "_names", "_prefix", "_start", "_target",
    )  # fmt: skip

    def __init__(self, assignment: Assignment, question: Question) -> None:
        super().__init__(assignment, question)
        given = granted(assignment, question)
        self._target = Reference(read_key(question.key, given), given)
        key = self._target.formula
        self._target.checker.check(key)  # contradictory assumptions are told here
        self._start = Reference(read_key(question.start, given), given) if question.start else None
        start = None if self._start is None else self._start.formula
        self._equal = start is None or self._target.kind(start) == "proved"
        opened = () if start is None else (shape(start),)
        milestones = (
            (number, shape(read_key(each.key, given)))
            for number, each in enumerate(question.milestones)
        )
        self._milestones = tuple(pair for pair in milestones if pair[1] not in opened)
        self._form = next(
            (
                form
                for form in ((question.form,) if question.form else _OWN_FORMS)
                if has_form(key, form) and (start is None or not has_form(start, form))
            ),
            "",
        )
        naming = self._target.checker.naming
        if start is not None:
            naming = joined(naming, Checker(start, given).naming)
        self._names = Names.of(naming)
        self._prefix = "".join(f"let {alias} = {name}\n" for alias, name in question.aliases)

    def solution(self) -> tuple[Remark, ...]:
        """What was to be derived."""
        shown = short_formula(self._target.text)
        return (self.tell.remark("solution", "key", "key", formula=shown),)

    def find(self, text: str, earlier: Mapping[str, Mark], *, detail: bool) -> Finding:
        """What the chain earns as far as it is proved."""
        del earlier
        try:
            chain = self._verified(text)
        except ParseError as error:
            return self._open("unreadable", why_unread(error, self.tell).remarks, text)
        except AuthorError:
            empty = self.tell.remark("readable", "read", "chain-empty")
            return self._open("unreadable", (empty,), text)
        found = self._judged(chain, text)
        if not detail:
            return found
        read = chain_words.read(chain)
        whole = bool(read) and "?" not in read
        group = found.group or (f"chain: {shortened(read)}" if whole else text_group(text))
        if found.outcome != "right" and found.share is not None:
            found = found._replace(remarks=(*found.remarks, *self.solution()))
        return found._replace(read=read[:_READ], group=group)

    def _verified(self, text: str) -> Chain:
        return verify_steps(
            self._prefix + text,
            None if self._start is None else self._start.formula,
            self._target.formula,
            self._target.given,
            feedback="solution",
        )

    def _judged(self, chain: Chain, text: str) -> Finding:
        unopened = self._unopened(chain, text)
        if unopened is not None:
            return unopened
        walk = self._walk(chain)
        milestones = self.question.milestones
        earned = sum((milestones[number].credit for number in walk.reached), NONE)
        told = self._reached(walk)
        if walk.stopped is not None:
            return self._stopped(walk, walk.stopped, earned, told, text)
        if not walk.moved:
            return self._ended("chain-no-steps", earned, told)
        kind = "proved" if chain.target is None else chain.target.kind
        if kind == "refuted":
            return self._ended("chain-end", earned, told)
        last = chain.links[-1].result.rhs
        if kind == "proved" and last is not None and self._arrives(last):
            right = self.tell.remark("verdict", "verdict", "chain-right")
            return Finding("right", FULL, "", (right,), "", "right")
        if kind == "proved" and last is not None and self._is_opening(chain, last):
            return self._ended("chain-no-steps", earned, told)
        code = "chain-end-form" if kind == "proved" else "undecided"
        outcome = "unreadable" if kind == "invalid" else "undecided"
        remark = self.tell.remark("verdict", "verdict", code)
        return self._open(outcome, (remark, *told), text)

    def _unopened(self, chain: Chain, text: str) -> Finding | None:
        """The finding where the first line is not what the question starts from."""
        start = chain.start
        if start is None or start.kind == "proved":
            return None
        if start.kind == "refuted":
            unknown = self._new_names(chain, text)
            if unknown:
                return self._unknown(unknown, text)
            return self._ended("chain-start", NONE, ())
        outcome = "unreadable" if start.kind == "invalid" else "undecided"
        told = self._line(chain.links[0]) if chain.links else ()
        return self._open(outcome, told, text)

    def _new_names(self, chain: Chain, text: str) -> tuple[str, ...]:
        """The names of the first line that nobody declared."""
        if chain.links:
            return self._names.unknown(chain.links[0].result.lhs)
        lines = read_lines(text, self._names.naming, unreadable=True)
        first = next((each.reading for each in lines if each.reading is not None), None)
        return () if first is None else first.new_names

    @property
    def _shift(self) -> int:
        return len(self.question.aliases)

    def _walk(self, chain: Chain) -> Walk:
        reached: list[int] = []
        signs: set[str] = set()
        moved, due = False, 0
        for step in chain.links:
            result = step.result
            if result.kind != "proved" or result.rhs is None:
                return Walk(tuple(reached), moved, step)
            if step.relation not in signs:
                signs.add(step.relation)
                if not self._compose(signs):
                    return Walk(tuple(reached), moved, step, crossed=True)
            after = shape(result.rhs)
            if after == shape(result.lhs):
                continue
            moved = True
            due = self._next(after, due, reached)
        return Walk(tuple(reached), moved)

    def _next(self, after: Shape, due: int, reached: list[int]) -> int:
        """Which milestone is due once this line is reached."""
        for place in range(due, len(self._milestones)):
            number, wanted = self._milestones[place]
            if wanted == after:
                reached.append(number)
                return place + 1
        return due

    def _compose(self, signs: set[str]) -> bool:
        """Whether steps with these signs add up to what was asked for."""
        if self._equal:
            return signs <= {"="}
        return any(signs <= allowed for allowed in (_UP, _DOWN, _ABOUT))

    def _arrives(self, last: Formula) -> bool:
        key = self._target.formula
        if shape(last) == shape(key):
            return True
        if not self._form or not has_form(last, self._form):
            return False
        return bool(self.question.form) or _nodes(last) <= _nodes(key) + 1

    def _is_opening(self, chain: Chain, last: Formula) -> bool:
        return shape(last) == shape(chain.links[0].result.lhs)

    def _stopped(
        self, walk: Walk, step: Step, earned: Fraction, told: tuple[Remark, ...], text: str
    ) -> Finding:
        if walk.crossed:
            return self._ended("chain-direction", earned, told)
        result = step.result
        if result.kind == "refuted":
            sides = [each for each in (result.lhs, result.rhs) if each is not None]
            unknown = tuple(
                dict.fromkeys(name for each in sides for name in self._names.unknown(each))
            )
            if unknown:
                return self._unknown(unknown, text)
            more = (*told, *chain_words.broken(step, self._shift, self.tell))
            return self._ended("chain-broken", earned, more)
        outcome = "unreadable" if result.kind == "invalid" else "undecided"
        return self._open(outcome, (*self._line(step), *told), text)

    def _line(self, step: Step) -> tuple[Remark, ...]:
        return chain_words.line(step, self._shift, self._names.naming, self.tell)

    def _unknown(self, unknown: tuple[str, ...], text: str) -> Finding:
        return self._open("unreadable", why_unknown(unknown, self._names, self.tell).remarks, text)

    def _reached(self, walk: Walk) -> tuple[Remark, ...]:
        keys = (self.question.milestones[number].key for number in walk.reached)
        return tuple(
            self.tell.remark("verdict", "line", "chain-milestone", formula=key) for key in keys
        )

    def _ended(self, code: str, earned: Fraction, told: tuple[Remark, ...]) -> Finding:
        remark = self.tell.remark("verdict", "verdict", code)
        share = min(FULL, earned)
        return Finding("partial" if share else "wrong", share, "", (remark, *told))

    def _open(self, outcome: str, remarks: tuple[Remark, ...], text: str) -> Finding:
        return Finding(outcome, None, "", (*remarks, *self.solution()), "", text_group(text))


def _nodes(formula: Formula) -> int:
    return sum(1 for _ in walk(formula))


def chain_of(assignment: Assignment, question: Question) -> Chains:
    """The judge of a chain question. Raises AuthorError that names it."""
    try:
        return Chains(assignment, question)
    except SymcnnError as error:
        raise AuthorError(f"question {question.id!r}: {error}") from error
