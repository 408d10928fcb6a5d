"""SMT-LIB text in the making: constants, named subterms, assertions; fractions without division.

A term is a fraction of two integer or real terms, so nothing is ever divided; an integer part is a
new integer between two multiples of the denominator. Names are given in order of first use. What
formulas are is not known here.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

_LONG = 48
_LINES = 4_000
TRUE, FALSE = "true", "false"
_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


class Untranslated(Exception):
    """A part that the solver is not asked about."""


class Term(NamedTuple):
    """``num / den``: both Int terms if ``whole``, else Real. ``sure``: den > 0 where defined.

    ``needs`` holds where the term is defined; it may hold elsewhere too.
    """

    num: str
    den: str = "1"
    whole: bool = True
    sure: bool = True
    needs: tuple[str, ...] = ()


class Truth(NamedTuple):
    """Where a condition is true, and where it is false; elsewhere a side of it is undefined."""

    true: str
    false: str


def literal(value: Fraction) -> Term:
    """A number.

    >>> literal(Fraction(-5, 6))
    Term(num='(- 5)', den='6', whole=True, sure=True, needs=())
    """
    return Term(_integer(value.numerator), str(value.denominator))


ZERO, ONE = Term("0"), Term("1")


def _integer(value: int) -> str:
    return str(value) if value >= 0 else f"(- {-value})"


def number_of(text: str) -> int | None:
    """The integer that a literal text is."""
    if text.isdigit():
        return int(text)
    inner = text[3:-1]
    return -int(inner) if text.startswith("(- ") and inner.isdigit() else None


def _real(text: str) -> str:
    value = number_of(text)
    if value is None:
        return f"(to_real {text})"
    return f"{value}.0" if value >= 0 else f"(- {-value}.0)"


def conjunction(parts: tuple[str, ...]) -> str:
    """All parts hold."""
    return _joined("and", parts, TRUE, FALSE)


def disjunction(parts: tuple[str, ...]) -> str:
    """Some part holds."""
    return _joined("or", parts, FALSE, TRUE)


def _joined(word: str, parts: tuple[str, ...], empty: str, decisive: str) -> str:
    kept = tuple(part for part in dict.fromkeys(parts) if part != empty)
    if decisive in kept:
        return decisive
    if len(kept) < 2:
        return kept[0] if kept else empty
    return f"({word} {' '.join(kept)})"


def implication(premises: tuple[str, ...], conclusion: str) -> str:
    """The conclusion holds where all premises do."""
    premise = conjunction(premises)
    return conclusion if premise == TRUE else f"(=> {premise} {conclusion})"


def merged(*needs: tuple[str, ...]) -> tuple[str, ...]:
    """All needs, each once."""
    return tuple(dict.fromkeys(each for part in needs for each in part))


class Script:
    """The lines of one query.

    >>> script = Script()
    >>> n = script.constant("n", whole=True, says="n")
    >>> script.floor(script.times(n, literal(Fraction(1, 2)))).num
    'q2'
    """

    __slots__ = ("_asserted", "_constants", "_lines", "_named")

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._asserted: dict[str, None] = {}
        self._constants: dict[object, Term] = {}
        self._named: dict[tuple[str, str], str] = {}

    def text(self) -> str:
        """The whole query."""
        return "\n".join((*self._lines, *(f"(assert {each})" for each in self._asserted))) + "\n"

    def claim(self, fact: str) -> None:
        """Assert a fact."""
        if fact != TRUE:
            self._asserted.setdefault(fact)

    def known(self, key: object) -> Term | None:
        """The constant that stands for this key already."""
        return self._constants.get(key)

    def constant(self, key: object, *, whole: bool, says: str = "", letter: str = "x") -> Term:
        """A new constant for a key; ``says`` is a remark on what it stands for."""
        name = f"{letter}{len(self._constants) + 1}"
        sort = "Int" if whole else "Real"
        remark = f" ; {' '.join(says.split())}" if says else ""
        self._line(f"(declare-const {name} {sort}){remark}")
        self._constants[key] = Term(name, whole=whole)
        return self._constants[key]

    def _line(self, line: str) -> None:
        if len(self._lines) >= _LINES:
            raise Untranslated("the question is too large")
        self._lines.append(line)

    def named(self, text: str, sort: str) -> str:
        """A short name for a long text."""
        if len(text) <= _LONG:
            return text
        found = self._named.get((text, sort))
        if found is None:
            found = self._named[text, sort] = f"t{len(self._named) + 1}"
            self._line(f"(define-fun {found} () {sort} {text})")
        return found

    def short(self, term: Term) -> Term:
        """The term with names for what is long."""
        sort = "Int" if term.whole else "Real"
        return term._replace(num=self.named(term.num, sort), den=self.named(term.den, sort))

    def same_sort(self, a: Term, b: Term) -> tuple[Term, Term]:
        """Both terms over the integers, or both over the reals."""
        return (a, b) if a.whole == b.whole else (self.real(a), self.real(b))

    def real(self, term: Term) -> Term:
        """The term over the reals."""
        if not term.whole:
            return term
        den = term.den if term.den == "1" else _real(term.den)
        return term._replace(num=_real(term.num), den=den, whole=False)

    def product(self, a: str, b: str, *, whole: bool) -> str:
        """The text of ``a * b``; the text "1" is a denominator of either sort."""
        values = number_of(a), number_of(b)
        if values[0] is not None and values[1] is not None and whole:
            return _integer(values[0] * values[1])
        if whole and 0 in values:
            return "0"
        if a in ("1", "1.0"):
            return b
        if b in ("1", "1.0"):
            return a
        return f"(* {a} {b})"

    def plus(self, a: Term, b: Term) -> Term:
        """``a + b``."""
        a, b = self.same_sort(a, b)
        needs = merged(a.needs, b.needs)
        if a.den == b.den:
            num = a.num if b.num == "0" else b.num if a.num == "0" else f"(+ {a.num} {b.num})"
            return self.short(Term(num, a.den, a.whole, a.sure or b.sure, needs))
        left = self.product(a.num, b.den, whole=a.whole)
        right = self.product(b.num, a.den, whole=a.whole)
        den = self.product(a.den, b.den, whole=a.whole)
        sure = a.sure and b.sure
        return self.short(Term(f"(+ {left} {right})", den, a.whole, sure, needs))

    def times(self, a: Term, b: Term) -> Term:
        """``a * b``."""
        a, b = self.same_sort(a, b)
        num = self.product(a.num, b.num, whole=a.whole)
        den = self.product(a.den, b.den, whole=a.whole)
        return self.short(Term(num, den, a.whole, a.sure and b.sure, merged(a.needs, b.needs)))

    def negative(self, a: Term) -> Term:
        """``-a``."""
        return self.times(literal(Fraction(-1)), a)

    def inverse(self, a: Term, sign: int) -> Term:
        """``1/a``; ``sign`` is that of ``a`` where it is known, else 0."""
        value = number_of(a.num)
        needs = a.needs if value else merged(a.needs, (f"(not (= {a.num} 0))",))
        if value is not None and value < 0:
            sign = -1
        elif value is not None and value > 0:
            sign = 1
        one = "1" if a.whole else "1.0"
        num = one if a.den == "1" else a.den
        if sign < 0:
            minus = self.negative(Term(num, whole=a.whole)).num
            below = self.negative(Term(a.num, whole=a.whole)).num
            return self.short(Term(minus, below, a.whole, a.sure, needs))
        return self.short(Term(num, a.num, a.whole, a.sure and sign > 0, needs))

    def compare(self, op: str, a: Term, b: Term) -> str:
        """The text of ``a op b`` where both are defined."""
        a, b = self.same_sort(a, b)
        if a.den == b.den:
            left, right, dens = a.num, b.num, [a.den] if not a.sure and not b.sure else []
        else:
            left = self.product(a.num, b.den, whole=a.whole)
            right = self.product(b.num, a.den, whole=a.whole)
            dens = [each.den for each in (a, b) if not each.sure]
        if op in ("=", "!="):
            return f"(= {left} {right})" if op == "=" else f"(not (= {left} {right}))"
        if not dens:
            return f"({op} {left} {right})"
        sort = "Int" if a.whole else "Real"
        left, right = self.named(left, sort), self.named(right, sort)
        positive = f"(> {dens[0]} 0)" if len(dens) == 1 else f"(= (> {dens[0]} 0) (> {dens[1]} 0))"
        return f"(ite {positive} ({op} {left} {right}) ({_FLIPPED[op]} {left} {right}))"

    def choice(self, condition: str, a: Term, b: Term, needs: tuple[str, ...]) -> Term:
        """``a`` where the condition holds, else ``b``."""
        a, b = self.same_sort(a, b)
        num = a.num if a.num == b.num else f"(ite {condition} {a.num} {b.num})"
        den = a.den
        if a.den != b.den:
            one = "1" if a.whole else "1.0"
            dens = [one if each.den == "1" else each.den for each in (a, b)]
            den = f"(ite {condition} {dens[0]} {dens[1]})"
        return self.short(Term(num, den, a.whole, a.sure and b.sure, needs))

    def floor(self, a: Term) -> Term:
        """The integer part: a new integer q with ``q <= a < q + 1``."""
        if a.whole and a.den == "1":
            return a
        key = ("floor", a.num, a.den)
        found = self.known(key)
        if found is None:
            found = self.constant(key, whole=True, letter="q")
            q, after = found, self.plus(found, literal(Fraction(1)))
            self.claim(self.defining(a, conjunction((
                self.compare("<=", q, a), self.compare("<", a, after),
            ))))  # fmt: skip
        return found._replace(needs=a.needs)

    def defining(self, a: Term, fact: str) -> str:
        """A fact that defines a new constant, for where the fraction ``a`` is one."""
        if number_of(a.den) is not None:
            return fact
        return f"(=> ({'>' if a.sure else 'distinct'} {a.den} 0) {fact})"
