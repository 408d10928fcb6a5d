"""What `verify_steps` found: each link of a derivation with its result, its start and its end."""

from __future__ import annotations

from typing import Any, Never

from symcnn.formula.frozen import frozen
from symcnn.formula.nodes import Formula
from symcnn.verifying.result import Result


@frozen
class Step:
    """One link: the line before (``result.lhs``) stands in ``relation`` to this one.

    ``line`` counts the lines of the text from 1. ``differs`` are the smallest subterms in which a
    broken link differs, before and after. A line that cannot be read stands in ``unread``, and its
    result is invalid; so is the link from there to the next line.
    """

    line: int
    result: Result
    relation: str = "="
    differs: tuple[Formula, Formula] | None = None
    unread: str = ""


@frozen(repr=False)
class Chain:
    """A derivation, link by link. ``start`` and ``target`` compare its ends with the question's.

    ``kind`` is "proved" only when every link and both ends are: a chain that reaches its target
    over a broken link is not correct. ``first_broken`` counts links from 0; it is None where no
    link is refuted, and below the level ``where``.
    """

    kind: str
    links: tuple[Step, ...]
    first_broken: int | None = None
    start: Result | None = None
    target: Result | None = None
    words: tuple[str, ...] = ()
    level: str = "solution"

    def as_json(self) -> dict[str, Any]:
        """The links as verdicts of schema 1, the first broken one, and both ends."""
        from symcnn.verifying.chain_display import chain_json

        return chain_json(self)

    def __bool__(self) -> Never:
        raise TypeError(f"a chain has no truth value: compare its kind ({self.kind!r})")

    def __repr__(self) -> str:
        from symcnn.verifying.chain_display import chain_lines

        return "\n".join(chain_lines(self))

    def _repr_latex_(self) -> str:
        from symcnn.verifying.chain_display import chain_latex

        return chain_latex(self)

    def _repr_html_(self) -> str:
        from symcnn.verifying.chain_display import chain_html

        return chain_html(self)
