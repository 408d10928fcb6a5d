"""Prose, displayed formulas and pictures as LaTeX. The macros used here stand in the preamble."""

from __future__ import annotations

import re
from collections.abc import Sequence

from symcnn.claims.picture import Picture
from symcnn.sheet.display import LINE, Line, Row, chunks, reasons_beside, rows
from symcnn.sheet.medium import Tag
from symcnn.sheet.prose import Paragraph, Run, persian_runs
from symcnn.sheet.tex import Tex, escape
from symcnn.sheet.tikz import tikz

_WORDS = re.compile(r"\\text\{(\s*)([^{}]*[\u0600-\u06ff][^{}]*?)(\s*)\}")

_MATRIX = re.compile(r"\\begin\{bmatrix\}(?:(?!\\begin\{bmatrix\}).)*?\\end\{bmatrix\}", re.DOTALL)
_SHORT_REASON = 80
_TAG = 4.0  # em that a tag takes from its line


class TexMedium:
    """LaTeX for one language: "fa" sets Latin stretches apart and pictures left to right."""

    def __init__(self, language: str) -> None:
        self.persian = language == "fa"

    def prose(self, paragraphs: Sequence[Paragraph]) -> Tex:
        """Paragraphs, parted by blank lines."""
        return Tex("\n\n".join("".join(map(self.run, runs)) for runs in paragraphs))

    def run(self, run: Run) -> str:
        """One stretch of a paragraph."""
        match run.kind:
            case "math":
                return f"${self.math(run.text)}$"
            case "code":
                return self.latin(rf"\texttt{{{escape(run.text)}}}")
            case "latin":
                return self.latin(escape(run.text))
            case "text":
                if not self.persian:
                    return escape(run.text)
                parts = persian_runs(run.text)
                return "".join(
                    self.latin(escape(part.text)) if part.kind == "latin" else escape(part.text)
                    for part in parts
                )

    def latin(self, tex: str) -> str:
        """Left to right inside right to left."""
        return rf"\lr{{{tex}}}" if self.persian else tex

    def math(self, latex: str) -> str:
        r"""The formula; Persian words in it are set from right to left.

        >>> print(TexMedium("fa").math(r"1 & \text{اگر } x"))
        1 & \text{\rl{اگر}}\; x
        """
        latex = _MATRIX.sub(
            lambda found: found[0].replace(r"\\", r"\\[4pt]") if r"\frac" in found[0] else found[0],
            latex,
        )
        if not self.persian:
            return latex
        return _WORDS.sub(
            lambda found: (
                (r"\;" if found[1] else "")
                + rf"\text{{\rl{{{found[2]}}}}}"
                + (r"\;" if found[3] else "")
            ),
            latex,
        )

    def display(self, lines: Sequence[Line], tag: Tag | None = None) -> Tex:
        """``\\[...\\]`` around an ``aligned``; scaled to the line if it should still be too wide.

        A tall chain becomes several, one below the other, that a page break may part.
        """
        shown = rows(lines, LINE - (_TAG if tag else 0))
        beside = reasons_beside(shown)
        runs = chunks(shown)
        left = next((row.left for row in shown if row.left), "")
        blocks = []
        for position, run in enumerate(runs):
            body = " \\\\\n".join(self.row(row, beside) for row in run)
            if position and left and not run[0].left:
                body = rf"\phantom{{{self.math(left)}}} {body}"
            aligned = f"\\begin{{aligned}}\n{body}\n\\end{{aligned}}"
            fit = r"\fitleft" if len(runs) > 1 else r"\fitmath"
            blocks.append(f"\\[{fit}{{{aligned}}}\\]")
        if tag is not None:
            label = rf"\tag*{{\claimtag{{{tag.mark}}}{{{escape(tag.number)}}}}}\]"
            blocks[-1] = blocks[-1].removesuffix(r"\]") + label
        if len(runs) > 1:
            blocks = [r"\begin{chain}", *blocks, r"\end{chain}"]
        return Tex("\n".join(blocks))

    def row(self, row: Row, beside: bool) -> str:
        """A row; its reason in a column of its own, or below it."""
        push = (r"\quad ", r"\qquad ")[row.step - 1] if row.step else ""
        text = f"{self.math(row.left)} & {push}{self.math(row.right)}".strip()
        if not row.reason:
            return text
        prose = self.prose([row.reason])
        if beside:
            return rf"{text} && \whybeside{{{prose}}}"
        short = sum(len(run.text) for run in row.reason) <= _SHORT_REASON
        return f"{text} \\\\\n& {push}" + rf"\why{'short' if short else 'long'}{{{prose}}}"

    def stack(self, *blocks: str) -> Tex:
        """Nothing between the blocks: a displayed formula goes on in its paragraph."""
        return Tex("\n".join(blocks))

    def picture(self, picture: Picture, title: str) -> Tex:
        """TikZ, from left to right in every language."""
        drawn = tikz(picture)
        return Tex(f"\\begin{{latin}}\n{drawn}\n\\end{{latin}}" if self.persian else drawn)
