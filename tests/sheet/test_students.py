"""The students' sheet of every document: nothing of a solution, in any language or format."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from functools import cache
from pathlib import Path

import pytest

from symcnn.checking import numbers
from symcnn.claims import Finding, Report, Undecided
from symcnn.resources import answer_files, course_file, load_answer, translation
from symcnn.sheet import read_course, render_document
from symcnn.sheet.in_html import HtmlMedium
from symcnn.sheet.in_tex import TexMedium
from symcnn.sheet.prose import read_prose
from symcnn.sheet.words import question_words, solution_words

TESTS = Path(__file__).resolve().parents[1]
GOLDEN = TESTS / "golden"
FILES = answer_files((TESTS.parent / "answers",))
DOCUMENTS = sorted({each.split("/")[0] for each in FILES})
LANGUAGES = ("en", "fa")
MADE_FOR_SOLUTIONS = {
    "tex": (r"\[\fit", "aligned", "tikzpicture", "resultbox", "claimed", "verdict", "mark-"),
    "html": ('class="claim', 'class="box', 'class="display', 'class="verdict', "<svg", "<figure"),
}
VERDICTS = {
    "en": ("Proved", "Holds if", "Refuted", "Undecided", "Counterexample", "Correct is"),
    "fa": ("اثبات شد", "با شرط برقرار است", "رد شد", "تصمیم‌ناپذیر ماند", "مثال نقض"),
}


@cache
def reports(document: str) -> tuple[Report, ...]:
    """Every question with its statements; the verdicts do not matter to students."""
    found = []
    for answer_id, path in FILES.items():
        if answer_id.split("/")[0] != document:
            continue
        answer = load_answer(path)
        known = numbers(answer, {})
        verdict = Undecided("nothing was tried")
        findings = tuple(
            Finding(each, each.statement(known), each.granted(known), each.needed(), verdict)
            for each in answer.claims
        )
        found.append(Report(answer_id, answer, findings, known))
    return tuple(found)


def translated(report: Report, language: str) -> dict[str, str]:
    """The words of the report in that language, or as they stand in the answer."""
    if language == report.answer.language:
        return {**question_words(report), **solution_words(report)}
    return translation(FILES[report.answer_id], language) or {}


@cache
def sheet(document: str, language: str, kind: str) -> str | bytes:
    course = course_file(FILES[reports(document)[0].answer_id])
    return render_document(
        document,
        reports(document),
        language=language,
        audience="students",
        format=kind,  # type: ignore[arg-type]
        course=None if course is None else read_course(course),
        words={each.answer_id: translated(each, language) for each in reports(document)},
    )


def text_of(document: str, language: str, kind: str) -> str:
    text = sheet(document, language, kind)
    assert isinstance(text, str)
    return text.partition("</style>")[2] if kind == "html" else text


def told(document: str, language: str) -> list[tuple[Report, str, str]]:
    """Every sentence of the solutions: its report, key and text."""
    return [
        (report, key, words[key])
        for report in reports(document)
        for words in [translated(report, language)]
        for key in solution_words(report)
    ]


@pytest.mark.parametrize("kind", ["tex", "html"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("document", DOCUMENTS)
def test_no_sentence_of_a_solution_stands_in_the_text(
    document: str, language: str, kind: str
) -> None:
    text = text_of(document, language, kind)
    medium = TexMedium(language) if kind == "tex" else HtmlMedium(language)
    sentences = [
        str(medium.prose((paragraph,)))
        for report, key, said in told(document, language)
        for paragraph in read_prose(said, report.numbers, key)
    ]
    assert sentences
    assert [each for each in sentences if len(each) > 12 and each in text] == []


@pytest.mark.parametrize("kind", ["tex", "html"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("document", DOCUMENTS)
def test_no_box_step_verdict_witness_or_picture(document: str, language: str, kind: str) -> None:
    """Neither shown nor defined."""
    text = text_of(document, language, kind)
    assert [sign for sign in MADE_FOR_SOLUTIONS[kind] if sign in text] == []
    assert [word for word in VERDICTS[language] if word in text] == []


@pytest.mark.parametrize("kind", ["tex", "html"])
def test_the_signs_are_those_of_solutions(kind: str) -> None:
    text = (GOLDEN / f"sample.en.{kind}").read_text(encoding="utf-8")
    assert [sign for sign in MADE_FOR_SOLUTIONS[kind] if sign not in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_question_part_and_point_is_there(document: str, language: str) -> None:
    text = text_of(document, language, "html")
    medium = HtmlMedium(language)
    for report in reports(document):
        words = translated(report, language)
        for key in question_words(report):
            for paragraph in read_prose(words[key], report.numbers, key):
                assert str(medium.prose((paragraph,))) in text, f"{report.answer_id}: {key}"
    assert text.count('class="points"') >= sum(
        report.answer.problem.points is not None for report in reports(document)
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_fragment_for_students_defines_no_verdict(document: str, language: str) -> None:
    text = render_document(
        document,
        reports(document),
        language=language,
        audience="students",
        fragment=True,
        words={each.answer_id: translated(each, language) for each in reports(document)},
    )
    assert isinstance(text, str)
    assert [sign for sign in MADE_FOR_SOLUTIONS["tex"] if sign in text] == []


def letters(text: str) -> str:
    """The letters alone: lines, hyphens and spaces of a page do not count."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in plain if sign.isalpha())


def stretches(report: Report, key: str, said: str) -> list[str]:
    """The stretches of words between the formulas of a text, those that are long enough."""
    runs = [run for runs in read_prose(said, report.numbers, key) for run in runs]
    found = (letters(run.text) for run in runs if run.kind == "text")
    return [each for each in found if len(each) >= 25]


@pytest.mark.tex
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_pdf_and_its_metadata_hold_no_solution(
    document: str, language: str, tmp_path: Path
) -> None:
    path = tmp_path / "sheet.pdf"
    content = sheet(document, language, "pdf")
    assert isinstance(content, bytes)
    path.write_bytes(content)
    page = letters(_out("pdftotext", str(path), "-"))
    about = _out("pdfinfo", str(path))
    asked = [
        stretch
        for report in reports(document)
        for key in question_words(report)
        for stretch in stretches(report, key, translated(report, language)[key])
    ]
    assert sum(stretch in page for stretch in asked) > len(asked) / 2
    kept = [
        stretch
        for report, key, said in told(document, language)
        for stretch in stretches(report, key, said)
        if not any(stretch in each or each in stretch for each in asked)
    ]
    assert [stretch for stretch in kept if stretch in page or stretch in letters(about)] == []
    assert [word for word in VERDICTS[language] if letters(word) in page + letters(about)] == []
    fields = dict(re.findall(r"^(\w[\w ]*):\s*(.*)$", about, re.MULTILINE))
    assert fields["Title"].startswith(document)
    assert not {"Subject", "Keywords", "Author"} & {key for key, said in fields.items() if said}
    assert _out("pdfdetach", "-list", str(path)).startswith("0 embedded")


def _out(*command: str) -> str:
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout
