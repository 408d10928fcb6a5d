"""``symcnn submission check``: which answers are there and how each was read, without any key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from symcnn.commands.output import folded, print_json
from symcnn.grader.ids import shown

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from symcnn.grader.assignment import Assignment
    from symcnn.grader.submission import Problem, Submission
    from symcnn.grader.submission_check import Seen

_WORDS = {
    "head": ("{source}: student {student}{name}; {count} of {all} answers",
             "{source}: دانشجو {student}{name}؛ {count} پاسخ از {all}"),
    "read": ("read: {text}", "خوانده شد: {text}"),
    "kept": ("kept as it is, for a person", "همان‌گونه می‌ماند تا کسی آن را بخواند"),
    "unreadable": ("cannot be read", "خواندنی نیست"),
    "unclear": ("there is more than one answer that could be meant: see the problems",
                "بیش از یک پاسخ می‌تواند منظور باشد: مشکل‌ها را ببینید"),
    "missing": ("no answer", "پاسخی نیست"),
    "problems": ("problems:", "مشکل‌ها:"),
    "fine": ("every answer that is there can be read", "همهٔ پاسخ‌هایی که هستند خوانده می‌شوند"),
}  # fmt: skip


def run(arguments: argparse.Namespace) -> int:
    """0 where everything that is there can be read, else 2. Missing answers are only told."""
    from symcnn.grader.submission_check import seen
    from symcnn.grader.submissions import read_submissions

    assignment = None if arguments.assignment is None else _loaded(arguments)
    questions = None if assignment is None else [each.id for each in assignment.questions]
    language = "en" if assignment is None else assignment.language
    found, problems = read_submissions([arguments.file], questions, language=language)
    checked = [(each, seen(each, assignment)) for each in found]
    usable = bool(found) and not problems and all(_usable(*each) for each in checked)
    if arguments.json:
        print_json(
            {
                "schema": 1,
                "usable": usable,
                "submissions": [_as_json(*each) for each in checked],
                "problems": [_problem_json(each) for each in problems],
            }
        )
    else:
        place = int(language == "fa")
        for submission, answers in checked:
            for line in _told(submission, answers, place):
                print(line)
        for line in _listed(problems, place):
            print(line)
        if usable:
            print(_WORDS["fine"][place])
    return 0 if usable else 2


def _loaded(arguments: argparse.Namespace) -> Assignment:
    from symcnn.grader.assignments.assignment_file import load_assignment

    return load_assignment(arguments.assignment)


def _usable(submission: Submission, answers: tuple[Seen, ...]) -> bool:
    """Whether nothing but a missing answer is to be told."""
    missing = any(each.state == "missing" for each in answers)
    states = {each.state for each in answers}
    return len(submission.problems) <= missing and not states & {"unreadable", "unclear"}


def _as_json(submission: Submission, answers: tuple[Seen, ...]) -> dict[str, Any]:
    return {
        "student": submission.student,
        "name": submission.name,
        "source": submission.source,
        "answers": [
            {
                "question": each.question,
                "state": each.state,
                "place": each.place,
                "text": each.text,
                "read": list(each.read),
                "told": list(each.told),
            }
            for each in answers
        ],
        "problems": [_problem_json(each) for each in submission.problems],
    }


def _problem_json(problem: Problem) -> dict[str, str]:
    return {"where": problem.where, "message": problem.message, "hint": problem.hint}


def _told(submission: Submission, answers: tuple[Seen, ...], place: int) -> Iterator[str]:
    there = sum(each.state != "missing" for each in answers)
    name = f", {submission.name}" if submission.name else ""
    yield _WORDS["head"][place].format(
        source=submission.source,
        student=submission.student,
        name=name,
        count=there,
        all=len(answers),
    )
    for each in answers:
        at = each.place.removeprefix(submission.source).removeprefix(", ")
        head = f"  {shown(each.question)}" + (f" ({at})" if at else "")
        if each.state == "read" and len(each.read) == 1:
            told = _WORDS["read"][place].format(text=_ltr(shown(each.read[0]), place))
            yield folded(f"{head}: {told}")
            continue
        state = _WORDS["read"][place].format(text="") if each.state == "read" else None
        yield f"{head}: {(state or _WORDS[each.state][place]).strip()}"
        for line in each.read:
            yield f"      {_ltr(shown(line), place)}"
        for line in each.told:
            yield f"      {shown(line)}"
    yield from _listed(submission.problems, place)


def _listed(problems: tuple[Problem, ...], place: int) -> Iterator[str]:
    if problems:
        yield _WORDS["problems"][place]
        for each in problems:
            yield folded(f"  {each}")


def _ltr(text: str, place: int) -> str:
    return f"\u2066{text}\u2069" if place else text
