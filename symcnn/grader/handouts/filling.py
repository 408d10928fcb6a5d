"""Jinja templates of forms and guides: ``((* block *))``, ``((( value )))``, ``((= comment =))``.

Values arrive as the medium shows them: escaping is `prose`'s, and nothing is escaped here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def fill(name: str, values: Mapping[str, Any]) -> str:
    """The filled template. Raises SheetError where there is none of that name."""
    from jinja2 import (
        ChoiceLoader,
        Environment,
        FileSystemLoader,
        StrictUndefined,
        TemplateNotFound,
    )

    from symcnn.errors import SheetError
    from symcnn.resources import template_directories

    directories = template_directories()
    environment = Environment(
        block_start_string="((*",
        block_end_string="*))",
        variable_start_string="(((",
        variable_end_string=")))",
        comment_start_string="((=",
        comment_end_string="=))",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        autoescape=False,
        loader=ChoiceLoader([FileSystemLoader(each) for each in directories]),
    )
    try:
        return environment.get_template(f"grader/{name}").render(values)
    except TemplateNotFound as error:
        places = ", ".join(map(str, directories)) or "no directory"
        raise SheetError(f"there is no template {error.name} in {places}") from error
