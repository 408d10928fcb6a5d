"""Text that is already HTML, and the escaping of everything that is not."""

from __future__ import annotations

from html import escape as _escape

from symcnn.sheet.tex import clean


class Html(str):
    """A string that is HTML already and is printed as it stands."""

    __slots__ = ()


def escape_html(text: str) -> Html:
    """The text as HTML that shows exactly it, in attributes too.

    >>> escape_html("a < b & 'c'")
    'a &lt; b &amp; &#x27;c&#x27;'
    """
    return text if isinstance(text, Html) else Html(_escape(clean(text), quote=True))
