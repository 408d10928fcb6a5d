"""How each answer of a submission is read, without any key: nothing here can say right or wrong.

Answers are read as in marking, against questions in which a placeholder stands for the key.
"""

from __future__ import annotations

from symcnn.errors import ParseError, SymcnnError
from symcnn.formula.conditions import And, Compare, Condition
from symcnn.formula.domains import Given
from symcnn.formula.frozen import frozen, replace
from symcnn.formula.nodes import Formula, Symbol
from symcnn.formula.plain import plain
from symcnn.formula.traverse import free_names
from symcnn.grader.assignment import Assignment, Question
from symcnn.grader.marking.choices import verdict_of
from symcnn.grader.marking.finding import NO_MARKS
from symcnn.grader.marking.formulas import Formulas
from symcnn.grader.marking.marker import Marker
from symcnn.grader.marking.reading import Names, Unread, reading_of, why_unknown
from symcnn.grader.marking.references import granted
from symcnn.grader.marking.words import Teller
from symcnn.grader.submission import Response, Submission
from symcnn.reading import explain, read, read_lines

_MOST_LINES = 200


@frozen
class Seen:
    """One answer: ``state`` is read, kept (for a person), unreadable, unclear or missing.

    ``read`` has the formulas as they were understood, a line each; ``told`` says what is wrong
    with the text, and where.
    """

    question: str
    state: str
    place: str = ""
    text: str = ""
    read: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


def seen(submission: Submission, assignment: Assignment | None = None) -> tuple[Seen, ...]:
    """Each question of the assignment, else each answer, in order.

    Raises AuthorError for an assignment whose ``given`` cannot be used.

    >>> own = Submission("7", (("q1", Response("K K C_in")), ("q2", Response("2*(K"))))
    >>> [(each.question, each.state, each.read) for each in seen(own)]
    [('q1', 'read', ('K*K*C_in',)), ('q2', 'unreadable', ())]
    """
    if assignment is None:
        return tuple(_alone(name, response) for name, response in submission.responses)
    marker = Marker(without_keys(assignment))
    found = []
    for question in assignment.questions:
        response = submission.response(question.id)
        if response is None:
            state = "unclear" if question.id in submission.unclear else "missing"
            found.append(Seen(question.id, state))
        else:
            found.append(_looked(marker, question.id, response))
    return tuple(found)


def without_keys(assignment: Assignment) -> Assignment:
    """The assignment with placeholders for its keys; names that a key declares stay known.

    >>> asked = Question("q1", "formula", key="K^2*C", given="K: integer")
    >>> without_keys(Assignment("A", (asked,))).questions[0].key
    '0'
    """
    return replace(
        assignment, questions=tuple(_without_key(assignment, each) for each in assignment.questions)
    )


def _without_key(assignment: Assignment, question: Question) -> Question:
    key = {"truth": "true", "choice": next((name for name, _ in question.options), "")}
    formulas: list[Formula] = []
    if question.kind not in key:
        given = granted(assignment, question)
        texts = (question.key, question.start, *(each.key for each in question.conventions))
        formulas = [each for text in texts for each in _formula(text, given)]
    condition = bool(formulas) and isinstance(formulas[0], Condition)
    known = dict.fromkeys(name for each in formulas for name in free_names(each))
    bare = Question(question.id, question.kind, given=question.given)
    return replace(
        bare,
        key=key.get(question.kind, "0 = 0" if condition else "0"),
        options=question.options,
        unit=question.unit,
        aliases=(*question.aliases, *((name, name) for name in known)),
    )


def _formula(text: str, given: Given) -> list[Formula]:
    try:
        return [read(text, given).formula] if text.strip() else []
    except SymcnnError:
        return []


def _looked(marker: Marker, name: str, response: Response) -> Seen:
    judge = marker.judge(name)
    kind, text, language = judge.question.kind, response.text, marker.assignment.language
    blank = Seen(name, "kept", response.place, text)
    if kind in ("manual", "statement"):
        return blank
    if kind == "chain":
        given = granted(marker.assignment, judge.question)
        return _lines(blank, Names.of(given, judge.question.aliases), language)
    if isinstance(judge, Formulas):
        answer = judge.read(text)
        if isinstance(answer, Unread):
            told = _pointed(text, judge.asked.names, language)
            said = told or tuple(each.text for each in answer.remarks)
            return replace(blank, state="unreadable", told=said)
        return replace(blank, state="read", read=tuple(plain(each) for each in answer.formulas))
    if kind == "truth":
        verdict = verdict_of(text)
        understood = "" if verdict is None else Teller(language).say(verdict[0])
        if verdict is not None and verdict[1]:
            understood += f": {verdict[1]}"
    else:
        understood = judge.find(text, NO_MARKS, detail=True).read
    if understood:
        return replace(blank, state="read", read=(understood,))
    remarks = judge.find(text, NO_MARKS, detail=True).remarks
    said = tuple(each.text for each in remarks if each.kind == "read")
    return replace(blank, state="unreadable", told=said)


def _pointed(text: str, names: Names, language: str) -> tuple[str, ...]:
    """The text with a caret under what cannot be read; nothing where every sign can."""
    try:
        reading_of(text, names)
    except ParseError as error:
        return tuple(explain(error, language).split("\n"))
    return ()


def _alone(name: str, response: Response) -> Seen:
    """An answer to a question that nobody knows: a formula, or a derivation line by line."""
    blank = Seen(name, "read", response.place, response.text)
    if "\n" in response.text.strip():
        derived = _lines(blank, None, "en")
        if derived.state == "read":
            return derived
    try:
        found = read(response.text)
    except ParseError as error:
        return replace(blank, state="unreadable", told=tuple(str(error).split("\n")))
    formulas = (found.formula, *found.alternatives)
    return replace(blank, read=tuple(plain(each) for each in formulas))


def _lines(blank: Seen, names: Names | None, language: str) -> Seen:
    """A derivation, each line as it was read; words stay words."""
    try:
        lines = read_lines(blank.text, None if names is None else names.naming, unreadable=True)
    except ParseError as error:
        return replace(blank, state="unreadable", told=tuple(explain(error, language).split("\n")))
    shown: list[str] = []
    told: list[str] = []
    formulas: list[Formula] = []
    own: set[str] = set()
    for line in lines[:_MOST_LINES]:
        if line.error is not None:
            told += explain(line.error, language).split("\n")
        elif line.reading is None:
            shown.append(line.text)
        else:
            formula = line.reading.formula
            own.update(filter(None, (line.name, "" if formulas else _opening(formula))))
            formulas.append(formula)
            lead = f"{line.relation} " if line.kind == "continued" else ""
            shown.append(f"{lead}{plain(formula)}")
    if names is not None:
        unknown = dict.fromkeys(name for each in formulas for name in names.unknown(each))
        strange = tuple(name for name in unknown if name not in own)
        if strange:
            remarks = why_unknown(strange, names, Teller(language)).remarks
            told += [each.text for each in remarks]
    state = "unreadable" if told or not formulas else "read"
    return replace(blank, state=state, read=tuple(shown), told=tuple(told))


def _opening(formula: Formula) -> str:
    """The name that a first line ``R = ...`` gives to what is derived."""
    match formula:
        case Compare("=", Symbol(name), _) | And((Compare("=", Symbol(name), _), *_)):
            return name
    return ""
