"""The HTML report: the class for staff, and a page for each student that can be sent alone.

Pages hold their style and need no script and no other file. Everything but the formulas that our
own printer set is escaped by the templates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from symcnn.errors import SheetError
from symcnn.grader.marks import Grading
from symcnn.grader.outputs.html_class import whole_class
from symcnn.grader.outputs.html_student import one_student
from symcnn.grader.outputs.mathematics import Typesetter
from symcnn.grader.outputs.names import file_names
from symcnn.grader.outputs.texts import one_line
from symcnn.grader.outputs.words import Words

if TYPE_CHECKING:
    from jinja2 import Environment

_NAME = 200


def html(grading: Grading) -> dict[str, str]:
    """``html/index.html`` and a page for each student. Raises SheetError for missing templates."""
    templates = environment()
    names = file_names(each.student for each in grading.students)
    common = _common(grading)
    report = templates.get_template("grader/report.html.j2")
    files = {"html/index.html": report.render(common | whole_class(grading, names))}
    page = templates.get_template("grader/student.html.j2")
    setter = Typesetter(grading.assignment)
    for each in grading.students:
        shown = page.render(common | one_student(each, grading, setter))
        files[f"html/{names[each.student]}.html"] = shown
    return files


def environment() -> Environment:
    """Jinja for pages: everything is escaped. Raises SheetError where there are no templates."""
    from symcnn.resources import template_directories
    from symcnn.templating import environment as templates

    places = template_directories()
    if not places:
        raise SheetError("there are no templates: install symcnn anew")
    return templates(places, escapes=True)


def _common(grading: Grading) -> dict[str, Any]:
    language = grading.assignment.language
    return {
        "word": Words(language),
        "language": language,
        "direction": "rtl" if language == "fa" else "ltr",
        "title": one_line(grading.assignment.title, _NAME),
    }
