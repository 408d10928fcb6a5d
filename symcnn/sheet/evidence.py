"""What a verdict rests on, in words: the witness, the conditions. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from symcnn.claims.report import Finding
from symcnn.claims.statements import sides_of
from symcnn.claims.verdict import Refuted, Witness
from symcnn.formula.conditions import Compare
from symcnn.formula.latex import latex, latex_value
from symcnn.formula.latex_words import member_latex, name_latex
from symcnn.formula.nodes import Formula, Rational, Symbol, Unknown
from symcnn.formula.traverse import free_names, walk
from symcnn.formula.values import (
    ArrayValue,
    Ball,
    Family,
    PointValue,
    Polynomial,
    Undefined,
    Value,
)
from symcnn.sheet.formal import mentioned
from symcnn.sheet.language import Language

_LETTERS = "ijkl"
_RUN = 3  # members that are listed one by one although they are equal


def conditions(formulas: Sequence[Formula], language: Language) -> str:
    """``$\\alpha > 0$ and $\\varepsilon = 0$``."""
    words = language.math_words()
    return f" {language.word('claim', 'and')} ".join(f"${latex(each, words)}$" for each in formulas)


def alternatives(sets: Sequence[Sequence[Formula]], language: Language) -> str:
    """Sets of conditions, each of which is enough."""
    either = f"{language.word('claim', 'comma')}{language.word('claim', 'or')} "
    return either.join(conditions(each, language) for each in sets)


def witness_sentence(witness: Witness, finding: Finding, language: Language) -> str:
    """The point, and what both sides are worth there; of sizes that differ, the numbers only.

    Numbers of the question that the statement does not mention are left out.
    """
    worth = compared(witness.lhs, witness.rhs, language)
    numbers_only = _shapes_differ(witness.lhs, witness.rhs)
    needed = [name for each in finding.needs.relations for name in free_names(each)]
    idle = _pinned(finding.given.relations).difference(mentioned(finding)[0], needed)
    point = language.word("claim", "comma").join(
        point_value(name, value, finding, language)
        for name, value in witness.values
        if name not in idle and (not numbers_only or isinstance(value, Fraction))
    )
    return f"{point}{language.word('claim', 'colon')}{worth}" if point else worth


def _pinned(relations: Sequence[Formula]) -> set[str]:
    """The names that a relation gives a number."""
    return {
        each.lhs.name
        for each in relations
        if isinstance(each, Compare)
        and each.op == "="
        and isinstance(each.lhs, Symbol)
        and isinstance(each.rhs, Rational)
    }


def point_value(name: str, value: PointValue, finding: Finding, language: Language) -> str:
    """One name at the point."""
    words = language.math_words()
    match value:
        case Family(members, otherwise):
            return _family(name, members, otherwise, language)
        case Polynomial():
            argument = "t"
            arity = _arity(name, finding)
            if arity > 1:
                argument = ", ".join(f"t_{{{k + 1}}}" for k in range(arity))
            text = rf"{name_latex(name)}({argument}) = {latex_value(value, words)}"
            if arity > 1:
                terms = [f"{k + 1} t_{{{k + 1}}}" if k else "t_{1}" for k in range(arity)]
                text = rf"{text},\ t = {' + '.join(terms)}"
            return f"${text}$"
        case _:
            return f"${name_latex(name)} = {latex_value(value, words)}$"


def _family(
    name: str,
    members: Mapping[tuple[int, ...], Fraction],
    otherwise: Fraction,
    language: Language,
) -> str:
    words = language.math_words()
    listed = [(place, value) for place, value in sorted(members.items()) if value != otherwise]
    indices = ",".join(_LETTERS[: len(listed[0][0])] if listed else "i")
    general, rest = f"${member_latex(name, indices)}$", f"${latex_value(otherwise, words)}$"
    if not listed:
        return language.word("claim", "all_members", members=general, value=rest)
    shown = language.word("claim", "comma").join(
        f"${member_latex(name, ','.join(map(str, place)))} = {latex_value(value, words)}$"
        for place, value in listed
    )
    places = [place[0] for place, _ in listed]
    run = places == list(range(places[0], places[-1] + 1)) and len(listed[0][0]) == 1
    if run and len(listed) > _RUN and len({value for _, value in listed}) == 1:
        same = latex_value(listed[0][1], words)
        letter = _LETTERS[0] if name != _LETTERS[0] else _LETTERS[1]
        general = f"${member_latex(name, letter)}$"
        between = rf"{places[0]} \le {letter} \le {places[-1]}"
        shown = rf"${member_latex(name, letter)} = {same}\ ({between})$"
    others = language.word("claim", "other_members", members=general, value=rest)
    return f"{shown} ({others})"


def _arity(name: str, finding: Finding) -> int:
    for top in sides_of(finding.statement):
        for node in walk(top):
            if isinstance(node, Unknown) and node.name == name:
                return len(node.args)
    return 1


def compared(
    lhs: Value | Undefined | None, rhs: Value | Undefined | None, language: Language
) -> str:
    """Both sides in words; of arrays their shapes or the first entry that differs."""
    if lhs is None or rhs is None:
        return language.word("claim", "fails")
    place = ""
    if isinstance(lhs, ArrayValue) != isinstance(rhs, ArrayValue):
        return language.word("claim", "kinds")
    if isinstance(lhs, ArrayValue) and isinstance(rhs, ArrayValue):
        if lhs.shape != rhs.shape:
            return language.word("claim", "shapes", left=_shape(lhs), right=_shape(rhs))
        for position, (left, right) in enumerate(zip(lhs.entries, rhs.entries, strict=True)):
            if _differ(left, right):
                place = _place(position, lhs.shape, language)
                lhs, rhs = left, right
                break
    words = language.math_words()
    key = "sides_at" if place else "sides"
    left_text, right_text = (
        language.word("claim", "undefined")
        if isinstance(each, Undefined)
        else f"${latex_value(each, words)}$"
        for each in (lhs, rhs)
    )
    return language.word("claim", key, place=place, left=left_text, right=right_text)


def _shapes_differ(lhs: object, rhs: object) -> bool:
    if isinstance(lhs, ArrayValue) and isinstance(rhs, ArrayValue):
        return lhs.shape != rhs.shape
    return False


def _differ(left: Value | Undefined, right: Value | Undefined) -> bool:
    """Enclosures differ where they do not meet."""
    if isinstance(left, Ball) or isinstance(right, Ball):
        if isinstance(left, (Ball, Fraction)) and isinstance(right, (Ball, Fraction)):
            one = left if isinstance(left, Ball) else Ball(left, left)
            two = right if isinstance(right, Ball) else Ball(right, right)
            return one.high < two.low or two.high < one.low
        return True
    return left != right


def _shape(value: ArrayValue) -> str:
    return "$" + r" \times ".join(map(str, value.shape)) + "$"


def _place(position: int, shape: tuple[int, ...], language: Language) -> str:
    indices = []
    for size in reversed(shape):
        indices.append(position % size + 1)
        position //= size
    indices.reverse()
    if len(indices) == 2:
        return language.word(
            "claim",
            "row_column",
            row=language.number(indices[0]),
            column=language.number(indices[1]),
        )
    return language.word("claim", "entry", n=f"${', '.join(map(str, indices))}$")


def broken_step(verdict: Refuted, language: Language) -> str:
    """Which step of a derivation is broken; empty for other statements."""
    if verdict.link is None:
        return ""
    return language.word("claim", "broken_link", n=language.number(verdict.link + 1))
