"""Formula -> LaTeX as a textbook sets it: order as written, quotients as fractions.

Words, names, digits and the frames of matrices come from ``latex_words``. Nothing here evaluates.
"""

from __future__ import annotations

import itertools
import re

from symcnn.formula.arrays import Array, Table
from symcnn.formula.binders import Binder, Sum
from symcnn.formula.conditions import And, Bracket, Cases, Compare, Condition, Not, Or
from symcnn.formula.latex_values import latex_value as latex_value
from symcnn.formula.latex_words import (
    ENGLISH,
    Words,
    cell_latex,
    derivative_parts,
    grid_latex,
    literal_latex,
    member_latex,
    name_latex,
    words_latex,
)
from symcnn.formula.nodes import Add, Call, Formula, Index, Mul, Pow, Rational, Symbol, Unknown
from symcnn.formula.plain import is_inverse

# How tightly a text holds together; an operand below what its place asks for gets brackets.
_OR, _AND, _COMPARE, _INFIX, _ADD, _BIG, _MUL, _POW, _ATOM = range(9)

_RELATIONS = {
    "=": "=", "!=": r"\ne", "<": "<", "<=": r"\le", ">": ">", ">=": r"\ge",
    "divides": r"\mid", "~": r"\approx",
}  # fmt: skip
_HEADS = {
    "sign": r"\operatorname{sign}", "max": r"\max", "min": r"\min", "exp": r"\exp", "log": r"\log",
    "sin": r"\sin", "cos": r"\cos", "tan": r"\tan", "tanh": r"\tanh", "sigmoid": r"\sigma",
    "erf": r"\operatorname{erf}", "relu": r"\operatorname{ReLU}", "gcd": r"\gcd", "det": r"\det",
    "trace": r"\operatorname{tr}",
}  # fmt: skip
_FENCES = {
    "floor": (r"\left\lfloor ", r" \right\rfloor"),
    "ceil": (r"\left\lceil ", r" \right\rceil"),
    "abs": (r"\left| ", r" \right|"),
}
_ENDS_IN_WORD = re.compile(r"\\mathrm\{[^{}]*\}$")
_INFIX_SIGNS = {"mod": r"\bmod", "kron": r"\otimes", "hadamard": r"\odot"}


def latex(formula: Formula, words: Words = ENGLISH) -> str:
    r"""The formula in LaTeX, for math mode. The names in it are all that a caller decides.

    Raises ValueError for a name that is more than letters, digits, underscores and primes.

    >>> from symcnn.formula.nodes import Symbol
    >>> n, k, s = Symbol("n"), Symbol("k"), Symbol("s")
    >>> latex(Call("floor", ((n - 2 * k) / s,)) + 1)
    '\\left\\lfloor \\frac{n - 2 k}{s} \\right\\rfloor + 1'
    """
    return _Printer(words).write(formula)[0]


