"""Subscripts in LaTeX: part of the name, or indices of a family.

``x_{i+1}`` and ``v_{1,2}`` are members, as is a subscript of a declared family and any with a bound
variable in it; else ``C_{in}``, ``W_{ij}`` and ``x_{12}`` are names. Indices are read as written,
without a shift. Several letters under sums, where nothing declared decides:

- upright, ``N_{\\text{train}}``: a word, part of the name;
- all bound, or all but one (``W_{ij}`` under a sum over j), or the others declared: an index each;
- a usual word such as ``in`` or ``eff``: part of the name, with a note;
- anything else (``N_{train}`` under a sum over i, ``x_{pq}`` beside ``x_i``, ``x_{i1}``): refused.
"""

from __future__ import annotations

from symcnn.formula.nodes import Formula, Symbol
from symcnn.reading.latex_names import LatexNames
from symcnn.reading.latex_words import ACCENTS, SUBSCRIPT_WORDS

_TEXTUAL = frozenset({"a", "n", "w", "o"})
_ONE_CHARACTER = frozenset({"a", "n"})
_WORD_COMMANDS = frozenset({"max", "min"})


def joined(head: str, subscript: str) -> str:
    """The name with its subscript; primes come last: ``x'_1`` and ``x_1'`` are one name."""
    if head[-1] != "'":
        return f"{head}_{subscript}"
    base = head.rstrip("'")
    return f"{base}_{subscript}{head[len(base) :]}"


class LatexScripts(LatexNames):
    """Reads subscripts; `at` is the first token of one."""

    __slots__ = ()

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
        if kinds[start] == "a" and kinds[start + 1] not in _ONE_CHARACTER:
            self.at = start + 1
            return self.lettered(head, values[start], start)
        if kinds[start] not in _TEXTUAL:
            if kinds[start] == "c" and values[start] in ACCENTS:
                inner = self.head()
                self.names.use_subscripted(joined(head, inner), head)
                return Symbol(joined(head, inner))
            raise self.error("name-wanted")
        stop = start + 1
        if kinds[start] in ("a", "n"):
            while kinds[stop] in ("a", "n") and self.tokens.touches(stop):
                if self.text[self.tokens.offsets[stop]] == "\\":
                    break  # x_i\alpha: a command begins a name of its own
                stop += 1
        for end in range(stop, start, -1):
            if end - start == 1 and (kinds[start] != "n" or len(values[start]) == 1):
                break
            name = joined(head, "".join(values[start:end]))
            if self.names.is_declared(name):
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

    def lettered(self, head: str, letter: str, start: int) -> Formula:
        """The name or the member whose subscript is one letter."""
        names = self.names
        name = joined(head, letter)
        if names.given is not None and names.is_declared(name):
            return Symbol(name)
        if letter not in names.bound and not names.is_family(head):
            names.use_subscripted(name, head)
            return Symbol(name)
        names.use(letter)
        return self.family_member(head, (Symbol(letter),), start)

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
        if close - start == 1 and kinds[start] == "c" and values[start] in _WORD_COMMANDS:
            names.use_subscripted(joined(head, values[start]), head)
            return Symbol(joined(head, values[start]))
        if close - start == 1 and kinds[start] == "a":
            return self.lettered(head, values[start], start)
        inside = kinds[start:close]
        if _TEXTUAL.issuperset(inside):
            words = values[start:close]
            if not _ONE_CHARACTER.issuperset(inside):
                words = [
                    self.worded(k) if kinds[k] in ("w", "o") else values[k]
                    for k in range(start, close)
                ]
            whole = "".join(words)
            if not whole.replace("_", "").isalnum():
                raise self.error("name-wanted", start)
            name = joined(head, whole)
            if names.is_declared(name):
                return Symbol(name)
            family = names.is_family(head)
            bound = bool(names.bound) and any(
                word in names.bound for word, kind in zip(words, inside, strict=True) if kind == "a"
            )
            if not family and not bound:
                names.use_subscripted(name, head)
                return Symbol(name)
            if self.is_word(head, start, close, words):
                names.use_subscripted(name, head)
                return Symbol(name)
        return self.family_member(head, self.indices(start, close), start)

    def is_word(self, head: str, start: int, close: int, words: list[str]) -> bool:
        """Whether the subscript belongs to the name; ParseError where that is not clear."""
        names, inside = self.names, self.kinds[start:close]
        whole = "".join(words)
        if len(words) == 1:
            return inside[0] != "n" and whole not in names.bound
        open_ones = [word for word in words if word not in names.bound]
        if whole in SUBSCRIPT_WORDS and open_ones:
            if len(open_ones) < len(words):
                names.notes[f"word:{joined(head, whole)}"] = None
            return True
        domain = names.domain(head)
        if domain is not None and domain.indices > 0:
            plain_word = "n" not in inside and len(open_ones) == len(words)
            return plain_word and domain.indices == 1
        if inside == ["n", "a"] or all(kind == "n" for kind in inside):
            return False  # 2i, 12
        alone = len(open_ones) == 1 < len(words) and open_ones[0] != "e"
        if all(kind == "a" for kind in inside) and (
            alone or all(names.is_declared(word) for word in open_ones)
        ):
            return False
        commas = ", ".join(words)
        raise self.error("subscript", start, name=head, word=whole, commas=commas)

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
