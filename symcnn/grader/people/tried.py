"""What an answer is compared with, one key after another, each with its verdict and evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from symcnn.errors import ParseError, printable
from symcnn.formula.frozen import frozen
from symcnn.formula.nodes import Formula
from symcnn.formula.plain import plain
from symcnn.formula.traverse import substitute
from symcnn.grader.assignment import Assignment, Question
from symcnn.grader.marking.formulas import Formulas
from symcnn.grader.marking.owned import value_of
from symcnn.grader.marking.reading import Unread, reading_of, without_comments
from symcnn.grader.marking.references import Reference, granted, number, read_key
from symcnn.grader.marks import Mark
from symcnn.grader.people import replay
from symcnn.grader.people.evidence import evidence_lines
from symcnn.grader.people.words import word
from symcnn.verifying.display import names_text


@frozen
class Tried:
    """A key, and the verdict on the answer against it.

    ``what`` is "key", "convention", "own" (the key for the student's own earlier values) or
    "chain"; ``name`` is that of a convention. ``kind`` is the verdict's, ``evidence`` the lines
    that show it, ``read`` the answer as it was compared, ``names`` the domains of what stands in
    it, ``replay`` a line for the shell that decides it again.
    """

    what: str
    key: str
    kind: str
    evidence: tuple[str, ...]
    name: str = ""
    read: str = ""
    names: str = ""
    replay: str = ""


def tried_formulas(
    judge: Formulas, text: str, earlier: Mapping[str, Mark], language: str
) -> tuple[Tried, ...]:
    """A formula, number or matrix against the key, the conventions, and the key for own values."""
    answer = judge.read(text.strip())
    if isinstance(answer, Unread):
        return (_unread(judge, text, answer),)
    compared = substitute(answer.formulas[0], judge.asked.values)
    typed = text.strip() if len(answer.formulas) == 1 else ""
    return tuple(
        _tried(what, name, typed, compared, reference, language)
        for what, name, reference in _references(judge, earlier)
    )


def _references(
    judge: Formulas, earlier: Mapping[str, Mark]
) -> Iterator[tuple[str, str, Reference]]:
    asked = judge.asked
    yield "key", "", asked.reference
    for convention, reference in asked.conventions:
        yield "convention", convention.name, reference
    own: dict[str, Formula] = {}
    for name, question in asked.question.uses:
        mark = earlier.get(question)
        theirs = value_of(asked.sources[name], mark.answer) if mark and mark.answer else None
        if theirs is not None and not asked.names.unknown(theirs):
            own[name] = theirs
    if own:
        key = substitute(asked.raw, {**asked.values, **own})
        yield "own", "", Reference(key, asked.reference.given, asked.tolerance)


def _tried(
    what: str, name: str, typed: str, answer: Formula, reference: Reference, language: str
) -> Tried:
    if reference.tolerance is not None:
        return Tried(
            what,
            reference.text,
            reference.kind(answer),
            tuple(_distance(answer, reference, language)),
            name,
            plain(answer),
            "",
            replay.replay_statement(_nearness(answer, reference), reference.given),
        )
    result = reference.checker.judged(answer)
    return Tried(
        what,
        reference.text,
        result.kind,
        evidence_lines(result, language),
        name,
        plain(answer),
        names_text(result.known),
        replay.replay_formula(typed, answer, reference.formula, reference.given),
    )


def _nearness(answer: Formula, reference: Reference) -> str:
    """The statement that the answer lies within the tolerance."""
    assert reference.tolerance is not None
    size, key = reference.tolerance.size, reference.text
    allowed = f"{size}*abs({key})" if reference.tolerance.relative else str(size)
    return f"abs(({plain(answer)}) - ({key})) <= {allowed}"


def _distance(answer: Formula, reference: Reference, language: str) -> Iterator[str]:
    """How far the answer is off, and how far it may be."""
    own, right = number(answer), number(reference.formula)
    if isinstance(own, Fraction) and isinstance(right, Fraction):
        yield word("off-by", language, own=own, right=right, off=abs(own - right))
    if reference.ends is not None:
        _, least, most, _ = reference.ends
        yield word("allowed", language, low=least, high=most)


def _unread(judge: Formulas, text: str, unread: Unread) -> Tried:
    """A text that has no verdict: what was told about it, and a line that shows it again."""
    asked = judge.asked
    typed = " ".join(printable(text.strip()).split())
    try:
        reading_of(text.strip(), asked.names)
        line = replay.replay_reading(typed, asked.reference.given)
    except ParseError:
        line = replay.replay_text(typed, asked.reference.formula, asked.reference.given)
    told = tuple(each.text for each in unread.remarks)
    return Tried("key", asked.reference.text, "invalid", told, replay=line)


def tried_chain(assignment: Assignment, question: Question, mark: Mark) -> tuple[Tried, ...]:
    """A derivation line by line, from the start of the question to its key."""
    from symcnn.errors import SymcnnError
    from symcnn.verifying.chain_display import chain_lines
    from symcnn.verifying.steps import verify_steps

    given = granted(assignment, question)
    lines = without_comments(mark.answer)
    try:
        start = question.start or None
        chain = verify_steps(lines, start, question.key, given, feedback="solution")
        kind, evidence = chain.kind, tuple(chain_lines(chain))
    except SymcnnError as error:
        kind, evidence = "invalid", tuple(str(error).split("\n"))
    line = replay.replay_chain(lines, question.start, question.key, given)
    if mark.outcome == "unreadable" and kind != "invalid":  # a name that nobody declared
        evidence = tuple(each.text for each in mark.remarks if each.level == "readable")
        kind, line = "invalid", ""
    return (Tried("chain", question.key, kind, evidence, replay=line),)


def tried_stopped(assignment: Assignment, question: Question, mark: Mark) -> Tried:
    """An answer that took too long or too much memory: it is not decided again here."""
    given = granted(assignment, question)
    typed = " ".join(printable(mark.answer.strip()).split())
    line = ""
    if question.kind in ("formula", "matrix") and not question.uses:
        line = replay.replay_text(typed, read_key(question.key, given), given)
    told = word("explain-stopped", assignment.language)
    return Tried("key", question.key, "undecided", (told,), replay=line)
