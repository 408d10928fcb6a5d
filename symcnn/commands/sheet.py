"""``symcnn sheet``: the answers of each document as one sheet, in each language and format."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from symcnn.claims.report import Report
from symcnn.errors import SheetError, ToolMissing

if TYPE_CHECKING:
    from symcnn.sheet import Course

_ORDER = ("tex", "html", "pdf")  # what needs no TeX is there even when TeX is not


def run(arguments: argparse.Namespace) -> int:
    """0, 1 when a claim was not as expected, 2 when a sheet cannot be made, 4 without TeX."""
    from symcnn.commands.check import check_all
    from symcnn.resources import answer_files

    files = answer_files(arguments.answers)
    reports = check_all(arguments.ids, arguments.answers, ())
    documents: dict[str, list[Report]] = {}
    for report in reports:
        documents.setdefault(report.answer_id.split("/")[0], []).append(report)
    failed: list[SheetError] = []
    missing: list[ToolMissing] = []
    for document, chosen in documents.items():
        name = _name(document, chosen, files)
        for language in arguments.lang or ["en"]:
            try:
                missing += _write(name, language, chosen, files, arguments)
            except SheetError as error:
                failed.append(error)
                _complain(f"no sheet {name} in {language}: {error}")
    odd = [f"{each.answer_id}" for each in reports if not each.as_expected]
    if odd:
        _complain(f"DRAFT: claims of {', '.join(odd)} are not as expected; see `symcnn check`")
    if missing:
        _complain(f"THE PDF FILES ARE MISSING: {missing[0]}")
    return 2 if failed else 4 if missing else 1 if odd else 0


def _name(document: str, chosen: list[Report], files: Mapping[str, Path]) -> str:
    """The document, with the questions where they are not all of it."""
    whole = [each for each in files if each.split("/")[0] == document]
    if len(chosen) == len(whole):
        return document
    return "-".join([document, *(each.answer_id.split("/")[1] for each in chosen)])


def _write(
    name: str,
    language: str,
    reports: list[Report],
    files: Mapping[str, Path],
    arguments: argparse.Namespace,
) -> list[ToolMissing]:
    from symcnn.resources import translation
    from symcnn.sheet import render_document, write_whole

    words = {
        each.answer_id: translation(files[each.answer_id], language) or {}
        for each in reports
        if language != each.answer.language
    }
    course = _course(arguments.course, files[reports[0].answer_id])
    stem = name + ("-students" if arguments.audience == "students" else "")
    stem += "-fragment" if arguments.fragment else ""
    formats = arguments.format or (["tex"] if arguments.fragment else ["pdf"])
    for each in sorted(formats, key=_ORDER.index):
        try:
            content = render_document(
                name,
                reports,
                language=language,
                audience=arguments.audience,
                format=each,
                fragment=arguments.fragment,
                course=course,
                words=words,
                keep=arguments.output,
                tell=_complain,
            )
        except ToolMissing as error:
            return [error]
        path = arguments.output / f"{stem}.{language}.{each}"
        write_whole(path, content)
        print(f"wrote {path}", flush=True)
    return []


def _course(named: Path | None, answer: Path) -> Course | None:
    from symcnn.resources import course_file
    from symcnn.sheet import read_course

    path = named or course_file(answer)
    return None if path is None else read_course(path)


def _complain(line: str) -> None:
    print(f"symcnn: {line}", file=sys.stderr, flush=True)
