"""How an answer was read, set as a formula: plain notation -> Formula -> LaTeX -> MathML.

The text of the student is never set itself: only what our own printer makes of its reading. What
cannot be set stays text.
"""

from __future__ import annotations

from symcnn.errors import SymcnnError
from symcnn.formula.domains import Given
from symcnn.grader.assignment import Assignment, Question

_KINDS = frozenset({"formula", "number", "matrix", "chain"})
_RELATIONS = {
    "=": "=", "<=": "≤", ">=": "≥", "<": "<", ">": ">", "!=": "≠", "≤": "≤", "≥": "≥",
    "≈": "≈", "~": "≈",
}  # fmt: skip
_FORMS = (("<math ", '<math displaystyle="true" '), (' display="block"', ' display="inline"'))
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
        return tuple(
            (line, self._math(question, line)) for line in read.splitlines() if line.strip()
        )

    def _math(self, question: Question, line: str) -> str:
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
    relation = next((each for each in _RELATIONS if text.startswith(each)), "")
    for each in _RELATIONS:
        if text.startswith(each) and len(each) > len(relation):
            relation = each
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
