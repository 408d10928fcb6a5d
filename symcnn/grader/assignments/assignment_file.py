"""Assignment files: YAML to an `Assignment`, every error with file, line and field.

`assignment_text` writes one that reads back equal. No key is compared with anything here.
"""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from pathlib import Path

from symcnn.errors import AuthorError
from symcnn.grader.assignment import Assignment, Feedback, Question, Totals
from symcnn.grader.assignments.assignment_fields import feedback
from symcnn.grader.assignments.assignment_question import read_question
from symcnn.grader.assignments.assignment_text import assignment_text as assignment_text
from symcnn.grader.yaml_entries import Entry, needed
from symcnn.grader.yaml_nodes import MAX_BYTES, read_nodes
from symcnn.reading import read_given

SCHEMA = "1"
LANGUAGES = ("en", "fa")
MAX_QUESTIONS = 500
COMPILED = b"symcnn compiled assignment"  # how a compiled one begins
_MANY = 10
_FIELDS = (
    "schema", "title", "language", "given", "due", "feedback", "totals", "questions",
)  # fmt: skip


def load_assignment(path: str | Path) -> Assignment:
    """The assignment that a YAML file holds, or a compiled one (``ready/compiled.py``).

    Raises AuthorError, with line and field, for a file that cannot be used.
    """
    name = str(path)
    try:
        with Path(path).open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise AuthorError(f"{name}: {error.strerror}; name a file that can be read") from error
    if len(raw) > MAX_BYTES:
        raise AuthorError(f"{name}: more than {MAX_BYTES} bytes; split the assignment")
    if raw.startswith(COMPILED):
        from symcnn.grader.ready.compiled import loaded

        return loaded(raw, name)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise AuthorError(
            f"{name}, line {line}: byte {error.start + 1} is not UTF-8; save the file as UTF-8"
        ) from error
    return read_assignment(text, name)


def read_assignment(text: str, name: str = "assignment") -> Assignment:
    """The assignment that a text holds; ``name`` stands in messages. Raises AuthorError.

    >>> lines = "{schema: 1, title: A, questions: [{id: a, type: formula, points: 1/3, key: K^2}]}"
    >>> read_assignment(lines).full
    Fraction(1, 3)
    >>> read_assignment(lines.replace("points", "pionts"), "a.yaml")
    Traceback (most recent call last):
    symcnn.errors.AuthorError: a.yaml, line 1, questions[0].pionts: there is no field 'pionts' here;
      did you mean points?
    """
    whole = Entry(name, "", read_nodes(text, name))
    fields = whole.table(_FIELDS)
    schema = needed(whole, fields, "schema")
    if schema.text() != SCHEMA:
        raise schema.error(f"schema {schema.text()!r} is not known to this symcnn", "write 1")
    title = needed(whole, fields, "title").filled()
    given = fields["given"].text() if "given" in fields else ""
    if given:
        fields["given"].read(read_given)
    return Assignment(
        title=title,
        questions=_questions(needed(whole, fields, "questions"), given),
        language=fields["language"].word(LANGUAGES) if "language" in fields else "en",
        given=given,
        due=_due(fields["due"]) if "due" in fields else "",
        feedback=feedback(fields["feedback"]) if "feedback" in fields else Feedback(),
        totals=_totals(fields["totals"]) if "totals" in fields else Totals(),
    )


def _questions(entry: Entry, given: str) -> tuple[Question, ...]:
    """Every question; what is wrong with several is told at once."""
    items = entry.items()
    if not items:
        raise entry.error("there are no questions", "write at least one, beginning with -")
    if len(items) > MAX_QUESTIONS:
        raise entry.error(f"more than {MAX_QUESTIONS} questions", "split the assignment")
    found: list[Question] = []
    wrong: list[str] = []
    for each in items:
        try:
            found.append(read_question(each, found, given))
        except AuthorError as error:
            wrong.append(str(error))
            if len(wrong) == _MANY:
                break
    if wrong:
        raise AuthorError("\n".join(wrong))
    return tuple(found)


def _due(entry: Entry) -> str:
    text = entry.text()
    if text:
        try:
            datetime.fromisoformat(text)
        except ValueError:
            raise entry.error(
                f"{text!r} is no date", "write 2026-11-30 or 2026-11-30T23:59"
            ) from None
    return text


def _totals(entry: Entry) -> Totals:
    fields = entry.table(("cap", "step", "factor"))
    return Totals(
        cap=fields["cap"].exact() if "cap" in fields and fields["cap"].text() else None,
        step=fields["step"].exact() if "step" in fields else Fraction(0),
        factor=fields["factor"].text() if "factor" in fields else "",
    )
