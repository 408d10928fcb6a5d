r"""How wide a formula will be, roughly, and where it may be broken.

Widths are in em of the text font, estimated from the LaTeX alone. TeX has the last word: what is
estimated too short is scaled to the line by the preamble, so an error here never cuts a formula.
"""

from __future__ import annotations

import re

_TOKEN = re.compile(r"\\begin\{[a-z*]+\}|\\end\{[a-z*]+\}|\\[A-Za-z]+|\\.|[{}_^&]|\s+|.", re.DOTALL)
_RELATIONS = frozenset(
    "= < > \\le \\ge \\ne \\mid \\approx \\to \\in \\implies \\iff \\Rightarrow \\equiv".split()
)
_OPERATORS = frozenset(
    "+ - \\cdot \\times \\star \\bmod \\otimes \\odot \\land \\lor \\circ".split()
)
_NOTHING = frozenset(
    "\\left \\right \\displaystyle \\textstyle \\limits \\mathrm \\mathbf \\mathbb \\mathcal"
    " \\operatorname \\text \\hat \\bar \\tilde \\big \\Big \\bigl \\bigr \\boldsymbol \\rl".split()
)
_SPACES = {"\\,": 0.17, "\\:": 0.22, "\\;": 0.28, "\\ ": 0.33, "\\quad": 1.0, "\\qquad": 2.0}
_LARGE = {"\\sum": 1.4, "\\prod": 1.3, "\\int": 1.0, "\\lim": 1.5, "\\max": 1.7, "\\min": 1.6}
_FRAMED = re.compile(r"(\\left\[ )(.*)( \\right\](?:_\{.*\})?)", re.DOTALL)
_SHORT = 10.0
_RELATION, _OPERATOR, _LETTER, _DIGIT, _SCRIPT = 1.35, 1.2, 0.58, 0.5, 0.72


def width(latex: str) -> float:
    r"""The estimated width in em.

    >>> width(r"\frac{a + b}{c}") < width("a + b + c")
    True
    """
    return _Scan(latex).group()


class _Scan:
    def __init__(self, latex: str) -> None:
        self.tokens = _TOKEN.findall(latex)
        self.at = 0

    def next(self) -> str:
        token = self.tokens[self.at] if self.at < len(self.tokens) else ""
        self.at += 1
        return token

    def peek(self) -> str:
        while self.at < len(self.tokens) and self.tokens[self.at].isspace():
            self.at += 1
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def argument(self) -> float:
        self.peek()
        token = self.next()
        return self.group() if token == "{" else self.one(token)

    def group(self) -> float:
        """Up to the closing brace; rows of a matrix are measured by their widest."""
        total = 0.0
        while self.at < len(self.tokens):
            token = self.next()
            if token == "}":
                break
            if token in "_^" and token:
                total += self.scripts(token)
            else:
                total += self.one(token)
        return total

    def scripts(self, first: str) -> float:
        wide = _SCRIPT * self.argument()
        if self.peek() in "_^" and self.peek() and self.peek() != first:
            self.next()
            wide = max(wide, _SCRIPT * self.argument())
        return wide

    def one(self, token: str) -> float:
        if token == "{":
            return self.group()
        if token in {"\\frac", "\\dfrac", "\\tfrac", "\\binom"}:
            return max(self.argument(), self.argument()) + 0.3
        if token.startswith("\\begin"):
            return self.matrix()
        if token == "\\substack":
            return self.column()
        if token in _RELATIONS:
            return _RELATION
        if token in _OPERATORS:
            return _OPERATOR
        if token in _NOTHING or token.isspace() or not token:
            return 0.0
        if token in _SPACES:
            return _SPACES[token]
        return _LARGE.get(token, _DIGIT if token.isdigit() or token in ",.;:[]()|" else _LETTER)

    def column(self) -> float:
        """The widest of the rows up to the closing brace."""
        self.peek()
        self.next()
        rows = [0.0]
        while self.at < len(self.tokens) and (token := self.next()) != "}":
            if token == "\\\\":
                rows.append(0.0)
            else:
                rows[-1] += self.scripts(token) if token in ("_", "^") else self.one(token)
        return max(rows)

    def matrix(self) -> float:
        columns: list[float] = []
        cell, column = 0.0, 0
        while self.at < len(self.tokens):
            token = self.next()
            ends = token.startswith("\\end")
            if token in ("&", "\\\\") or ends:
                columns += [0.0] * (column + 1 - len(columns))
                columns[column] = max(columns[column], cell)
                cell, column = 0.0, column + 1 if token == "&" else 0
                if ends:
                    break
            elif token in "_^" and token:
                cell += self.scripts(token)
            else:
                cell += self.one(token)
        return sum(columns) + 1.0 * len(columns)


