"""LaTeX mathematics as MathML inside HTML; what cannot be shown is refused, never dropped."""

from __future__ import annotations

from symcnn.errors import AuthorError
from symcnn.sheet.html import Html


def math_html(latex: str, *, display: bool = False) -> Html:
    """A ``<math>`` element. Raises AuthorError for LaTeX that has no MathML here."""
    from xml.etree.ElementTree import ParseError

    from latex2mathml import exceptions

    from symcnn.formula.mathml import mathml

    unreadable = tuple(
        each
        for each in vars(exceptions).values()
        if isinstance(each, type) and issubclass(each, Exception)
    )
    try:
        found = mathml(latex, display=display)
    except (*unreadable, ParseError, IndexError, ValueError) as error:
        raise AuthorError(f"${latex}$ cannot be shown in HTML: {error!r}") from error
    if "\\" in found:
        raise AuthorError(
            f"${latex}$ cannot be shown in HTML: a command in it is unknown; use plainer LaTeX"
        )
    return Html(found.replace(' xmlns="http://www.w3.org/1998/Math/MathML"', "", 1))
