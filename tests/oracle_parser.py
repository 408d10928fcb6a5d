"""A small reader of the plain text form, for the oracle only: text -> nested tuples.

Nodes: ("number", value, places), ("name", n), ("index", n, [i]), ("call", n, [a], orders),
("add", [(sign, t)]), ("mul", [("*" or "/", f)]), ("neg", x), ("pow", b, e), ("compare", op, l, r),
("and", [c]), ("or", [c]), ("not", c), ("tuple", [x]), ("list", [x]).
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import Any

Tree = tuple[Any, ...]
_TOKEN = re.compile(
    r"\s*(?:(\d+(?:\.\d+)?)|([A-Za-z]\w*'*)|(<=|>=|!=|[-+*/^(),\[\]=<>~]))", re.ASCII
)
_COMPARISONS = ("=", "!=", "<", "<=", ">", ">=", "~", "divides")
_WORDS = ("and", "or", "not", "divides")


class Unreadable(Exception):
    """Not the plain text form."""


@lru_cache(maxsize=4096)
def parse(text: str) -> Tree:
    """The tree of a formula or condition; Unreadable tells what was expected."""
    reader = _Reader(text)
    tree = reader.disjunction()
    if reader.peek():
        raise Unreadable(f"{reader.peek()!r} is left over in {text!r}")
    return tree


def _tokens(text: str) -> list[str]:
    found, position, end = [], 0, len(text.rstrip())
    while position < end:
        match = _TOKEN.match(text, position)
        if match is None:
            raise Unreadable(f"character {position} of {text!r}")
        found.append(match.group(match.lastindex or 0))
        position = match.end()
    return found


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = _tokens(text)
        self.at = 0

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        token = self.peek()
        self.at += 1
        return token

    def accept(self, token: str) -> bool:
        if self.peek() != token:
            return False
        self.at += 1
        return True

    def expect(self, token: str) -> None:
        if not self.accept(token):
            raise Unreadable(f"{token!r} expected, not {self.peek()!r}, in {self.text!r}")

    def disjunction(self) -> Tree:
        parts = [self.conjunction()]
        while self.accept("or"):
            parts.append(self.conjunction())
        return parts[0] if len(parts) == 1 else ("or", parts)

    def conjunction(self) -> Tree:
        parts = [self.negation()]
        while self.accept("and"):
            parts.append(self.negation())
        return parts[0] if len(parts) == 1 else ("and", parts)

    def negation(self) -> Tree:
        if self.accept("not"):
            return ("not", self.negation())
        return self.comparison()

    def comparison(self) -> Tree:
        sides, links = [self.sum()], []
        while self.peek() in _COMPARISONS:
            op = self.take()
            sides.append(self.sum())
            links.append(("compare", op, sides[-2], sides[-1]))
        if not links:
            return sides[0]
        return links[0] if len(links) == 1 else ("and", links)

    def sum(self) -> Tree:
        terms = [(1, self.term())]
        while self.peek() in ("+", "-"):
            terms.append((1 if self.take() == "+" else -1, self.term()))
        return terms[0][1] if len(terms) == 1 else ("add", terms)

    def term(self) -> Tree:
        factors: list[tuple[str, Tree]] = []
        while self.accept("-"):
            factors.append(("*", ("number", Fraction(-1), 0)))
        factors.append(("*", self.power()))
        while self.peek() in ("*", "/"):
            factors.append((self.take(), self.factor()))
        return factors[0][1] if len(factors) == 1 else ("mul", factors)

    def factor(self) -> Tree:
        return ("neg", self.factor()) if self.accept("-") else self.power()

    def power(self) -> Tree:
        base = self.atom()
        return ("pow", base, self.factor()) if self.accept("^") else base

    def items(self, closing: str) -> tuple[list[Tree], bool]:
        """Comma-separated parts up to the closing bracket, and whether a comma ended them."""
        found: list[Tree] = []
        comma = False
        while not self.accept(closing):
            if found and not comma:
                raise Unreadable(f"a comma or {closing!r} expected in {self.text!r}")
            found.append(self.disjunction())
            comma = self.accept(",")
        return found, comma

    def atom(self) -> Tree:
        token = self.take()
        if token[:1].isdigit():
            return ("number", Fraction(token), len(token.partition(".")[2]))
        if token == "(":
            found, comma = self.items(")")
            return found[0] if len(found) == 1 and not comma else ("tuple", found)
        if token == "[":
            return ("list", self.items("]")[0])
        if not token or not token[0].isalpha() or token in _WORDS:
            raise Unreadable(f"a formula expected, not {token!r}, in {self.text!r}")
        if self.accept("["):
            return ("index", token, self.items("]")[0])
        if self.accept("("):
            arguments = self.items(")")[0]
            if token == "diff" and self.accept("("):
                orders = [int(order[1]) for order in arguments[1:]]
                return ("call", arguments[0][1], self.items(")")[0], orders)
            return ("call", token, arguments, None)
        return ("name", token)
