"""Reports in, a sheet out: LaTeX, HTML or PDF, in English or Persian, with or without solutions.

view model <- reports, words of the language, course
text       <- view model, templates
PDF        <- text, XeLaTeX
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Literal, TypeAlias

from symcnn.claims.report import Report
from symcnn.errors import SheetError
from symcnn.resources import template_directories
from symcnn.sheet.build import Sheet
from symcnn.sheet.course import Course
from symcnn.sheet.environment import fill
from symcnn.sheet.in_html import HtmlMedium
from symcnn.sheet.in_tex import TexMedium
from symcnn.sheet.language import read_language
from symcnn.sheet.pdf import compile_pdf
from symcnn.sheet.tex import pdf_string
from symcnn.sheet.view import AUDIENCES, Audience, SheetView, check_audience
from symcnn.sheet.words import words_in

Format: TypeAlias = Literal["tex", "html", "pdf"]
FORMATS: tuple[Format, ...] = ("tex", "html", "pdf")


def render(
    report: Report,
    *,
    language: str = "en",
    audience: Audience = "solutions",
    format: Format = "tex",
    fragment: bool = False,
    course: Course | None = None,
    words: Mapping[str, str] | None = None,
    templates: Sequence[Path] = (),
) -> str | bytes:
    """The sheet of one question: text for "tex" and "html", bytes for "pdf".

    ``words`` are those of the language, by dotted key, when it is not the answer's own.
    ``fragment`` leaves out the preamble, for a class of one's own. Raises SheetError and, for PDF
    without XeLaTeX, ToolMissing.
    """
    return render_document(
        report.answer_id,
        (report,),
        language=language,
        audience=audience,
        format=format,
        fragment=fragment,
        course=course,
        words={} if words is None else {report.answer_id: words},
        templates=templates,
    )


def render_document(
    document: str,
    reports: Sequence[Report],
    *,
    language: str = "en",
    audience: Audience = "solutions",
    format: Format = "tex",
    fragment: bool = False,
    course: Course | None = None,
    words: Mapping[str, Mapping[str, str]] | None = None,
    templates: Sequence[Path] = (),
    keep: Path | None = None,
    tell: Callable[[str], None] | None = None,
) -> str | bytes:
    """The sheet of several questions; ``words[answer_id]`` as in `render`.

    ``keep`` and ``tell`` are those of `symcnn.sheet.pdf.compile_pdf`.
    """
    if format not in FORMATS or audience not in AUDIENCES:
        raise SheetError(f"{format!r} for {audience!r}: one of {FORMATS} for one of {AUDIENCES}")
    if fragment and format != "tex":
        raise SheetError("a fragment is LaTeX: ask for format tex")
    medium = "html" if format == "html" else "tex"
    directories = (*templates, *template_directories())
    view = view_of(
        document,
        reports,
        language=language,
        audience=audience,
        medium=medium,
        course=course,
        words=words,
        directories=directories,
    )
    name = f"{'fragment' if fragment else 'sheet'}.{medium}.j2"
    word = read_language(language, directories).table
    values = {"sheet": view, "word": word, "pdf_title": pdf_string(view.plain_title)}
    text = fill(name, medium, directories, values)
    if format != "pdf":
        return text
    logos = course.logos if course else ()
    files = {
        logo.name: path.read_bytes() for logo, path in zip(view.head.logos, logos, strict=True)
    }
    stem = f"{document.replace('/', '-')}.{language}"
    return compile_pdf(text, files, name=stem, keep=keep, tell=tell)


def view_of(
    document: str,
    reports: Sequence[Report],
    *,
    language: str,
    audience: Audience,
    medium: str,
    course: Course | None = None,
    words: Mapping[str, Mapping[str, str]] | None = None,
    directories: Sequence[Path] = (),
) -> SheetView:
    """The view model. Raises SheetError that lists every sentence the language lacks."""
    complete: dict[str, Mapping[str, str]] = {}
    complaints = []
    for report in reports:
        translated = (words or {}).get(report.answer_id)
        try:
            complete[report.answer_id] = words_in(report, language, translated, audience)
        except SheetError as error:
            complaints.append(str(error))
    if complaints:
        raise SheetError("\n".join(complaints))
    chosen = HtmlMedium(language) if medium == "html" else TexMedium(language)
    sheet = Sheet(read_language(language, directories), chosen, audience, course or Course())
    view = sheet.view(document, reports, complete)
    check_audience(view, audience)
    return view
