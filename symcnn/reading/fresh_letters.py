"""The bound variable of a sum that the text only hints at: a letter that stands nowhere in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from symcnn.formula.binders import Binder
from symcnn.formula.nodes import Formula
from symcnn.formula.traverse import walk
from symcnn.reading.names import Names

_LETTERS = "ijklmrtuvpqbcdfghosawxyznIJKLMNPQRSTUVWXYZ"
_MACRO = re.compile(r"\\[A-Za-z]+")


def variable_over(terms: list[Formula], names: Names, text: str) -> str:
    """The first letter over which no sum in the terms goes; empty where there is none."""
    used = {node.variable for term in terms for node in walk(term) if isinstance(node, Binder)}
    return next((letter for letter in _free_letters(names, text) if letter not in used), "")


def _free_letters(names: Names, text: str) -> Iterator[str]:
    """Names that stand nowhere in the text and are no names of the question."""
    used = _MACRO.sub(" ", text)
    for letter in _LETTERS:
        if letter not in used and not names.known(letter):
            yield letter
    for k in range(len(_LETTERS)):
        name = f"i{k}"
        if name not in text and not names.known(name):
            yield name
