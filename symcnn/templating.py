"""Jinja as our templates are written for it.

``((* block *))``, ``((( value )))``, ``((= comment =))``: these signs clash neither with TeX nor
with HTML. Nothing here knows what a template is about.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment


def environment(
    directories: Sequence[Path],
    *,
    escapes: bool = False,
    finalize: Callable[[Any], Any] | None = None,
) -> Environment:
    """Templates from these directories, the first that has one; a missing value is an error.

    With ``escapes`` every value is escaped for HTML. ``finalize`` is what becomes of each value.

    >>> environment([]).from_string("((( a )))((* if b *)) and b((* endif *))").render(a=1, b=True)
    '1 and b'
    """
    from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined

    return Environment(
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
        finalize=finalize,
        autoescape=escapes,
        loader=ChoiceLoader([FileSystemLoader(each) for each in directories]),
    )
