"""The words of the shell -> arguments, by argparse: every command with its options and help."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

_TAKE_FORMULAS = ("read", "verify")


def parsed(words: list[str]) -> argparse.Namespace:
    """The arguments. Raises SystemExit where help was printed or the words make no sense."""
    return _parser().parse_args(_with_formulas(words))


def _with_formulas(words: list[str]) -> list[str]:
    """A formula such as ``-x^2`` is no option: a space in front keeps argparse from taking it."""
    if not words or words[0] not in _TAKE_FORMULAS:
        return words
    return [
        f" {word}" if word[:1] == "-" and word[:2] != "--" and word not in ("-", "-h") else word
        for word in words
    ]


def _formula(word: str) -> str:
    return word[1:] if word.startswith(" -") else word


def _some_of(*choices: str) -> Callable[[str], list[str]]:
    """The type of an option that may be repeated or hold a list with commas."""

    def read(text: str) -> list[str]:
        words = text.split(",")
        for each in words:
            if each not in choices:
                raise argparse.ArgumentTypeError(f"{each!r} is none of {', '.join(choices)}")
        return words

    return read


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="symcnn",
        description="Checks every line of a CNN answer sheet, and every formula, with evidence.",
        epilog="exit: 0 fine, 1 not as expected or refuted, 2 unusable input, 3 undecided, "
        "4 a tool is missing, 70 a bug",
    )
    from symcnn import __version__

    parser.add_argument("--version", action="version", version=f"symcnn {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(
        name: str, summary: str, *, answers: bool = False, json: bool = True
    ) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=summary, description=summary, allow_abbrev=False)
        if answers:
            command.add_argument(
                "--answers",
                action="append",
                default=[],
                type=Path,
                metavar="DIR",
                help="a directory of answers <document>/<question>.py; may be repeated",
            )
        if json:
            command.add_argument("--json", action="store_true", help="only JSON on stdout")
        return command

    add("list", "the answers there are", answers=True)

    show = add("show", "one question, or one claim with its verdict", answers=True, json=False)
    show.add_argument("id", metavar="ID[:CLAIM]")

    check = add("check", "decide every claim of the answers", answers=True)
    _add_ids(check)
    check.add_argument(
        "--given",
        action="append",
        default=[],
        metavar="NAME=NUMBER",
        help="another number for the question, as in K=5; may be repeated",
    )

    read = add("read", "what is understood of a formula")
    _add_formula(read)
    _add_given(read)

    verify = add(
        "verify", "decide a formula against another, or an equation by itself", answers=True
    )
    _add_formula(verify, nargs="?")
    verify.add_argument(
        "--against",
        type=_formula,
        metavar="FORMULA|KEY",
        help="the right formula, or a claim such as dl2/q4:output_entries",
    )
    _add_given(verify)
    verify.add_argument(
        "--steps", metavar="FILE", help="a derivation, line by line (FORMULA: its start)"
    )
    verify.add_argument(
        "--feedback",
        choices=("readable", "verdict", "where", "hint", "witness", "solution"),
        metavar="LEVEL",
        help="how much is told: readable, verdict, where (default for a KEY), hint, witness, "
        "solution (default otherwise)",
    )

    sheet = add("sheet", "write the answers as sheets", answers=True, json=False)
    _add_ids(sheet)
    sheet.add_argument(
        "--lang",
        action="extend",
        type=_some_of("en", "fa"),
        metavar="en|fa",
        help="language; repeat or write en,fa (default: en)",
    )
    sheet.add_argument(
        "--format",
        action="extend",
        type=_some_of("tex", "pdf", "html"),
        metavar="tex|pdf|html",
        help="repeat or write tex,pdf (default: pdf)",
    )
    sheet.add_argument(
        "--for",
        dest="audience",
        choices=("students", "solutions"),
        default="solutions",
        help="questions alone, or with their solutions (default)",
    )
    sheet.add_argument(
        "--fragment",
        action="store_true",
        help="with --format tex: only the body, for a class of your own",
    )
    sheet.add_argument(
        "--course",
        type=Path,
        metavar="FILE",
        help="the head of the sheets (default: course.toml beside the answers)",
    )
    sheet.add_argument("-o", "--output", type=Path, default=Path(), metavar="DIR")

    doctor = add("doctor", "what is installed, and how to install what is not")
    doctor.add_argument(
        "--install-tex",
        action="store_true",
        help="install TeX when it is missing (Debian and Ubuntu, as root or with sudo)",
    )

    new = add("new", "start a question of your own", json=False)
    new.add_argument("what", choices=("question",))
    new.add_argument("id", metavar="ID", help="<document>/<question>, as in mine/q1")
    new.add_argument(
        "--into",
        type=Path,
        default=Path("answers"),
        metavar="DIR",
        help="the directory of answers (default: answers)",
    )
    from symcnn.grading_arguments import add_grading

    add_grading(add)
    return parser


def _add_ids(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "ids", nargs="*", metavar="ID", help="a question (dl2/q4) or a document (dl2); default: all"
    )


def _add_formula(command: argparse.ArgumentParser, nargs: str | None = None) -> None:
    command.add_argument(
        "formula",
        nargs=nargs,
        type=_formula,
        metavar="FORMULA",
        help="the text itself, @FILE, or - for standard input",
    )


def _add_given(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--given",
        type=_formula,
        metavar="ASSUMPTIONS",
        help="such as 'K: positive integer; S divides N - K'",
    )
