"""Names in LaTeX: one letter is one name, unless a declared name is longer; scripts and accents.

A subscript is part of the name (``C_{in}``, ``x_{12}``) or an index (``x_{i+1}``, ``v_{1,2}``, or
any subscript of a declared family, or one with a bound variable in it).
"""

from __future__ import annotations

from symcnn.formula.nodes import Formula, Index, Pow, Symbol
from symcnn.reading.applications import Applications
from symcnn.reading.latex_words import ACCENTS, SUBSCRIPT_WORDS
from symcnn.reading.names import Names
from symcnn.reading.plain_tokens import Tokens

_TEXTUAL = frozenset({"a", "n", "w", "o"})


class LatexNames(Applications):
    """Reads names; `at` is the first token of one."""

    __slots__ = ("lows",)

    def __init__(self, text: str, tokens: Tokens, names: Names) -> None:
        super().__init__(text, tokens, names)
        self.lows: dict[str, Formula | None] = {}  # where the sums over bound variables begin

    def span(self, opening: int) -> int:
        """The token that closes a brace."""
        level = 0
        for at in range(opening, len(self.kinds)):
            kind = self.kinds[at]
            if kind == "{":
                level += 1
            elif kind == "}":
                level -= 1
                if level == 0:
                    return at
        raise self.error("not-closed", opening, bracket="}")

    def script_end(self, at: int) -> int:
        """The token after the argument of ``_`` or ``^`` that begins at a token."""
        if self.kinds[at] == "{":
            return self.span(at) + 1
        return at + 1

    def head(self) -> str:
        """The name without scripts: a letter, the longest declared run, words, or an accent."""
        at = self.at
        kind, value = self.kinds[at], self.values[at]
        if kind == "a":
            self.at = at + 1
            if len(value) == 1 and self.names.given is not None:
                return self.longest(at) or value
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
        offset = self.offsets[at]
        for name in self.names.long_heads:
            if self.text.startswith(name, offset):
                end = offset + len(name)
                after = at
                while self.ends[after] < end:
                    after += 1
                if self.ends[after] == end:
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
        for part in (self.kinds, self.values, self.offsets, self.ends):
            part.pop(close)

    def named(self) -> Formula:
        """A name with its scripts, applied where it is a function."""
        at = self.at
        head = self.head()
        kind = self.kinds[self.at]
        if kind in ("_", "^", "'"):
            return self.scripted(head, at)
        return self.plain_name(head, at)

    def plain_name(self, head: str, at: int) -> Formula:
        """A name without subscripts; overridden with functions and constants."""
        self.names.use(head)
        return Symbol(head)

    def scripted(self, head: str, at: int) -> Formula:
        """Primes and subscripts; powers stay, unless a subscript follows them."""
        kinds = self.kinds
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
            elif kind == "^" and (count := self.prime_script()):
                primes += count
            elif (
                kind == "^" and exponent is None and kinds[self.script_end(self.at + 1)] == "_"
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
        end = self.script_end(self.at)
        count = 0
        while self.kinds[end] == "'":
            count += len(self.values[end])
            for part in (self.kinds, self.values, self.offsets, self.ends):
                part.pop(end)
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
        """The name or the member; `at` is the first token of the subscript."""
        start = self.at
        if self.kinds[start] == "{":
            close = self.span(start)
            found = self.resolved(head, start + 1, close)
            self.at = close + 1
            return found
        return self.unbraced(head)

    def unbraced(self, head: str) -> Formula:
        """``x_i``; several characters without braces only where they are a declared name."""
        start = self.at
        kinds, values = self.kinds, self.values
        if kinds[start] not in _TEXTUAL:
            if kinds[start] == "c" and values[start] in ACCENTS:
                inner = self.head()
                self.names.use_subscripted(f"{head}_{inner}", head)
                return Symbol(f"{head}_{inner}")
            raise self.error("name-wanted")
        stop = start + 1
        if kinds[start] in ("a", "n"):
            while kinds[stop] in ("a", "n") and self.offsets[stop] == self.ends[stop - 1]:
                stop += 1
        for end in range(stop, start, -1):
            if end - start == 1 and (kinds[start] != "n" or len(values[start]) == 1):
                break
            name = f"{head}_{''.join(values[start:end])}"
            if name in self.names.declared:
                self.at = end
                return Symbol(name)
        several = stop - start > 1 or (kinds[start] == "n" and len(values[start]) > 1)
        if several and kinds[start] == "a" and len(values[start]) > 1:
            several = False  # \mu x: the command ends by itself
        if several and not self.one_index(head, start, stop):
            run = "".join(values[start:stop])
            raise self.error(
                "unbraced", start, braced=f"{head}_{{{run}}}", apart=f"{head}_{run[0]} {run[1:]}"
            )
        found = self.resolved(head, start, start + 1)
        self.at = start + 1
        return found

    def one_index(self, head: str, start: int, stop: int) -> bool:
        """``W_jX_{i+j}``, ``w_1x_2``: surely an index of one character, and then other names."""
        if self.kinds[start] == "n":
            return len(self.values[start]) == 1
        names = self.names
        if not names.is_family(head) and self.values[start] not in names.bound:
            return False
        rest = [self.values[k] for k in range(start + 1, stop)]
        if len(rest) == 1 and self.kinds[stop] == "_":
            return True
        return all(names.known(name) for name in rest)

    def resolved(self, head: str, start: int, close: int) -> Formula:
        """The name or member whose subscript is the tokens from start to close."""
        kinds, values, names = self.kinds, self.values, self.names
        if start == close:
            raise self.error("name-wanted", start)
        textual = all(kinds[k] in _TEXTUAL for k in range(start, close))
        if textual:
            words = [
                self.worded(k) if kinds[k] in ("w", "o") else values[k] for k in range(start, close)
            ]
            whole = "".join(words)
            name = f"{head}_{whole}"
            if name in names.declared:
                return Symbol(name)
            bound = any(w in names.bound for w, k in zip(words, kinds[start:close], strict=True)
                        if k == "a")
            family = names.is_family(head)
            if bound and len(words) > 1 and whole in SUBSCRIPT_WORDS:
                bound = all(w in names.bound for w in words)
            domain = names.domain(head)
            wanted = domain.indices if domain is not None else 0
            if family and not bound and wanted and len(words) > 1 and wanted != len(words):
                family = False
            if not (family or bound):
                names.use_subscripted(name, head)
                return Symbol(name)
        names.use_family(head)
        return Index(head, self.indices(start, close))

    def indices(self, start: int, close: int) -> tuple[Formula, ...]:
        """Expressions between commas; letters side by side are an index each."""
        found: list[Formula] = []
        listing, self.listing = self.listing, True
        bars, self.bars = self.bars, 0
        self.at = start
        self.deeper()
        while self.at < close:
            end = self.at
            while end < close and self.kinds[end] == "a":
                end += 1
            alone = self.at + 1
            if self.kinds[self.at] == "n" and (alone == close or self.kinds[alone] == ","):
                found.append(self.literal(self.values[self.at]))
                self.at = alone
            elif end > self.at and (end == close or self.kinds[end] == ","):
                for at in range(self.at, end):
                    self.names.use(self.values[at])
                    found.append(Symbol(self.values[at]))
                self.at = end
            else:
                found.append(self.total())
            if self.at < close:
                if self.kinds[self.at] != ",":
                    raise self.unexpected()
                self.at += 1
        self.depth -= 1
        self.listing, self.bars = listing, bars
        return tuple(found)
