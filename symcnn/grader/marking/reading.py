"""The text of an answer read: formulas, the name that it gives itself, names that nobody declared.

Knows the names of a question, not its key.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import NamedTuple

from symcnn.errors import ParseError
from symcnn.formula.conditions import Compare
from symcnn.formula.domains import Domain, Given
from symcnn.formula.nodes import Formula, Index, Symbol, Unknown
from symcnn.formula.traverse import free_names, substitute, transform, walk
from symcnn.grader.marking.words import Teller
from symcnn.grader.marks import Remark
from symcnn.reading import Reading, explain, read
from symcnn.verifying.naming import joined

_COMMENT = re.compile(r"<!--.*?-->|^\s*%[^\n]*$", re.DOTALL | re.MULTILINE)
_FENCE = re.compile(r"\A(`{1,3})(?:math|latex|tex)?\s*(.*?)\s*\1\Z", re.DOTALL)
_SIGN = re.compile(r"\A\s*(?:=|:=|==)\s*(?!=)")
_SHOWN = 200
_LISTED = 12
_PLACE = (("line ", "سطر "), ("character ", "نویسه "), (", ", "، "))


class Answer(NamedTuple):
    """What a text means: more than one formula where it may mean several.

    ``named`` is the name that the text gives to its answer, ``alias`` what was read as another
    name, with that name. ``steps`` are the sides of a calculation, whose last one is the formula.
    """

    formulas: tuple[Formula, ...]
    named: str = ""
    alias: tuple[tuple[str, str], ...] = ()
    steps: tuple[Formula, ...] = ()


class Unread(NamedTuple):
    """Why an answer cannot be marked."""

    remarks: tuple[Remark, ...]


class Names(NamedTuple):
    """The names that answers may use, with their domains, and other spellings of them."""

    naming: Given
    aliases: Mapping[str, str]

    @classmethod
    def of(cls, naming: Given, aliases: tuple[tuple[str, str], ...] = ()) -> Names:
        """An alias is read with the domain of its name."""
        more = tuple(
            (alias, naming.domain(name) or Domain(declared=False)) for alias, name in aliases
        )
        return cls(joined(naming, Given(more)), dict(aliases))

    def unknown(self, formula: Formula) -> tuple[str, ...]:
        """The names in a formula that nobody declared."""
        return tuple(name for name in free_names(formula) if self.naming.domain(name) is None)

    def without_index(self, formula: Formula) -> tuple[str, ...]:
        """The names of families that stand without an index.

        >>> names = Names.of(Given((("X", Domain(indices=1)), ("K", Domain()))))
        >>> names.without_index(Symbol("K") * Symbol("X"))
        ('X',)
        """
        bare = (node.name for node in walk(formula) if isinstance(node, Symbol))
        domains = ((name, self.naming.domain(name)) for name in dict.fromkeys(bare))
        return tuple(name for name, domain in domains if domain is not None and domain.indices)

    def near(self, name: str) -> tuple[str, ...]:
        """Declared names that may have been meant.

        >>> names = Names.of(Given((("C_in", Domain()), ("K", Domain()))))
        >>> names.near("Cin"), names.near("k"), names.near("zz")
        (('C_in',), ('K',), ())
        """
        known = [each for each, _ in self.naming.domains]
        folded = name.casefold().replace("_", "")
        same = [each for each in known if each.casefold().replace("_", "") == folded]
        return tuple(same or get_close_matches(name, known, n=2, cutoff=0.6))


def without_comments(text: str) -> str:
    """The text without the comments of Markdown and TeX that a form may have left in it.

    >>> without_comments("<!-- your answer -->  K^2 ")
    'K^2'
    """
    if "<!--" in text or "%" in text:
        shorter = _COMMENT.sub("", text)
        return shorter.strip()
    return text.strip()


def reading_of(text: str, names: Names) -> Reading:
    """The text read; without code marks, comments and a sign before it if it must be.

    Raises ParseError.
    """
    try:
        return read(text, names.naming)
    except ParseError:
        other = without_comments(text)
        fenced = _FENCE.match(other)
        other = _SIGN.sub("", fenced[2] if fenced is not None else other).strip()
        if not other or other == text:
            raise
        return read(other, names.naming)


def answer_of(reading: Reading, names: Names) -> Answer:
    """The formulas of a reading, under the names of the question."""
    formulas, named = [], ""
    alias: dict[str, str] = {}
    for each in (reading.formula, *reading.alternatives):
        formula = each
        match each:
            case Compare("=", Symbol(name) | Index(name, _), rhs):
                if names.naming.domain(name) is None and name not in free_names(rhs):
                    formula, named = rhs, name
        if names.aliases:
            for name in free_names(formula):
                if name in names.aliases:
                    alias[name] = names.aliases[name]
            formula = renamed(formula, names.aliases)
        formulas.append(formula)
    return Answer(tuple(formulas), named, tuple(alias.items()))


def renamed(formula: Formula, aliases: Mapping[str, str]) -> Formula:
    """The formula with aliases replaced by the names that they stand for.

    >>> renamed(Symbol("F") ** 2, {"F": "K"})
    Pow(Symbol('K'), Rational(2))
    """
    if not any(name in aliases for name in free_names(formula)):
        return formula

    def change(node: Formula) -> Formula:
        if isinstance(node, (Index, Unknown)) and node.name in aliases:
            if isinstance(node, Index):
                return Index(aliases[node.name], node.indices)
            return Unknown(aliases[node.name], node.args, node.orders)
        return node

    symbols = {alias: Symbol(name) for alias, name in aliases.items()}
    return transform(substitute(formula, symbols), change)


def why_unread(error: ParseError, tell: Teller) -> Unread:
    """The error in the language of the assignment, on one line."""
    return Unread(
        (Remark("readable", "read", tell.put("unreadable", message=brief(error, tell.lang))),)
    )


def brief(error: ParseError, lang: str) -> str:
    """Message, place and hint on one line; the text itself stands beside it anyway."""
    bare = ParseError(
        error.message, piece=error.piece, hint=error.hint, code=error.code, details=error.details
    )
    message, *hint = explain(bare, lang).split("\n")
    place = error.place if error.text.strip() else ""
    if lang == "fa":
        for english, persian in _PLACE:
            place = place.replace(english, persian)
    told = f"{message} ({place})" if place else message
    return "; ".join([told, *hint]) if lang != "fa" else "؛ ".join([told, *hint])


def why_unknown(unknown: tuple[str, ...], names: Names, tell: Teller) -> Unread:
    """Names that nobody declared, and what may have been meant."""
    listed = tell.listed([_short(name) for name in unknown[:_LISTED]])
    remarks = [Remark("readable", "name", tell.put("unknown", names=listed))]
    near = tuple(dict.fromkeys(each for name in unknown[:3] for each in names.near(name)))
    if near:
        asked = tell.put("did-you-mean", names=tell.listed(near[:3], "or"))
        remarks.append(Remark("readable", "name", asked))
    else:
        known = [name for name, domain in names.naming.domains][:_LISTED]
        if known:
            told = tell.put("declared", names=tell.listed(known))
            remarks.append(Remark("readable", "name", told))
    return Unread(tuple(remarks))


def _short(name: str) -> str:
    return name if len(name) <= 40 else name[:39] + "…"


def short_formula(text: str) -> str:
    """A formula in plain text, cut where it would fill a page."""
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
