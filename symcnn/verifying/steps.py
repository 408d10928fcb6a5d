"""A derivation, line by line: does each line follow, where does it break, does it arrive?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from symcnn.errors import AuthorError, ParseError
from symcnn.formula.conditions import And, Compare
from symcnn.formula.domains import Given
from symcnn.formula.nodes import Formula, Mul, Symbol
from symcnn.formula.traverse import free_names, substitute
from symcnn.reading import Line, read_lines
from symcnn.verifying.chain import Chain, Step
from symcnn.verifying.checker import Checker, GivenLike
from symcnn.verifying.differs import smallest_difference
from symcnn.verifying.feedback import cut_chain, level_of
from symcnn.verifying.judging import judge, known_names, where_it_fails
from symcnn.verifying.naming import joined
from symcnn.verifying.result import UNREADABLE, Invalid, Result

_UNREAD = Symbol("unread")  # in place of a formula that there is not


def verify_steps(
    lines: str | Sequence[str],
    start: Any = None,
    target: Any = None,
    given: GivenLike = None,
    *,
    symbols: Any = None,
    feedback: str | None = None,
    answers: Sequence[str | Path] = (),
) -> Chain:
    """Each line of a derivation against the line before it.

    Lines are ``expr``, ``= expr``, ``lhs = rhs``, ``let u = ...`` or words. ``start`` is what the
    question starts from, ``target`` what was asked: a formula, or the id of a claim, whose domains
    then hold. After a broken link the next one goes on from the student's own line; a line that
    cannot be read is told in its place, and the checks go on after it. Raises ParseError where no
    line can be read, AuthorError for a chain without a step.

    >>> chain = verify_steps(["(K + 1)^2", "= K^2 + 1", "= 1 + K^2"], target="(1 + K)^2")
    >>> chain.kind, chain.first_broken, [step.result.kind for step in chain.links]
    ('refuted', 0, ['refuted', 'proved'])
    """
    text = lines if isinstance(lines, str) else "\n".join(lines)
    options: dict[str, Any] = {"symbols": symbols, "answers": answers}
    goal = None if target is None else Checker(target, given, feedback="solution", **options)
    first: Checker | None = None
    if start is not None:
        first = Checker(start, given, feedback="solution", **options)
    elif goal is not None and goal.key.start is not None:
        first = Checker(goal.key.start, goal.given, feedback="solution")
    against_key = any(each is not None and each.key.claim_id for each in (goal, first))
    level = level_of(feedback, key=against_key)
    frame = goal or first or Checker(0, given, **options)
    work = _Work(text, frame, first)
    for line in read_lines(text, work.naming, unreadable=True):
        work.add(line)
    return cut_chain(work.chain(goal, first), level)


class _Work:
    """The chain while its lines are read."""

    __slots__ = (
        "first", "frame", "given", "headless", "last", "lost", "names", "naming", "opening",
        "steps", "text", "words",
    )  # fmt: skip

    def __init__(self, text: str, frame: Checker, first: Checker | None) -> None:
        self.text = text
        self.frame = frame
        self.given: Given = frame.given
        self.naming = frame.naming
        if first is not None:
            self.naming = joined(self.naming, first.naming)
        self.first = first
        self.names: dict[str, Formula] = {}
        self.opening: Formula | None = None
        self.last: Formula | None = None
        self.lost: ParseError | None = None  # why a line has no formula
        self.headless = False  # whether that is so of the first one
        self.steps: list[Step] = []
        self.words: list[str] = []

    def add(self, line: Line) -> None:
        """Goes on with one line."""
        if line.error is not None:
            self._tell(line, line.error)
            if line.name != "let":
                self.last, self.lost = None, self.lost or line.error
            return
        if line.kind == "words" or line.reading is None:
            self.words.append(line.text)
            return
        if line.kind == "let":
            try:
                self._define(line)
            except ParseError as error:
                self._tell(line, error)
            return
        formula = substitute(line.reading.formula, self.names)
        alternatives = tuple(substitute(e, self.names) for e in line.reading.alternatives)
        parts = list(_parts(formula))
        head, rest = parts[0][1], parts[1:]
        if line.kind == "continued":
            if self.last is None and self.lost is None:
                self._begin_with_the_question(line)
            self._link(line, line.relation, head, alternatives if not rest else ())
        elif _is_prose(line, formula, self.naming):
            self.words.append(line.text)
            return
        else:
            if self.opening is None and rest and self._names_the_answer(head):
                assert isinstance(head, Symbol)
                self.names[head.name] = rest[0][1]
                head, rest = rest[0][1], rest[1:]
            if self.opening is None and self.lost is None:
                self.opening = self.last = head
            elif rest and head == self.opening:
                self.last = head if self.last is None else self.last
            elif head != self.last:
                self._link(line, "=", head, alternatives if not rest else ())
        for relation, side in rest:
            self._link(line, relation, side, (), restated=head == self.opening)

    def _tell(self, line: Line, error: ParseError) -> None:
        """A line that cannot be read is a link by itself."""
        told = Invalid(UNREADABLE, f"{error.message} ({error.place})", error.offset, error.hint)
        step = Step(self._number(line), Result(told, _UNREAD), unread=line.text)
        self.steps.append(step)

    def _number(self, line: Line) -> int:
        return self.text.count("\n", 0, line.offset) + 1

    def _begin_with_the_question(self, line: Line) -> None:
        if self.first is None:
            raise ParseError(
                "the first line goes on with a sign, and nothing stands before it",
                text=self.text,
                offset=line.offset,
                piece=line.text,
                hint="write what the derivation starts from",
            )
        self.opening = self.last = self.first.key.references[0]

    def _define(self, line: Line) -> None:
        assert line.reading is not None
        name = line.name
        value = line.reading.formula
        assert isinstance(value, Compare)
        taken = self.naming.domain(name) is not None or name in self.names
        if taken or name in free_names(value.rhs):
            raise ParseError(
                f"{name} has a meaning already",
                text=self.text,
                offset=line.offset,
                piece=name,
                hint="define a name that nobody uses yet",
            )
        self.names[name] = substitute(value.rhs, self.names)

    def _names_the_answer(self, head: Formula) -> bool:
        return (
            isinstance(head, Symbol)
            and self.naming.domain(head.name) is None
            and (head.name not in self.names)
        )

    def _link(
        self,
        line: Line,
        relation: str,
        after: Formula,
        alternatives: tuple[Formula, ...],
        *,
        restated: bool = False,
    ) -> None:
        before = self.last
        if before is None:
            told = Invalid(UNREADABLE, "the line before cannot be read")
            self.steps.append(Step(self._number(line), Result(told, after), relation))
            self.last = after
            if self.opening is None:
                self.opening, self.headless = after, True
            return
        result = self._judged(before, relation, after)
        if restated and result.kind != "proved" and self.opening is not None:
            again = self._judged(self.opening, relation, after)
            if again.kind == "proved":
                before, result = self.opening, again
        for other in alternatives:
            if self._judged(before, relation, other).kind != result.kind:
                told = Invalid("ambiguous", "the line has two readings, and not both follow")
                result = Result(told, before, after, result.known)
        differs = None
        if result.kind == "refuted" and relation == "=":
            pair = smallest_difference(before, after, self.given)
            differs = pair if pair != (before, after) else None
        self.steps.append(Step(self._number(line), result, relation, differs))
        self.last = after

    def _judged(self, before: Formula, relation: str, after: Formula) -> Result:
        known = known_names((before, after), self.given, dict(self.frame.origins))
        if relation == "=":
            verdict = judge(before, after, self.given)
        else:
            verdict = judge(Compare(relation, before, after), None, self.given)
        where = where_it_fails(before, verdict)
        relations = self.given.relations
        return Result(verdict, before, after, known, relations, (), where, equation=True)

    def _end(self, against: Checker, formula: Formula | None, lost: bool) -> Result:
        if lost:
            return Result(Invalid(UNREADABLE, "the line cannot be read"), _UNREAD)
        return against.check(formula)

    def chain(self, goal: Checker | None, first: Checker | None) -> Chain:
        """The links that were found, with both ends compared."""
        if self.opening is None and self.lost is not None:
            raise self.lost
        if self.opening is None:
            raise AuthorError("there is no formula in these lines: write one formula a line")
        if not self.steps and goal is None:
            raise AuthorError("one formula is no derivation: write a second line, or a target")
        begins = None if first is None else self._end(first, self.opening, self.headless)
        ends = None if goal is None else self._end(goal, self.last, self.last is None)
        kinds = [step.result.kind for step in self.steps]
        broken = next((n for n, kind in enumerate(kinds) if kind == "refuted"), None)
        everything = [*kinds, *(end.kind for end in (begins, ends) if end is not None)]
        kind = next((k for k in ("refuted", "invalid", "undecided") if k in everything), "proved")
        return Chain(kind, tuple(self.steps), broken, begins, ends, tuple(self.words))


def _parts(formula: Formula) -> Iterator[tuple[str, Formula]]:
    """``a = b <= c`` as its sides, each with the sign before it."""
    match formula:
        case Compare(op, lhs, rhs):
            yield "", lhs
            yield op, rhs
        case And(args) if _is_run(args):
            yield from _parts(args[0])
            for each in args[1:]:
                assert isinstance(each, Compare)
                yield each.op, each.rhs
        case _:
            yield "", formula


def _is_run(args: tuple[Formula, ...]) -> bool:
    sides = [each for each in args if isinstance(each, Compare)]
    if len(sides) != len(args):
        return False
    return all(a.rhs == b.lhs for a, b in pairwise(sides))


def _is_prose(line: Line, formula: Formula, naming: Given) -> bool:
    """Words that were read as a product of names that nobody knows, as in "we get"."""
    words = line.text.split()
    return (
        len(words) > 1
        and isinstance(formula, Mul)
        and all(word.strip(",.:;").isalpha() for word in words)
        and all(isinstance(e, Symbol) and naming.domain(e.name) is None for e in formula.args)
        and any(len(word) > 1 for word in words)
    )
