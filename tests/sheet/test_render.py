"""Whole sheets: golden files, audiences, drafts, fragments, and what HTML may not hold.

``SYMCNN_WRITE_GOLDEN=1`` writes the golden files anew; look at the difference before you commit it.
"""

from __future__ import annotations

import os
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from symcnn.claims import Proved, Report
from symcnn.errors import AuthorError, SheetError
from symcnn.sheet import Course, render, render_document
from symcnn.sheet.view import Audience, HeadView, PartView, SayView, check_audience
from tests.sheet import sample

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
COURSE = Course(
    university=(("en", "A University"), ("fa", "یک دانشگاه")),
    course=(("en", "Deep Learning"), ("fa", "یادگیری عمیق")),
    opening=(("fa", "بسمه تعالی"),),
    closing=(("en", "Good luck"), ("fa", "موفق باشید")),
)


def made(
    language: str = "en",
    kind: str = "tex",
    report: Report | None = None,
    audience: Audience = "solutions",
    fragment: bool = False,
) -> str:
    found = render(
        report or sample.report(),
        language=language,
        audience=audience,
        format=kind,  # type: ignore[arg-type]
        fragment=fragment,
        course=COURSE,
        words=sample.PERSIAN if language == "fa" else None,
    )
    assert isinstance(found, str)
    return found


@pytest.mark.parametrize("kind", ["tex", "html"])
@pytest.mark.parametrize("language", ["en", "fa"])
def test_golden(language: str, kind: str) -> None:
    path = GOLDEN / f"sample.{language}.{kind}"
    text = made(language, kind)
    if os.environ.get("SYMCNN_WRITE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8"), f"{path.name} differs; see the docstring"


@pytest.mark.parametrize("kind", ["tex", "html"])
def test_each_verdict_shows_its_evidence(kind: str) -> None:
    text = made(kind=kind)
    for said in ("Proved", "Holds if", "Refuted", "Undecided", "Counterexample", "Without it"):
        assert said in text
    for said in ("Correct is", "no exact procedure", "rational normal form", "in row 2, column 1"):
        assert said in text


@pytest.mark.parametrize("kind", ["tex", "html"])
@pytest.mark.parametrize("language", ["en", "fa"])
def test_students_see_questions_and_points_only(language: str, kind: str) -> None:
    text = made(language, kind, audience="students")
    words = (
        sample.PERSIAN
        if language == "fa"
        else {
            "parts.a.question": r"Write the convolution as a matrix",
            "say.size": "When the stride is 1",
            "claims.entries": "The two output entries",
        }
    )
    assert words["parts.a.question"].split("$")[0].strip() in text
    assert words["say.size"].split("\n")[0][:20] not in text
    assert words["claims.entries"][:20] not in text
    for said in ("verdictword{", "resultbox{T", "tikzpicture}", '<article class="claim'):
        assert said not in text


def test_a_view_that_shows_solutions_to_students_is_refused() -> None:
    part = PartView("(a)", "question", "", (SayView("the answer"),))
    check_audience(part, "solutions")
    check_audience(replace(part, solution=()), "students")
    with pytest.raises(ValueError, match=r"PartView\.solution"):
        check_audience(part, "students")
    with pytest.raises(ValueError, match="students"):
        check_audience((part,)[0], "students")
    check_audience(HeadView("", "", "", "", "", "", "", ()), "students")


def unexpected() -> Report:
    report = sample.report()
    findings = tuple(
        replace(each, claim=replace(each.claim, expect=Proved))
        if each.claim.name == "inverse"
        else each
        for each in report.findings
    )
    return replace(report, findings=findings)


@pytest.mark.parametrize(("language", "draft"), [("en", "DRAFT"), ("fa", "پیش‌نویس")])
@pytest.mark.parametrize("kind", ["tex", "html"])
def test_a_claim_that_is_not_as_expected_makes_a_draft(
    language: str, draft: str, kind: str
) -> None:
    assert draft not in made(language, kind)
    text = made(language, kind, report=unexpected())
    assert draft in text
    assert "inverse" in text


def test_missing_keys_of_the_course_leave_no_hole() -> None:
    bare = render(sample.report(), format="tex", course=Course())
    assert isinstance(bare, str)
    assert "minipage}[c]{0.31" not in bare
    assert render(sample.report(), format="tex") == bare


def test_a_fragment_has_no_preamble_and_names_its_packages() -> None:
    text = made(fragment=True)
    assert r"\documentclass" not in text
    assert r"\begin{document}" not in text.replace(r"between \begin{document} and", "")
    assert "amsmath" in text.splitlines()[1]
    assert "xepersian" in made("fa", fragment=True).splitlines()[1]
    with pytest.raises(SheetError, match="fragment"):
        made(kind="html", fragment=True)


def test_missing_sentences_of_all_answers_are_listed_at_once() -> None:
    first = sample.report()
    second = replace(first, answer_id="sample/q3")
    with pytest.raises(SheetError) as caught:
        render_document("sample", (first, second), language="fa")
    assert "sample/q2.fa.toml" in str(caught.value)
    assert "sample/q3.fa.toml" in str(caught.value)


def test_several_questions_keep_their_order_and_count_figures() -> None:
    first = sample.report()
    text = render_document("sample", (first, replace(first, answer_id="sample/q3")))
    assert isinstance(text, str)
    assert text.index("Question 2") < text.index("Question 3")
    assert text.index("Figure 1.") < text.index("Figure 2.")


def test_the_same_report_gives_the_same_bytes() -> None:
    assert made("fa", "html") == made("fa", "html")


def test_malformed_prose_names_answer_and_key() -> None:
    words = {**sample.PERSIAN, "say.rows": "یک $x بی‌پایان"}
    with pytest.raises(AuthorError, match=r"sample/q2: say\.rows"):
        render(sample.report(), language="fa", words=words)


class Balanced(HTMLParser):
    """Every element that is opened is closed, in order."""

    VOID = frozenset({"meta", "img", "br", "link"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.seen += [f"{key}={value}" for key, value in attrs if key in ("src", "href")]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", ["en", "fa"])
def test_html_is_one_file_without_script(language: str) -> None:
    text = made(language, "html")
    parser = Balanced()
    parser.feed(text)
    assert parser.open == []
    assert "script" not in parser.seen
    assert "link" not in parser.seen
    assert all(each[5] == "#" for each in parser.seen if each.startswith("href="))
    assert "http" not in text.replace("http-equiv", "")
    assert {"math", "svg", "article"} <= set(parser.seen)
    direction = "rtl" if language == "fa" else "ltr"
    assert f'<html lang="{language}" dir="{direction}">' in text
    assert "math { direction: ltr" in text
