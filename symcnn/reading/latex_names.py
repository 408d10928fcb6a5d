"""Names in LaTeX: one letter is one name, unless a declared name is longer; accents and primes."""

from __future__ import annotations

import re
from collections.abc import Callable

from symcnn.formula.nodes import Formula, Pow, Symbol
from symcnn.reading.applications import Applications
from symcnn.reading.latex_words import ACCENTS

_SCRIPTS = frozenset({"_", "^", "'"})
_GOES_ON = _SCRIPTS | {"a", "n"}
_RUN = re.compile(r"[A-Za-z][A-Za-z0-9]*")


class LatexNames(Applications):
    """Reads names; `at` is the first token of one."""

    __slots__ = ()

    def span(self, opening: int) -> int:
        """The token that closes a brace."""
        kinds = self.kinds
        if kinds[opening + 2] == "}" and kinds[opening + 1] not in ("{", "}"):
            return opening + 2
        rest = kinds[opening + 1 :]
        if "}" in rest and "{" not in rest[: (length := rest.index("}"))]:
            return opening + 1 + length
        level = 0
        for at in range(opening, len(kinds)):
            kind = kinds[at]
            if kind == "{":
                level += 1
            elif kind == "}":
                level -= 1
                if level == 0:
                    return at
        raise self.error("not-closed", opening, bracket="}")

    def script_end(self, at: int) -> int:
        """The token after the argument of ``_`` or ``^`` that begins at a token."""
        return self.span(at) + 1 if self.kinds[at] == "{" else at + 1

    def head(self) -> str:
        """The name without scripts: a letter, the longest declared run, words, or an accent."""
        at = self.at
        kind, value = self.kinds[at], self.values[at]
        if kind == "a":
            self.at = at + 1
            if self.names.given is not None:
                if len(value) == 1:
                    return self.longest(at) or value
                if value == "epsilon":
                    return self.names.alias(value)
            return value
        if kind in ("w", "o"):
            self.at = at + 1
            return self.worded(at)
        if kind == "c" and value in ACCENTS:
            return self.accented(ACCENTS[value])
        raise self.error("name-wanted")

    def worded(self, at: int) -> str:
        """``\\text{filter height}`` is the name filter_height."""
        name = "_".join(self.values[at].replace("-", " ").split())
        if not name.isascii() or not name.replace("_", "").isalnum() or not name[0].isalpha():
            raise self.error("words", at)
        return name

    def longest(self, at: int) -> str:
        """The longest declared name of several letters that stands here, up to its subscript."""
        if self.kinds[at + 1] not in ("a", "n"):
            return ""
        if self.values[at] + self.values[at + 1][:1] not in self.names.vocabulary.starts:
            return ""
        found = _RUN.match(self.text, self.offsets[at])
        if found is None or found.end() == self.ends[at]:
            return ""
        run = found.group()
        names = self.names
        for length in range(len(run), 1, -1):
            name = run[:length]
            whole = length == len(run) and self.text[found.end() : found.end() + 1] == "_"
            if not names.is_declared(name) and not (whole and names.begins(name)):
                continue
            after = at
            while self.ends[after] < found.start() + length:
                after += 1
            if self.ends[after] == found.start() + length:
                self.at = after + 1
                return name
        return ""

    def accented(self, suffix: str) -> str:
        """``\\hat{x}`` is x_hat; in ``\\hat{x_i}`` the index is that of x_hat."""
        start = self.at
        self.at += 1
        self.deeper()
        if self.kinds[self.at] != "{":
            inner = self.head()
        else:
            close = self.span(self.at)
            self.at += 1
            inner = self.head()
            if self.at != close:
                if self.kinds[self.at] not in ("_", "'"):
                    raise self.error("accent", start)
                self.lift(close)
            else:
                self.at = close + 1
        self.depth -= 1
        return f"{inner}_{suffix}"

    def lift(self, close: int) -> None:
        """Moves a closing brace in front of the scripts that stand before it."""
        self.tokens.drop(close)

    def named(self) -> Formula:
        """A name with its scripts, applied where it is a function."""
        at = self.at
        head = self.head()
        kinds = self.kinds
        kind = kinds[self.at]
        if kind not in _SCRIPTS:
            return self.plain_name(head, at)
        if kind == "_":
            after = self.script_end(self.at + 1)
            if kinds[after] not in (_SCRIPTS if kinds[after - 1] == "}" else _GOES_ON):
                self.at += 1
                return self.subscripted(head)
        return self.scripted(head, at)

    def unused(self, read: Callable[[], Formula]) -> Formula:
        """What a method reads, whose names are not used by that."""
        names = self.names
        saved = dict(names.new), dict(names.plain), names.families, names.again
        found = read()
        names.new, names.plain, names.families, names.again = saved
        names.symbols.clear()
        return found

    def plain_name(self, head: str, at: int) -> Formula:
        """A name without subscripts; overridden with functions and constants."""
        self.names.use(head)
        return Symbol(head)

    def scripted(self, head: str, at: int) -> Formula:
        """Primes and subscripts; powers stay, unless a subscript follows them."""
        kinds = self.kinds
        if kinds[self.at] == "^" and kinds[self.at + 1] == "n" and kinds[self.at + 2] != "_":
            return self.plain_name(head, at)  # x^2
        primes = 0
        exponent: Formula | None = None
        found: Formula | None = None
        while True:
            kind = kinds[self.at]
            if kind == "'":
                primes += len(self.values[self.at])
                self.at += 1
            elif kind == "_" and found is None:
                self.at += 1
                primes += self.later_primes()
                found = self.subscripted(head + "'" * primes)
                primes = 0
                if kinds[self.at] not in _SCRIPTS:
                    return found if exponent is None else Pow(found, exponent)
            elif kind == "^" and (count := self.prime_script()):
                primes += count
            elif (
                kind == "^"
                and exponent is None
                and kinds[self.script_end(self.at + 1)] == "_"
                and found is None
            ):
                self.at += 1
                exponent = self.script()
            else:
                break
        if found is None:
            if exponent is None:
                return self.plain_name(head + "'" * primes, at)
            raise self.unexpected()
        if primes:
            raise self.error("double-script", self.at - 1)
        if kinds[self.at] == "_":
            raise self.error("double-script")
        return found if exponent is None else Pow(found, exponent)

    def later_primes(self) -> int:
        """Primes after the subscript that comes next: ``x_i'`` is a member of ``x'``."""
        if "'" not in self.text and self.text.isascii():
            return 0
        end = self.script_end(self.at)
        count = 0
        while self.kinds[end] == "'":
            count += len(self.values[end])
            self.tokens.drop(end)
        return count

    def prime_script(self) -> int:
        """``^\\prime`` and ``^{\\prime\\prime}``: how many; steps over them."""
        start = self.at + 1
        end = self.script_end(start)
        inner = range(start + 1, end - 1) if self.kinds[start] == "{" else range(start, end)
        if not inner or any(self.kinds[k] != "prime" for k in inner):
            return 0
        self.at = end
        return len(inner)

    def script(self) -> Formula:
        """The argument of ``^``; overridden."""
        raise self.unexpected()

    def subscripted(self, head: str) -> Formula:
        """What ``_`` makes of a name; `at` is the first token of the subscript."""
        raise self.unexpected()
