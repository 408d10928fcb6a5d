"""The commands of grading with their options and help, for `arguments.py`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Protocol

BLANKS = ("md", "tex", "ipynb", "csv", "yaml")


class Adding(Protocol):
    """Adds a command and gives its parser."""

    def __call__(
        self, name: str, summary: str, *, answers: bool = False, json: bool = True
    ) -> argparse.ArgumentParser: ...


def add_grading(add: Adding) -> None:
    """Adds the commands about assignments, submissions and marks."""
    grade = add("grade", "mark submissions against an assignment")
    grade.add_argument("assignment", type=Path, metavar="ASSIGNMENT")
    grade.add_argument(
        "submissions",
        nargs="+",
        type=Path,
        metavar="SUBMISSION",
        help="files, zips, or folders of them",
    )
    _add_output(grade, "the directory of the run (default: graded)", Path("graded"))
    _add_run(grade)
    grade.add_argument(
        "--require-full-marks",
        action="store_true",
        help="exit with 1 unless every mark is full",
    )
    grade.add_argument(
        "--anonymous",
        action="store_true",
        help="pseudonyms everywhere; roster-map.csv tells who is who",
    )
    grade.add_argument("--roster", type=Path, metavar="FILE", help="CSV: student, name, factors")
    grade.add_argument(
        "--scheduler", metavar="ADDRESS", help="a dask.distributed cluster (symcnn[dask])"
    )

    _add_assignment(add)
    submission = add("submission", "look at a submission without any key")
    submission.add_argument("action", choices=("check",))
    submission.add_argument("file", type=Path, metavar="FILE")
    submission.add_argument(
        "--assignment", type=Path, metavar="FILE", help="names and questions, never keys"
    )

    regrade = add("regrade", "mark the submissions of a run again")
    regrade.add_argument("run", type=Path, metavar="RUN")
    regrade.add_argument("--assignment", type=Path, required=True, metavar="FILE")
    _add_output(regrade, "the directory of the second run", None)
    _add_run(regrade, again=True)

    compare = add("compare", "what differs between two runs, and why")
    compare.add_argument("run", type=Path, metavar="RUN")
    compare.add_argument("other", type=Path, metavar="RUN2")
    compare.add_argument(
        "--allow-lower", action="store_true", help="marks that fall are no reason for exit 1"
    )

    explain = add("explain", "one mark: how it was read, decided and counted")
    explain.add_argument("run", type=Path, metavar="RUN")
    explain.add_argument("student", metavar="STUDENT")
    explain.add_argument("question", metavar="QUESTION")

    gradescope = add("gradescope", "the autograder zip of an assignment", json=False)
    gradescope.add_argument("assignment", type=Path, metavar="ASSIGNMENT")
    _add_output(gradescope, "the zip (default: autograder.zip)", Path("autograder.zip"))


def _add_assignment(add: Adding) -> None:
    assignment = add("assignment", "write, check, print and compile an assignment", answers=True)
    actions = assignment.add_subparsers(dest="action", required=True, metavar="ACTION")
    new = actions.add_parser("new", help="an assignment from answers that there are")
    new.add_argument("ids", nargs="+", metavar="ID[:CLAIM]")
    _add_output(new, "the file (default: assignment.yaml)", Path("assignment.yaml"))
    check = actions.add_parser("check", help="prove each key, run accept and reject")
    check.add_argument("file", type=Path, metavar="FILE")
    blank = actions.add_parser("blank", help="the form that students fill in")
    blank.add_argument("file", type=Path, metavar="FILE")
    blank.add_argument("--format", choices=BLANKS, default="md", metavar="|".join(BLANKS))
    _add_output(blank, "the file (default: standard output)", None)
    compiled = actions.add_parser("compile", help="the same assignment without texts of keys")
    compiled.add_argument("file", type=Path, metavar="FILE")
    _add_output(compiled, "the file (default: assignment.bin)", Path("assignment.bin"))
    guide = actions.add_parser("guide", help="the marking guide")
    guide.add_argument("file", type=Path, metavar="FILE")
    guide.add_argument("--lang", choices=("en", "fa"), metavar="en|fa")
    _add_output(guide, "the file (default: standard output)", None)
    for action in (new, check, blank, guide):  # behind the action too, where people write it
        action.add_argument(
            "--json", action="store_true", default=argparse.SUPPRESS, help="only JSON on stdout"
        )
    for action in (new, check):
        action.add_argument(
            "--answers",
            action="append",
            default=argparse.SUPPRESS,
            type=Path,
            metavar="DIR",
            help="a directory of answers <document>/<question>.py; may be repeated",
        )


def _add_output(command: argparse.ArgumentParser, told: str, default: Path | None) -> None:
    command.add_argument("-o", "--output", type=Path, default=default, metavar="PATH", help=told)


def _add_run(command: argparse.ArgumentParser, *, again: bool = False) -> None:
    usual = "those of the first run" if again else "csv, html, markdown"
    command.add_argument(
        "--format",
        action="append",
        metavar="NAME",
        help="outputs besides the record: gradescope, github, classroom, junit, check50, csv, "
        f"markdown, html, or all (default: {usual}); may be repeated",
    )
    command.add_argument(
        "--phase",
        choices=("before", "after"),
        default=None if again else "before",
        help="feedback before the due date or after it "
        f"(default: {'as in the first run' if again else 'before'})",
    )
    command.add_argument(
        "--decisions",
        type=Path,
        metavar="FILE",
        help="what people decided (default: decisions.yaml beside the assignment)",
    )
    command.add_argument("--jobs", type=int, default=1, metavar="N", help="processes (default: 1)")
