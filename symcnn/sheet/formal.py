"""What a statement is said of: the domain of each name in it, and the assumptions about them.

Sentences come back as prose with ``$...$``, in the words of the language.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from symcnn.claims.report import Finding
from symcnn.claims.statements import Exhibit, Limit, sides_of
from symcnn.formula.arrays import Array
from symcnn.formula.binders import Binder
from symcnn.formula.conditions import Compare
from symcnn.formula.domains import Domain, Given
from symcnn.formula.latex import latex
from symcnn.formula.latex_words import Words, member_latex, name_latex
from symcnn.formula.nodes import Formula, Index, Symbol, Unknown
from symcnn.formula.traverse import free_names, walk
from symcnn.sheet.language import Language


def quantified(finding: Finding, language: Language) -> str:
    """``for all $K \\in \\mathbb{Z}_{\\ge 1}$ where $S \\mid K$``; empty when nothing is free."""
    words = language.math_words()
    tops = sides_of(finding.statement)
    names, relations = mentioned(finding)
    said = _domains(names, finding.given, (*tops, *relations), language)
    text = f"{language.word('claim', 'for_all')} {said}" if said else ""
    if relations:
        conditions = language.word("claim", "comma").join(
            f"${latex(each, words)}$" for each in relations
        )
        text = f"{text} {language.word('claim', 'where')} {conditions}".strip()
    if any(isinstance(node, Compare) and node.op == "~" for top in tops for node in walk(top)):
        text = f"{text} ({language.word('claim', 'rounding')})".strip()
    return text


def mentioned(finding: Finding) -> tuple[tuple[str, ...], tuple[Formula, ...]]:
    """The names that a statement is said of, and the assumptions that say something about them."""
    statement = finding.statement
    tops = sides_of(statement)
    own = {name for name, _ in statement.objects} if isinstance(statement, Exhibit) else set()
    if isinstance(statement, Limit):
        own.add(statement.variable)
    names = dict.fromkeys(each for top in tops for each in free_names(top) if each not in own)
    relations = _relevant(finding.given.relations, names)
    names.update(dict.fromkeys(each for top in relations for each in free_names(top)))
    return tuple(names), relations


def _relevant(relations: Sequence[Formula], names: Iterable[str]) -> tuple[Formula, ...]:
    """The relations that say something, through each other too, about the names."""
    known, kept = set(names), list[int]()
    grown = True
    while grown:
        grown = False
        for position, relation in enumerate(relations):
            if position not in kept and known.intersection(free_names(relation)):
                kept.append(position)
                known.update(free_names(relation))
                grown = True
    return tuple(relations[position] for position in sorted(kept))


def _domains(
    names: Sequence[str], given: Given, tops: Sequence[Formula], language: Language
) -> str:
    words = language.math_words()
    everywhere = any(isinstance(n, Binder) and n.low is None for top in tops for n in walk(top))
    groups: dict[tuple[str, str], list[str]] = {}
    for name in names:
        domain = given.domain(name) or _default(name, tops)
        shown, where, note = described(name, domain, words, _arguments(name, tops))
        if note == "finite_support" and not everywhere:
            note = ""
        groups.setdefault((where, note), []).append(shown)
    parts = []
    for (where, note), members in groups.items():
        text = f"${', '.join(members)} {where}$"
        parts.append(f"{text} ({language.word('claim', note)})" if note else text)
    return language.word("claim", "semicolon").join(parts)


def _arguments(name: str, tops: Sequence[Formula]) -> int:
    """How many arguments an unknown function takes."""
    for top in tops:
        for node in walk(top):
            if isinstance(node, Unknown) and node.name == name:
                return len(node.args)
    return 1


def described(name: str, domain: Domain, words: Words, arguments: int = 1) -> tuple[str, str, str]:
    r"""How the name is written, where it lies, and the key of a remark.

    >>> from symcnn.formula.nodes import Rational
    >>> described("K", Domain("integer", Rational(1)), Words())
    ('K', '\\in \\mathbb{Z}_{\\ge 1}', '')
    """
    if domain.kind == "function":
        power = f"^{{{arguments}}}" if arguments > 1 else ""
        return name_latex(name), rf": \mathbb{{R}}{power} \to \mathbb{{R}}", "smooth"
    if domain.kind == "matrix":
        shape = r" \times ".join(latex(size, words) for size in domain.shape)
        return name_latex(name), rf"\in \mathbb{{R}}^{{{shape}}}", ""
    if not domain.indices:
        return name_latex(name), rf"\in {number_set(domain, words)}", ""
    letters = [letter for letter in "ijkl" if letter != name][: domain.indices]
    shown = member_latex(name, ",".join(letters))
    where = rf"\in {number_set(domain, words)}"
    if domain.support is None:
        return shown, where, "finite_support"
    ranges = r",\ ".join(
        rf"{latex(low, words)} \le {letter} \le {latex(high, words)}"
        for letter, (low, high) in zip(letters, domain.support, strict=True)
    )
    return shown, rf"{where}\ ({ranges})", ""


def number_set(domain: Domain, words: Words) -> str:
    """The set of numbers of a domain."""
    low = None if domain.low is None else latex(domain.low, words)
    high = None if domain.high is None else latex(domain.high, words)
    without = r" \setminus \{0\}" if domain.nonzero else ""
    letter = r"\mathbb{Z}" if domain.kind == "integer" else r"\mathbb{R}"
    above, below = (">" if domain.low_open else r"\ge"), ("<" if domain.high_open else r"\le")
    if low is None and high is None:
        return letter + without
    if high is None:
        return f"{letter}_{{{above} {low}}}{without}"
    if low is None:
        return f"{letter}_{{{below} {high}}}{without}"
    if domain.kind == "integer" and not (domain.low_open or domain.high_open):
        return rf"\{{{low}, \dots, {high}\}}{without}"
    if domain.kind == "integer":
        return f"{letter}_{{{above} {low},\\, {below} {high}}}{without}"
    opening, closing = "(" if domain.low_open else "[", ")" if domain.high_open else "]"
    return f"{opening}{low}, {high}{closing}{without}"


def _default(name: str, tops: Sequence[Formula]) -> Domain:
    """The domain of a name that nobody declared: an integer where it counts, else real."""
    for top in tops:
        for node in walk(top):
            if isinstance(node, Index) and node.name == name:
                return Domain("real", indices=len(node.indices), declared=False)
            if isinstance(node, Unknown) and node.name == name:
                return Domain("function", declared=False)
            places: tuple[Formula, ...] = ()
            if isinstance(node, Index):
                places = node.indices
            elif isinstance(node, Binder):
                places = node.children()[1:]
            elif isinstance(node, Array):
                places = node.shape
            elif isinstance(node, Compare) and node.op == "divides":
                places = (node.lhs, node.rhs)
            if any(leaf == Symbol(name) for place in places for leaf in walk(place)):
                return Domain("integer", declared=False)
    return Domain("real", declared=False)
