"""Decisions applied to marks: what a person says outranks what the program found, and it is told.

A decision about a student goes before one about the very text of an answer, that before one about
the answers that marking calls equal, and that before one about answers that are proved equal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from symcnn.formula.frozen import frozen, replace
from symcnn.grader.ids import near
from symcnn.grader.marks import OPEN, Graded, Grading, Mark, Remark
from symcnn.grader.outputs.texts import amount
from symcnn.grader.people.decisions import Decision, Decisions
from symcnn.grader.people.groups import ids_of, open_groups
from symcnn.grader.people.problem_words import problem
from symcnn.grader.people.words import word
from symcnn.grader.submission import Problem
from symcnn.grader.totals import total

Groups = Mapping[str, Mapping[str, Decision]]  # by question, then by id of a group


@frozen
class _Overruled:
    """A mark that the program had made, and the decision that stands in its place."""

    decision: Decision
    mark: Mark


def decided(grading: Grading, decisions: Decisions) -> Grading:
    """The grading with every decision applied and all totals made again.

    Whatever is odd stands in its ``problems``: decisions that match nothing, that disagree about
    answers proved equal, or that overrule a mark of the program's (they hold all the same).
    Applied to what it gave it changes nothing.
    """
    if not decisions.items and not decisions.problems:
        return grading
    work = _Work(grading, decisions)
    students = tuple(work.student(each) for each in grading.students)
    problems = (*grading.problems, *decisions.problems, *work.problems())
    return replace(grading, students=students, problems=tuple(dict.fromkeys(problems)))


class _Work:
    """The decisions by what they are about, and what became of each."""

    __slots__ = (
        "decisions",
        "direct",
        "disputed",
        "grading",
        "language",
        "merged",
        "overruled",
        "own",
        "used",
    )

    def __init__(self, grading: Grading, decisions: Decisions) -> None:
        self.grading = grading
        self.decisions = decisions
        self.language = grading.assignment.language
        self.own = {(each.question, each.student): each for each in decisions.items if each.student}
        self.direct: dict[str, dict[str, Decision]] = {}
        for each in decisions.items:
            if each.group:
                self.direct.setdefault(each.question, {})[each.group] = each
        self.used: set[Decision] = set()
        self.overruled: list[_Overruled] = []
        self.disputed: list[Problem] = []
        self.merged = self._by_proof()

    def _by_proof(self) -> Groups:
        """Decisions about one kind of answer reach those that are proved equal to it."""
        found: dict[str, dict[str, Decision]] = {}
        if not self.direct:
            return found
        for group in open_groups(self.grading, only=self.direct.keys()):
            known = self.direct[group.question]
            said = [known[each] for each in group.ids if each in known]
            if not said:
                continue
            said.sort(key=lambda each: each.line)
            self.used.update(said)
            if all(each.points == said[0].points for each in said):
                found.setdefault(group.question, {}).update(dict.fromkeys(group.ids, said[0]))
            else:
                lines = ", ".join(str(each.line) for each in said)
                where = self.decisions.where(said[-1])
                self.disputed.append(
                    problem("disputed", self.language, where, question=group.question, lines=lines)
                )
        return found

    def student(self, graded: Graded) -> Graded:
        """One student's marks with the decisions about them."""
        marks = tuple(self._mark(graded.student, each) for each in graded.marks)
        if marks == graded.marks:
            return graded
        sum_of = total(marks, self.grading.assignment, graded.factor)
        return replace(graded, marks=marks, total=sum_of)

    def _mark(self, student: str, mark: Mark) -> Mark:
        decision = self._about(student, mark)
        if decision is None:
            return mark
        self.used.add(decision)
        if mark.points is not None and not mark.by:
            self.overruled.append(_Overruled(decision, mark))
        said = Remark("verdict", "person", decision.words or word("decided", self.language))
        rest = tuple(each for each in mark.remarks if not _is_outdated(each, mark))
        return replace(mark, points=decision.points, by=decision.by, remarks=(said, *rest))

    def _about(self, student: str, mark: Mark) -> Decision | None:
        own = self.own.get((mark.question, student))
        direct = self.direct.get(mark.question)
        if own is not None or direct is None or mark.outcome == "missing":
            return own
        merged = self.merged.get(mark.question, {}) if mark.open else {}
        for known in (direct, merged):
            for each in reversed(ids_of(mark)):  # the most particular first
                if each in known:
                    return known[each]
        return None

    def problems(self) -> Iterator[Problem]:
        """What a person has to know about the decisions, in the order of the file."""
        yield from self.disputed
        students = {each.student for each in self.grading.students}
        alike: dict[Decision, list[Mark]] = {}
        for each in self.overruled:
            alike.setdefault(each.decision, []).append(each.mark)
        for decision in self.decisions.items:
            where = self.decisions.where(decision)
            if decision not in self.used:
                yield self._idle(decision, where, students)
            elif decision in alike:
                yield self._overruling(decision, where, alike[decision])

    def _idle(self, decision: Decision, where: str, students: set[str]) -> Problem:
        if decision.group:
            asked = {"question": decision.question, "group": decision.group}
            return problem("no-group", self.language, where, **asked)
        meant = near(decision.student, sorted(students))
        code = "near-student" if meant else "no-student"
        return problem(code, self.language, where, near=meant)

    def _overruling(self, decision: Decision, where: str, marks: list[Mark]) -> Problem:
        """What the program had found, and what holds now."""
        found: dict[str, int] = {}
        for each in marks:
            points = amount(each.points or Fraction(0))
            told = f"{each.outcome}, {points} / {amount(each.of)}"
            found[told] = found.get(told, 0) + 1
        before = "; ".join(
            told if count == 1 else f"{count} x {told}" for told, count in found.items()
        )
        return problem(
            "overruled",
            self.language,
            where,
            question=decision.question,
            before=before,
            by=decision.by,
            points=decision.points,
        )


def _is_outdated(remark: Remark, mark: Mark) -> bool:
    """Said about the verdict, or about a person who will decide; the rubric goes on to be told."""
    if remark.level == "solution":
        return False
    unread = mark.outcome in OPEN and not mark.read  # "this cannot be read and is not marked yet"
    return unread or remark.kind in ("verdict", "person")
