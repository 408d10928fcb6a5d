"""``decisions.yaml``: what people decided, read strictly, and never written.

A list of ``question``, ``group`` or ``student``, ``points``, ``words``, ``by``. It knows the
questions that there are, and no marks.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from symcnn.errors import AuthorError
from symcnn.formula.frozen import frozen
from symcnn.grader.assignment import Assignment
from symcnn.grader.ids import folded_id
from symcnn.grader.outputs.texts import amount
from symcnn.grader.people.problem_words import problem
from symcnn.grader.submission import Problem

if TYPE_CHECKING:
    from symcnn.grader.yaml_entries import Entry

_FIELDS = ("question", "group", "student", "points", "words", "by")
_MAX_BYTES = 4_000_000


@frozen
class Decision:
    """So many points for a group of answers to a question, or for one student's.

    ``words`` are told to the student, ``by`` says who decided; ``line`` is where it is written.
    """

    question: str
    points: Fraction
    group: str = ""
    student: str = ""
    words: str = ""
    by: str = ""
    line: int = 0

    @property
    def whose(self) -> tuple[str, str, str]:
        """What it is about; two decisions about the same have the same one."""
        return self.question, self.group, self.student


@frozen
class Decisions:
    """The decisions that hold, in the order of the file ``name``, and what is odd about others."""

    name: str = "decisions.yaml"
    items: tuple[Decision, ...] = ()
    problems: tuple[Problem, ...] = ()

    def where(self, decision: Decision) -> str:
        """File and line of a decision."""
        return f"{self.name}, line {decision.line}"


def load_decisions(path: Path | str, assignment: Assignment) -> Decisions:
    """The decisions of a file.

    Raises AuthorError, with file, line and field, for a file that is malformed: no list, a field
    that nobody knows, no person, points that are no number or more than the question has. A
    question that there is not (any more) and decisions that contradict each other are told in
    ``problems`` and not applied.
    """
    path = Path(path)
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise AuthorError(f"{path.name}: more than {_MAX_BYTES} bytes are no decisions")
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise AuthorError(f"{path.name}: byte {error.start + 1} is not UTF-8: save it so") from None
    except OSError as error:
        raise AuthorError(f"{path.name}: {error.strerror}; name a file that can be read") from error
    return read_decisions(text, path.name, assignment)


def read_decisions(text: str, name: str, assignment: Assignment) -> Decisions:
    """The decisions that a text holds; raises what `load_decisions` does.

    >>> from symcnn.grader.assignment import Question
    >>> given = Assignment("A", (Question("a", "manual", Fraction(2)),))
    >>> read_decisions("- {question: a, group: gx, points: 3/2, by: Sara}", "d", given).items
    (Decision(question='a', points=Fraction(3, 2), group='gx', student='', words='', by='Sara',
    line=1),)
    """
    lines = (each.strip() for each in text.splitlines())
    if all(not each or each.startswith("#") or each in ("---", "[]") for each in lines):
        return Decisions(name)
    from symcnn.grader.yaml_entries import Entry
    from symcnn.grader.yaml_nodes import Items, read_nodes

    whole = read_nodes(text, name)
    if not isinstance(whole, Items):
        raise Entry(name, "", whole).error(
            "decisions are a list", "begin each one with - question: ..."
        )
    found: list[Decision] = []
    problems: list[Problem] = []
    for each in Entry(name, "", whole).items():
        decision = _decision(each, assignment)
        if isinstance(decision, Problem):
            problems.append(decision)
        else:
            found.append(decision)
    kept = list(_undisputed(name, assignment.language, found, problems))
    return Decisions(name, tuple(kept), tuple(problems))


def _decision(entry: Entry, assignment: Assignment) -> Decision | Problem:
    from symcnn.grader.yaml_entries import needed

    fields = entry.table(_FIELDS)
    asked = needed(entry, fields, "question").filled()
    group = fields["group"].filled() if "group" in fields else ""
    student = fields["student"].filled() if "student" in fields else ""
    if bool(group) == bool(student):
        raise entry.error("a decision is about a group or about a student", "write one of the two")
    by = needed(entry, fields, "by").filled()
    words = fields["words"].text() if "words" in fields else ""
    given = needed(entry, fields, "points")
    points = given.exact()
    if "%" in given.text() or "٪" in given.text():
        raise given.error(f"{given.text()!r} is a share", "write points")
    names = tuple(each.id for each in assignment.questions)
    if asked not in names:
        where = fields["question"]
        place = f"{where.name}, line {where.node.line}"
        known = ", ".join(names)
        return problem("no-question", assignment.language, place, question=asked, known=known)
    full = assignment.question(asked).points
    if points > full:
        raise given.error(
            f"{amount(points)} points are too many", f"{asked} is worth {amount(full)} at most"
        )
    return Decision(asked, points, group, folded_id(student), words, by, entry.node.line)


def _undisputed(
    name: str, language: str, decisions: list[Decision], problems: list[Problem]
) -> Iterator[Decision]:
    """Each decision once; those that contradict each other are told and left out."""
    alike: dict[tuple[str, str, str], list[Decision]] = {}
    for each in decisions:
        alike.setdefault(each.whose, []).append(each)
    for own in alike.values():
        first = own[0]
        agree = all(each.points == first.points for each in own)
        if len(own) > 1:
            lines = ", ".join(str(each.line) for each in own)
            code, place = "agree" if agree else "differ", f"{name}, line {own[-1].line}"
            problems.append(problem(code, language, place, question=first.question, lines=lines))
        if agree:
            yield first
