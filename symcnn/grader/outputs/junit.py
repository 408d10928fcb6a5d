"""JUnit XML: a suite for each student, a case for each question.

An open answer is skipped, one without full marks a failure; points stand in properties, since the
format knows none. Characters that XML cannot hold are shown by signs, as everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape

from symcnn.grader.marks import Graded, Grading
from symcnn.grader.outputs.lines import answer_lines, heading, remark_lines
from symcnn.grader.outputs.seen import Seen, called, has_later, seen, standing_seen
from symcnn.grader.outputs.texts import amount, one_line, visible

_QUOTES = {'"': "&quot;", "\n": "&#10;", "\t": "&#9;", "\r": "&#13;"}
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SKIPPED = ("open", "later", "recorded")
_NAME = 200


def junit(grading: Grading) -> dict[str, str]:
    """The whole class as ``junit.xml``."""
    suites = [_Suite(each, grading) for each in grading.students]
    title = one_line(grading.assignment.title, _NAME)
    tests = sum(suite.tests for suite in suites)
    failures = sum(suite.failures for suite in suites)
    skipped = sum(suite.skipped for suite in suites)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append(_open("testsuites", _counts(title, tests, failures, skipped)))
    for suite in suites:
        lines += suite.lines
    lines.append("</testsuites>")
    return {"junit.xml": "\n".join(lines) + "\n"}


class _Suite:
    """The lines of one student, and how many cases they hold."""

    def __init__(self, graded: Graded, grading: Grading) -> None:
        language = grading.assignment.language
        answers = seen(graded, grading.assignment, grading.phase)
        self.tests = len(answers)
        self.failures = sum(_fails(each) for each in answers)
        self.skipped = sum(each.state in _SKIPPED for each in answers)
        name = one_line(called(graded), _NAME)
        self.lines = [
            " " + _open("testsuite", _counts(name, self.tests, self.failures, self.skipped)),
            "  <properties>",
            *("   " + each for each in _totals(graded, answers, language)),
            "  </properties>",
        ]
        for each in answers:
            self.lines += _case(each, graded, language)
        if graded.problems:
            said = "\n".join(visible(str(each)) for each in graded.problems)
            self.lines.append(f"  <system-err>{_data(said)}</system-err>")
        self.lines.append(" </testsuite>")


def _fails(answer: Seen) -> bool:
    return answer.state not in ("right", *_SKIPPED)


def _totals(graded: Graded, answers: tuple[Seen, ...], language: str) -> list[str]:
    total = graded.total
    lines = [_property("standing", standing_seen(graded, answers, language))]
    if not has_later(answers):
        lines.append(_property("points", amount(total.points)))
        lines.append(_property("marked", amount(total.marked)))
    return [
        *lines,
        _property("full", amount(total.full)),
        _property("open", str(total.open)),
    ]


def _case(answer: Seen, graded: Graded, language: str) -> list[str]:
    attributes = {
        "classname": one_line(graded.student, _NAME),
        "name": one_line(answer.question.id, _NAME),
        "time": "0",
    }
    lines = ["  " + _open("testcase", attributes), "   <properties>"]
    if answer.points is not None and answer.state != "recorded":
        lines.append("    " + _property("points", amount(answer.points)))
    lines.append("    " + _property("of", amount(answer.of)))
    lines += ["    " + _property("outcome", answer.outcome), "   </properties>"]
    message = heading(answer, language)
    remarks = _data("\n".join(remark_lines(answer)))
    if answer.state in _SKIPPED:
        lines.append("   " + _open("skipped", {"message": message}, closed=True))
    elif _fails(answer):
        tag = _open("failure", {"message": message, "type": answer.outcome})
        lines.append(f"   {tag}{remarks}</failure>")
    said = answer_lines(answer, language)
    if not _fails(answer):
        said += remark_lines(answer)
    if said:
        lines.append(f"   <system-out>{_data(chr(10).join(said))}</system-out>")
    return [*lines, "  </testcase>"]


def _counts(name: str, tests: int, failures: int, skipped: int) -> dict[str, str]:
    return {
        "name": name,
        "tests": str(tests),
        "failures": str(failures),
        "errors": "0",
        "skipped": str(skipped),
        "time": "0",
    }


def _property(name: str, value: str) -> str:
    return _open("property", {"name": name, "value": value}, closed=True)


def _open(tag: str, attributes: dict[str, str], *, closed: bool = False) -> str:
    shown: Iterable[str] = (
        f' {name}="{escape(legal(value), _QUOTES)}"' for name, value in attributes.items()
    )
    return f"<{tag}{''.join(shown)}{'/' if closed else ''}>"


def _data(text: str) -> str:
    return escape(legal(text))


def legal(text: str) -> str:
    """The text without what XML 1.0 cannot hold, each such character shown by its number.

    >>> legal("a\\x00b]]>")
    'a⟨U+0000⟩b]]>'
    """
    return _ILLEGAL.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", text)
