"""What a medium can show. The view model is built with one of them and knows no other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from symcnn.claims.picture import Picture
from symcnn.sheet.display import Line
from symcnn.sheet.prose import Paragraph


@dataclass(frozen=True, slots=True)
class Tag:
    """The number of a claim beside its formula, where the claim stands, the mark of its verdict."""

    number: str
    anchor: str
    mark: str


class Medium(Protocol):
    """LaTeX or HTML: everything that it returns is markup already."""

    def prose(self, paragraphs: Sequence[Paragraph]) -> str:
        """Paragraphs of text with formulas."""
        ...

    def display(self, lines: Sequence[Line], tag: Tag | None = None) -> str:
        """Displayed formulas aligned at their relations, with their reasons beside them."""
        ...

    def stack(self, *blocks: str) -> str:
        """Markup of this medium, one block below the other."""
        ...

    def picture(self, picture: Picture, title: str) -> str:
        """A picture; the title is for those who cannot see it."""
        ...