class _Printer:
    """The words are all that it holds; each method returns text."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def at(self, formula: Formula, level: int) -> str:
        text, own = self.write(formula)
        return text if own >= level else rf"\left({text}\right)"

    def top(self, formula: Formula) -> str:
        return self.write(formula)[0]

    def all(self, formulas: tuple[Formula, ...]) -> str:
        return ", ".join(self.at(part, _INFIX) for part in formulas)

    def write(self, formula: Formula) -> tuple[str, int]:
        """The text and how tightly it holds together."""
        match formula:
            case Rational():
                text = literal_latex(formula.value, formula.places, self.words)
                return text, _ADD if formula.value < 0 else _ATOM
            case Symbol(name):
                return name_latex(name), _POW if derivative_parts(name) else _ATOM
            case Index(name, indices):
                return member_latex(name, self.all(indices)), (
                    _POW if derivative_parts(name) else _ATOM
                )
            case Add():
                return self.sum(formula), _ADD
            case Mul():
                return self.product(formula)
            case Pow(base, exponent):
                return f"{self.under_power(base)}^{{{self.exponent(exponent)}}}", _POW
            case Call():
                return self.call(formula)
            case Unknown(_, args, _):
                return rf"{_applied(formula)}\left({self.all(args)}\right)", _POW
            case Binder():
                return self.binder(formula), _BIG
            case Condition():
                return self.condition(formula)
            case Table((), (entry,)):
                return self.write(entry)
            case _:
                return self.framed(formula), _ATOM

    def sum(self, formula: Add) -> str:
        first = formula.args[0]
        out = [self.at(first, _BIG) if isinstance(first, Add) else self.at(first, _ADD)]
        for term in formula.args[1:]:
            stripped = self.without_sign(term)
            out.append(f" + {self.at(term, _BIG)}" if stripped is None else f" - {stripped}")
        return "".join(out)

    def without_sign(self, term: Formula) -> str | None:
        """What follows the minus sign of a term that begins with one, else None."""
        if isinstance(term, Rational) and term.value < 0:
            return literal_latex(-term.value, term.places, self.words)
        if not isinstance(term, Mul) or not isinstance(term.args[0], Rational):
            return None
        first, rest = term.args[0], term.args[1:]
        if first.value >= 0:
            return None
        if first == Rational(-1) and not isinstance(rest[0], Rational) and not is_inverse(rest[0]):
            return self.factors(rest) if len(rest) > 1 else self.at(rest[0], _BIG)
        return self.factors((Rational(-first.value, first.places), *rest))

    def product(self, formula: Mul) -> tuple[str, int]:
        stripped = self.without_sign(formula)
        if stripped is not None:
            return f"-{stripped}", _ADD
        open_end = isinstance(formula.args[-1], Binder)
        return self.factors(formula.args), _BIG if open_end else _MUL

    def factors(self, args: tuple[Formula, ...]) -> str:
        """Runs ``a b / c / d`` become fractions, joined by what their edges need."""
        groups: list[tuple[list[Formula], list[Formula]]] = []
        for position, factor in enumerate(args):
            if position and isinstance(factor, Pow) and is_inverse(factor):
                groups[-1][1].append(factor.base)
            elif not groups or groups[-1][1]:
                groups.append(([factor], []))
            else:
                groups[-1][0].append(factor)
        out = ""
        for position, (above, below) in enumerate(groups):
            if below:
                alone = self.top(above[0]) if len(above) == 1 else self.run(above, last=True)
                under = self.top(below[0]) if len(below) == 1 else self.run(below, last=True)
                text = rf"\frac{{{alone}}}{{{under}}}"
            else:
                text = self.run(above, last=position == len(groups) - 1)
            out = _beside(out, text) if out else text
        return out

    def run(self, factors: list[Formula], *, last: bool) -> str:
        """Factors side by side; a vector with something to its right is a row."""
        out = ""
        for position, factor in enumerate(factors):
            ends = last and position == len(factors) - 1
            if isinstance(factor, Table) and len(factor.size) == 1 and not ends:
                text = _Printer(self.words._replace(vectors_as_rows=True)).top(factor)
            else:
                text = self.at(factor, _BIG if ends and isinstance(factor, Binder) else _POW)
            out = _beside(out, text) if out else text
        return out

    def under_power(self, base: Formula) -> str:
        """The base of a superscript; a prime is one already, so it needs a group of its own."""
        text = self.at(base, _ATOM)
        return f"{{{text}}}" if isinstance(base, (Symbol, Index)) and "'" in text else text

    def exponent(self, formula: Formula) -> str:
        match formula:
            case Mul((Rational() as above, Pow(Rational() as below, Rational() as power))) if (
                power == Rational(-1) and below.value > 0
            ):
                return f"{self.top(above)}/{self.top(below)}"
            case _:
                return self.top(formula)

    def call(self, formula: Call) -> tuple[str, int]:
        name, args = formula.name, formula.args
        if name in _FENCES:
            left, right = _FENCES[name]
            return left + self.top(args[0]) + right, _ATOM
        if name in _INFIX_SIGNS:
            sign = _INFIX_SIGNS[name]
            return f"{self.at(args[0], _POW)} {sign} {self.at(args[1], _POW)}", _INFIX
        match name:
            case "pi":
                return r"\pi", _ATOM
            case "infinity":
                return r"\infty", _ATOM
            case "sqrt":
                return rf"\sqrt{{{self.top(args[0])}}}", _POW
            case "root":
                return rf"\sqrt[{{{self.top(args[1])}}}]{{{self.top(args[0])}}}", _POW
            case "factorial":
                return f"{self.at(args[0], _ATOM)}!", _POW
            case "binomial":
                return rf"\binom{{{self.top(args[0])}}}{{{self.top(args[1])}}}", _ATOM
            case "transpose":
                return rf"{self.under_power(args[0])}^{{\top}}", _POW
            case "exp" if args[0] == Rational(1):
                return r"\mathrm{e}", _ATOM
            case "log" if len(args) == 2:
                return rf"\log_{{{self.top(args[1])}}}\left({self.top(args[0])}\right)", _POW
            case _:
                return rf"{_HEADS[name]}\left({self.all(args)}\right)", _POW

    def binder(self, formula: Binder) -> str:
        sign = r"\sum" if isinstance(formula, Sum) else r"\prod"
        name, body = name_latex(formula.variable), self.at(formula.body, _BIG)
        if formula.low is None or formula.high is None:
            return rf"{sign}_{{{name}}} {body}"
        return rf"{sign}_{{{name}={self.top(formula.low)}}}^{{{self.top(formula.high)}}} {body}"

    def condition(self, formula: Formula) -> tuple[str, int]:
        match formula:
            case Compare(op, lhs, rhs):
                sides = self.at(lhs, _INFIX), self.at(rhs, _INFIX)
                return f"{sides[0]} {_RELATIONS[op]} {sides[1]}", _COMPARE
            case And(args):
                return self.conjunction(args), _AND
            case Or(args):
                return r" \lor ".join(self.at(part, _COMPARE) for part in args), _OR
            case Not(condition):
                return rf"\lnot \left({self.top(condition)}\right)", _COMPARE
            case _:
                raise TypeError(f"{type(formula).__name__} has no LaTeX")

    def conjunction(self, parts: tuple[Formula, ...]) -> str:
        """Conditions that hold at once; ``a <= b`` and ``b < c`` share their middle."""
        text = self.at(parts[0], _COMPARE)
        for before, part in itertools.pairwise(parts):
            match before, part:
                case Compare(first, _, middle), Compare(second, lhs, rhs) if middle == lhs and {
                    first,
                    second,
                } <= {"<", "<="}:
                    text += f" {_RELATIONS[second]} {self.at(rhs, _INFIX)}"
                case _:
                    text += rf" \land {self.at(part, _COMPARE)}"
        return text

    def framed(self, formula: Formula) -> str:
        match formula:
            case Bracket(condition):
                return rf"[\,{self.top(condition)}\,]"
            case Cases(branches, default):
                when = words_latex(self.words.if_word)[:-1] + " }"
                lines = [f"{cell_latex(self.top(v))} & {when} {self.top(c)}" for v, c in branches]
                if default is not None:
                    lines.append(
                        f"{cell_latex(self.top(default))} & {words_latex(self.words.otherwise)}"
                    )
                return r"\begin{cases} " + r" \\ ".join(lines) + r" \end{cases}"
            case Array(shape, variables, entry):
                ranges = r",\ ".join(
                    rf"0 \le {name_latex(name)} < {self.top(size)}"
                    for name, size in zip(variables, shape, strict=True)
                )
                return rf"\left[ {self.top(entry)} \right]_{{{ranges}}}"
            case Table(size, entries):
                return grid_latex(size, lambda k: self.top(entries[k]), self.words)
            case _:
                raise TypeError(f"{type(formula).__name__} has no LaTeX")


def _beside(left: str, right: str) -> str:
    """Two factors: a dot before digits, a thin space between words, else nothing but a blank."""
    if right[0].isdigit() or (left[-1].isdigit() and right.startswith(r"\frac")):
        return rf"{left} \cdot {right}"
    if right.startswith(("[", r"\mathrm")) or _ENDS_IN_WORD.search(left):
        return rf"{left} \, {right}"
    return f"{left} {right}"


def _applied(formula: Unknown) -> str:
    name, orders = name_latex(formula.name), formula.orders
    if not any(orders):
        return name
    if len(orders) == 1 and orders[0] <= 3:
        return name + "'" * orders[0]
    return f"{name}^{{({','.join(map(str, orders))})}}"