def broken(latex: str, most: float) -> tuple[str, ...]:
    """The formula in lines of at most ``most`` em, broken before ``+`` and ``-`` outside brackets.

    A term that is longer still is broken before factors in brackets, and the ranges of an array
    are written below each other. A line that has no such place stays longer.

    >>> broken("aaaa + bbbb + cccc", 6)
    ('aaaa + bbbb', '{} + cccc')
    """
    if width(latex) <= most:
        return (latex,)
    framed = _FRAMED.fullmatch(latex)
    if framed and _balanced(framed[2]):
        end = _ranges_below(framed[3])
        return (framed[1] + stacked(framed[2], most - width(end) - 2) + end,)
    lines = [""]
    terms = [part for term in _terms(latex) for part in _factors(term, most)]
    for term in terms:
        longer = f"{lines[-1]} {term}".strip()
        if lines[-1] and width(longer) > most:
            lines.append(f"{{}} {term}")
        else:
            lines[-1] = longer
    return tuple(lines)


def stacked(latex: str, most: float) -> str:
    """The terms of a sum one below the other, where they do not fit beside each other."""
    lines = broken(latex, most)
    if len(lines) == 1:
        return latex
    rows = r" \\ \quad \displaystyle ".join(lines)
    return rf"\begin{{array}}{{l}} \displaystyle {rows} \end{{array}}"


def _ranges_below(end: str) -> str:
    r"""The closing bracket of an array, its ranges in a column where they are several and long.

    >>> _ranges_below(r"\right]_{0 \le i < N,\ 0 \le j < M}")
    '\\right]_{0 \\le i < N,\\ 0 \\le j < M}'
    >>> _ranges_below(r"\right]_{0 \le i < aaaaaaaaaa,\ 0 \le j < bbbbbbbbbb}")
    '\\right]_{\\substack{0 \\le i < aaaaaaaaaa \\\\ 0 \\le j < bbbbbbbbbb}}'
    """
    opening, below, rest = end.partition("_{")
    ranges = rest[:-1].split(r",\ ")
    if not below or len(ranges) == 1 or width(end) < _SHORT:
        return end
    return opening + r"_{\substack{" + r" \\ ".join(ranges) + "}}"


def _factors(term: str, most: float) -> list[str]:
    r"""A term that is too wide in parts, each but the first a factor in brackets."""
    if width(term) <= most:
        return [term]
    parts, depth = [""], 0
    tokens = _TOKEN.findall(term)
    for place, token in enumerate(tokens):
        if depth == 0 and tokens[place : place + 4] == ["\\,", " ", "[", "\\,"]:
            parts.append("\\cdot")
            continue
        depth += (token in ("{", "(", "[", "\\left")) - (token in ("}", ")", "]", "\\right"))
        parts[-1] += token
    return [part.strip() for part in parts]


def _balanced(latex: str) -> bool:
    r"""Every ``\right`` closes a ``\left`` of the same text."""
    depth = 0
    for token in _TOKEN.findall(latex):
        depth += (token == "\\left") - (token == "\\right")
        if depth < 0:
            return False
    return depth == 0


def _terms(latex: str) -> list[str]:
    terms, depth = [""], 0
    for token in _TOKEN.findall(latex):
        if token in ("{", "(", "[", "\\left") or token.startswith("\\begin"):
            depth += 1
        elif token in ("}", ")", "]", "\\right") or token.startswith("\\end"):
            depth -= 1
        if depth == 0 and token in ("+", "-") and terms[-1].strip():
            terms.append(token)
        else:
            terms[-1] += token
    return [term.strip() for term in terms]
