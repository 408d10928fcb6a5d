"""``symcnn check``: decides every claim, and says which did not come out as its author expects."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence

from symcnn.claims.report import Report
from symcnn.commands.output import folded, print_json, print_table, words_of
from symcnn.errors import AuthorError


def run(arguments: argparse.Namespace) -> int:
    """0 when every claim came out as expected, else 1."""
    reports = check_all(arguments.ids, arguments.answers, arguments.given)
    for report in reports:
        _print_report(report, stderr=arguments.json)
    if arguments.json:
        from symcnn.claims.as_json import finding_json

        print_json(
            [
                finding_json(finding, report.answer_id)
                for report in reports
                for finding in report.findings
            ]
        )
    odd = [finding for report in reports for finding in report.findings if not finding.as_expected]
    count = sum(len(report.findings) for report in reports)
    print(
        f"{count} claims, {len(odd)} not as expected"
        if odd
        else f"{count} claims, all as expected",
        file=sys.stderr if arguments.json else sys.stdout,
    )
    return 1 if odd else 0


def check_all(
    ids: Sequence[str], directories: Sequence[object], given: Sequence[str]
) -> list[Report]:
    """The reports of the answers that are asked for, with some numbers of the questions replaced.

    Raises AuthorError for a number that none of the questions has.
    """
    from pathlib import Path

    from symcnn.checking import numbers
    from symcnn.prover import check_answer
    from symcnn.resources import load_answer, select

    other = _numbers(given)
    chosen = select(ids, [Path(str(each)) for each in directories])
    loaded = [(answer_id, load_answer(path)) for answer_id, path in chosen]
    known = {name for _, answer in loaded for name in answer.problem.given}
    for name in other:
        if name not in known:
            raise AuthorError(
                f"--given {name}={other[name]}: no question here has the number {name}; "
                + (f"there is {', '.join(sorted(known))}" if known else "they have none")
            )
    return [
        check_answer(
            answer_id,
            answer,
            numbers(answer, {name: other[name] for name in answer.problem.given if name in other}),
        )
        for answer_id, answer in loaded
    ]


def _numbers(given: Sequence[str]) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for item in (each.strip() for text in given for each in re.split("[;,]", text)):
        name, equals, value = (piece.strip() for piece in item.partition("="))
        if not equals or not name.isidentifier() or not re.fullmatch("-?[0-9]{1,18}", value):
            raise AuthorError(f"--given {item!r}: write NAME=NUMBER with a whole number, as in K=5")
        numbers[name] = int(value)
    return numbers


def _print_report(report: Report, *, stderr: bool) -> None:
    from symcnn.claims.as_text import verdict_lines

    rows = [
        (finding.claim.name, words_of(finding.verdict.kind), words_of(finding.claim.expect.kind))
        for finding in report.findings
    ]
    title = f"{report.answer_id}  {report.answer.problem.title}"
    if report.numbers:
        title += "  (" + ", ".join(f"{name} = {n}" for name, n in report.numbers.items()) + ")"
    print_table(("claim", "verdict", "expected"), rows, title=title, stderr=stderr)
    stream = sys.stderr if stderr else sys.stdout
    for finding in report.findings:
        if not finding.as_expected:
            print(f"{finding.claim.where()} is not as expected:", file=stream)
            for line in verdict_lines(finding.verdict):
                print(folded(line, "    "), file=stream)
