"""How an answer was read, set as a formula: plain notation -> Formula -> LaTeX -> MathML.

The text of the student is never set itself: only what our own printer makes of its reading. What
cannot be set stays text.
"""

from __future__ import annotations

import re

from symcnn.errors import SymcnnError
from symcnn.formula.domains import Given
from symcnn.grader.assignment import Assignment, Question
from symcnn.grader.marks import Remark

_KINDS = frozenset({"formula", "number", "matrix", "chain"})
_RELATIONS = {
    "=": "=", "<=": "≤", ">=": "≥", "<": "<", ">": ">", "!=": "≠", "≤": "≤", "≥": "≥",
    "≠": "≠", "≈": "≈", "~": "≈",
}  # fmt: skip
_LINK = re.compile(r"[(\[{)\]}]| (?:<=|>=|!=|[=<>≤≥≈~≠]) ")
_FORMS = (("<math ", '<math displaystyle="true" '), (' display="block"', ' display="inline"'))
_ISOLATES = "\u2066\u2067\u2068\u2069"
_MOST = 2000  # characters of a reading that is set


class Typesetter:
    """Sets readings for one assignment; each text is set once."""

    def __init__(self, assignment: Assignment) -> None:
        self._assignment = assignment
        self._given: dict[str, Given] = {}
        self._done: dict[tuple[str, str], str] = {}

    def lines(self, question: Question, read: str) -> tuple[tuple[str, str], ...]:
        """Each line of a reading: its text, and the ``<math>`` element or nothing.

        >>> from symcnn.grader.assignment import Assignment
        >>> setter = Typesetter(Assignment("A", ()))
        >>> [(text, math[:5]) for text, math in setter.lines(Question("a", "formula"), "K^2")]
        [('K^2', '<math')]
        """
        lines = [line for line in read.splitlines() if line.strip()]
        if question.kind == "chain" and len(lines) == 1:
            lines = links(lines[0])
        return tuple((line, self.math(question, line)) for line in lines)

    def math(self, question: Question, line: str) -> str:
        """The ``<math>`` element of one line; nothing where it cannot be set."""
        if question.kind not in _KINDS or len(line) > _MOST:
            return ""
        key = question.id, line
        if key not in self._done:
            self._done[key] = _set(line, self._domains(question))
        return self._done[key]

    def _domains(self, question: Question) -> Given:
        found = self._given.get(question.id)
        if found is None:
            found = self._given[question.id] = _read_domains(self._assignment, question)
        return found


def solution(remark: Remark, language: str) -> tuple[str, str, str]:
    """What stands before the formula of a remark that tells the key, the formula, and the rest.

    The formula is empty where the remark is of another sort.

    >>> solution(Remark("solution", "key", "The right answer is K^2."), "en")
    ('The right answer is ', 'K^2', '.')
    """
    from symcnn.grader.marking.words import SENTENCES

    before, _, after = SENTENCES["key"][language == "fa"].partition("{formula}")
    text = remark.text
    if remark.kind != "key" or not (text.startswith(before) and text.endswith(after)):
        return text, "", ""
    formula = text[len(before) : len(text) - len(after)]
    return before, formula.strip(_ISOLATES), after


def links(line: str) -> list[str]:
    """The lines of a derivation that was printed on one, each begun by its relation.

    >>> links("(a = b) = c <= d")
    ['(a = b)', '= c', '<= d']
    """
    lines, depth, begin = [], 0, 0
    for found in _LINK.finditer(line):
        sign = found[0]
        if sign in "([{":
            depth += 1
        elif sign in ")]}":
            depth -= 1
        elif not depth:
            lines.append(line[begin : found.start()].strip())
            begin = found.start()
    return [each for each in (*lines, line[begin:].strip()) if each]


def _read_domains(assignment: Assignment, question: Question) -> Given:
    from symcnn.reading import read_given

    try:
        return read_given("; ".join(each for each in (assignment.given, question.given) if each))
    except SymcnnError:  # only how names are set hangs on it
        return Given()


def _set(line: str, given: Given) -> str:
    from symcnn.formula.latex import latex
    from symcnn.reading import read

    text = line.strip()
    relation = max((each for each in _RELATIONS if text.startswith(each)), key=len, default="")
    try:
        printed = latex(read(text[len(relation) :], given).formula)
    except (SymcnnError, ValueError, RecursionError):
        return ""
    return _mathml(printed, _RELATIONS.get(relation, ""))


def _mathml(printed: str, relation: str) -> str:
    from xml.etree.ElementTree import ParseError

    from latex2mathml import exceptions

    from symcnn.formula.mathml import mathml

    own = [each for each in vars(exceptions).values() if isinstance(each, type)]
    refused: tuple[type[Exception], ...] = (ParseError, LookupError, ValueError)
    refused += tuple(each for each in own if issubclass(each, Exception))
    try:
        found = mathml(printed, display=True)
    except refused:
        return ""
    if "\\" in found:  # a command that it does not know
        return ""
    for old, new in _FORMS:
        found = found.replace(old, new, 1)
    if relation:
        begin = found.index(">") + 1
        shown = relation.replace("<", "&lt;").replace(">", "&gt;")
        found = f"{found[:begin]}<mo>{shown}</mo>{found[begin:]}"
    return found
