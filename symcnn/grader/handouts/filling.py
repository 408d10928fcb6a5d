"""The templates of forms and guides, filled.

Values arrive as the medium shows them: escaping is `prose`'s, and nothing is escaped here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def fill(name: str, values: Mapping[str, Any]) -> str:
    """The filled template. Raises SheetError where there is none of that name."""
    from jinja2 import TemplateNotFound

    from symcnn.errors import SheetError
    from symcnn.resources import template_directories
    from symcnn.templating import environment

    directories = template_directories()
    try:
        return environment(directories).get_template(f"grader/{name}").render(values)
    except TemplateNotFound as error:
        places = ", ".join(map(str, directories)) or "no directory"
        raise SheetError(f"there is no template {error.name} in {places}") from error
