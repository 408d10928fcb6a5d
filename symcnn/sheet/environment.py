"""The Jinja environments of sheets: everything but markup escaped, nothing undefined.

Templates include each other and define no macros, because what a macro returns would be escaped a
second time.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from symcnn.errors import SheetError
from symcnn.sheet.html import Html, escape_html
from symcnn.sheet.tex import Tex, escape
from symcnn.templating import environment as templates

if TYPE_CHECKING:
    from jinja2 import Environment

_MARKUP: dict[str, tuple[type[str], Callable[[str], str]]] = {
    "tex": (Tex, escape),
    "html": (Html, escape_html),
}


def environment(medium: str, directories: Sequence[Path]) -> Environment:
    """The environment for "tex" or "html"; the directories are searched in their order."""
    from jinja2 import Undefined

    markup, escaped = _MARKUP[medium]

    def finalize(value: Any) -> Any:
        if isinstance(value, (markup, Undefined)):
            return value
        if isinstance(value, (str, int)) and not isinstance(value, bool):
            return escaped(str(value))
        raise TypeError(f"{value!r} is no text: a template prints texts and numbers")

    return templates(directories, finalize=finalize)


def fill(name: str, medium: str, directories: Sequence[Path], values: Mapping[str, Any]) -> str:
    """The filled template. Raises SheetError that names template and line."""
    from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

    try:
        return environment(medium, directories).get_template(name).render(values)
    except TemplateNotFound as error:
        places = ", ".join(map(str, directories)) or "no directory"
        raise SheetError(f"there is no template {error.name} in {places}") from error
    except TemplateSyntaxError as error:
        place = f"{error.filename or error.name or name}:{error.lineno}"
        raise SheetError(f"{place}: {error.message}") from error
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        place = _place(error)
        if not place:
            raise
        raise SheetError(f"{place}: {error}") from error


def _place(error: BaseException) -> str:
    """File and line of the innermost template that was at work."""
    frames = traceback.extract_tb(error.__traceback__)
    templates = [frame for frame in frames if frame.filename.endswith(".j2")]
    return f"{templates[-1].filename}:{templates[-1].lineno}" if templates else ""
