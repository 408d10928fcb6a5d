"""``symcnn assignment``: writes, checks, prints and compiles an assignment."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from symcnn.commands.output import folded, print_json, print_table
from symcnn.errors import AuthorError


def run(arguments: argparse.Namespace) -> int:
    """0 as hoped, 1 where `check` has found something that has to be mended."""
    actions = {
        "new": _new, "check": _check, "blank": _blank, "guide": _guide, "compile": _compile,
    }  # fmt: skip
    return actions[arguments.action](arguments)


def _new(arguments: argparse.Namespace) -> int:
    from symcnn.grader.assignments.assignment_file import assignment_text
    from symcnn.grader.assignments.new_assignment import new_assignment

    if arguments.output.exists():
        raise AuthorError(
            f"{arguments.output} is there already; name another with -o, or remove it"
        )
    assignment, left_out = new_assignment(arguments.ids, arguments.answers)
    _write(arguments.output, assignment_text(assignment))
    for each in left_out:
        print(f"left out: {each}", file=sys.stderr)
    count = len(assignment.questions)
    if arguments.json:
        questions = [each.id for each in assignment.questions]
        file = str(arguments.output)
        print_json({"schema": 1, "file": file, "questions": questions, "left_out": list(left_out)})
        return 0
    print(f"wrote {arguments.output}: {count} {'question' if count == 1 else 'questions'}")
    print("read the prompts: the words of an answer may tell its key")
    print("next:")
    print(f"  symcnn assignment check {_quoted(arguments.output)}")
    print(f"  symcnn assignment blank {_quoted(arguments.output)} --format md -o blank.md")
    return 0


def _check(arguments: argparse.Namespace) -> int:
    from symcnn.grader.assignments.assignment_check import check_assignment
    from symcnn.grader.assignments.assignment_file import load_assignment

    assignment = load_assignment(arguments.file)
    try:
        checked = check_assignment(assignment, arguments.answers)
    except AuthorError as error:
        raise AuthorError(f"{arguments.file}: {error}") from error
    if arguments.json:
        print_json(checked.as_json())
    rows = [(each.question, each.kind, each.key, each.examples) for each in checked.rows]
    heads = ("question", "type", "key", "examples")
    print_table(heads, rows, title=str(arguments.file), stderr=arguments.json)
    stream = sys.stderr if arguments.json else sys.stdout
    for line in checked.lines():
        print(folded(line).replace("\n", "\n    "), file=stream)
    print(checked.summary(), file=stream)
    return 1 if checked.errors else 0


def _blank(arguments: argparse.Namespace) -> int:
    from symcnn.grader.assignments.assignment_file import load_assignment
    from symcnn.grader.handouts.blank import blank

    return _give(arguments, blank(load_assignment(arguments.file), arguments.format))


def _guide(arguments: argparse.Namespace) -> int:
    from symcnn.grader.assignments.assignment_file import load_assignment
    from symcnn.grader.handouts.guide import guide

    return _give(arguments, guide(load_assignment(arguments.file), arguments.lang))


def _compile(arguments: argparse.Namespace) -> int:
    from symcnn.grader.assignments.assignment_file import load_assignment
    from symcnn.grader.atomic import write_bytes
    from symcnn.grader.marking import Marker
    from symcnn.grader.ready.compiled import compiled

    assignment = load_assignment(arguments.file)
    Marker(assignment)  # an unusable key is told before anything is written
    try:
        write_bytes(arguments.output, compiled(assignment))
    except OSError as error:
        raise AuthorError(
            f"{arguments.output}: {error.strerror}; name another file with -o"
        ) from error
    if arguments.json:
        print_json({"schema": 1, "file": str(arguments.output)})
    else:
        print(f"wrote {arguments.output}: it marks as {arguments.file} does and quotes no key")
    return 0


def _give(arguments: argparse.Namespace, text: str) -> int:
    """To the file that was named, else to standard output."""
    if arguments.output is not None:
        _write(arguments.output, text)
        print(f"wrote {arguments.output}", file=sys.stderr)
    elif arguments.json:
        print_json({"schema": 1, "text": text})
    else:
        print(text, end="")
    return 0


def _write(path: Path, text: str) -> None:
    from symcnn.grader.atomic import write_text

    try:
        write_text(path, text)
    except OSError as error:
        raise AuthorError(f"{path}: {error.strerror}; choose another -o") from error


def _quoted(path: Path) -> str:
    return f"'{path}'" if " " in str(path) else str(path)
