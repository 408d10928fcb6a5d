"""Prose, displayed formulas and pictures as HTML: MathML and SVG, no script."""

from __future__ import annotations

from collections.abc import Sequence

from symcnn.claims.picture import Picture
from symcnn.sheet.display import Line, reasons_beside, rows
from symcnn.sheet.html import Html, escape_html
from symcnn.sheet.math_html import math_html
from symcnn.sheet.medium import Tag
from symcnn.sheet.prose import Paragraph, Run, persian_runs
from symcnn.sheet.svg import svg

_LINE = 34.0  # a browser's formulas are wider than TeX's
_TAG = 5.0  # em that a tag takes from its line


class HtmlMedium:
    """HTML for one language."""

    def __init__(self, language: str) -> None:
        self.persian = language == "fa"
        self.direction = "rtl" if self.persian else "ltr"

    def prose(self, paragraphs: Sequence[Paragraph]) -> Html:
        """One paragraph as it is; several as ``<p>`` elements."""
        done = [self.paragraph(runs) for runs in paragraphs]
        return Html(done[0] if len(done) == 1 else "".join(f"<p>{each}</p>" for each in done))

    def paragraph(self, runs: Paragraph) -> str:
        """The runs of a paragraph."""
        return "".join(map(self.run, runs))

    def run(self, run: Run) -> str:
        """One stretch of a paragraph."""
        match run.kind:
            case "math":
                return math_html(run.text)
            case "code":
                return f'<code dir="ltr">{escape_html(run.text)}</code>'
            case "latin":
                return f'<bdi lang="en">{escape_html(run.text)}</bdi>'
            case "text":
                if not self.persian:
                    return escape_html(run.text)
                parts = persian_runs(run.text)
                return "".join(
                    self.run(part) if part.kind == "latin" else escape_html(part.text)
                    for part in parts
                )

    def display(self, lines: Sequence[Line], tag: Tag | None = None) -> Html:
        """A grid of formulas aligned at their relations, reasons beside them."""
        shown = rows(lines, _LINE - (_TAG if tag else 0))
        reasons = any(row.reason for row in shown)
        beside = reasons and reasons_beside(shown)
        cells = []
        for row in shown:
            left = math_html(row.left, display=True) if row.left else ""
            right = math_html(row.right, display=True) if row.right else ""
            cells.append(f'<div class="left">{left}</div>')
            cells.append(f'<div class="right step{row.step}">{right}</div>')
            if beside or row.reason:
                why = self.paragraph(row.reason)
                cells.append(f'<div class="why" dir="{self.direction}">{why}</div>')
        kind = "chain beside" if beside else "chain below" if reasons else "chain"
        label = ""
        if tag is not None:
            label = f'<a class="tag {tag.mark}" href="#{tag.anchor}">{escape_html(tag.number)}</a>'
        rows_ = "".join(cells)
        return Html(f'<div class="display"><div class="{kind}">{rows_}</div>{label}</div>')

    def stack(self, *blocks: str) -> Html:
        """Displays are blocks by themselves."""
        return Html("\n".join(blocks))

    def picture(self, picture: Picture, title: str) -> Html:
        """Inline SVG."""
        return Html(svg(picture, title))
