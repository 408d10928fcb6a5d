"""The LaTeX grammar: what an operand is, and what stands after ``^``."""

from __future__ import annotations

import re

from symcnn.formula.conditions import And, Compare, Condition, Or
from symcnn.formula.nodes import Add, Call, Formula, Index, Mul, Rational, Symbol
from symcnn.reading.cursor import PERCENT
from symcnn.reading.latex_commands import LatexCommands
from symcnn.reading.latex_words import TRANSPOSES
from symcnn.reading.numerals import Numerals
from symcnn.reading.words import CONSTANTS, FUNCTION_WORDS, RELATIONS

_CLOSE = {"(": ")", "[": "]", r"\{": r"\}"}
_OPENERS = frozenset({"(", "[", "{", r"\{", "⌊", "⌈", "begin"})
_CLOSERS = frozenset({")", "]", "}", r"\}", "⌋", "⌉", "finish"})
_BARE = re.compile(r"([A-Za-z]{3,})\s*\(")
_BARE_STARTS = frozenset(word[:3] for word in FUNCTION_WORDS)
_ROUND = {"⌊": ("⌋", "floor"), "⌈": ("⌉", "ceil")}


class LatexGrammar(Numerals, LatexCommands):
    """Reads LaTeX."""

    __slots__ = ()
    starters = frozenset(
        {"n", "a", "c", "w", "o", "(", "[", "{", r"\{", "|", "|(", "⌊", "⌈", "∞", "∑", "∏", "∂",
         "begin", "√", "…"}
    )  # fmt: skip
    joins = frozenset({"⊙", "⊗", "mod"})
    clings = frozenset({"_", "^", "'", "(", "[", r"\{", "a", "n", "w", "o"})

    def apart(self, at: int) -> bool:
        kinds, values, names = self.kinds, self.values, self.names
        if values[at] + values[at + 1] in names.vocabulary.starts:
            return False
        return kinds[at + 2] != "a" or "".join(values[at : at + 3]) not in _BARE_STARTS

    def primary(self) -> Formula:
        at = self.at
        kind = self.kinds[at]
        if kind == "a":
            several = self.kinds[at + 1] == "a" and self.kinds[at + 2] == "a"
            word = self.bare_word(at) if several else ""
            return self.bare_function(word, at) if word else self.named()
        if kind == "c":
            return self.command()
        if kind == "n":
            return self.number()
        if kind in ("(", "["):
            return self.group(_CLOSE[kind])
        if kind == "{":
            return self.braces()
        if kind in ("|", "|("):
            return self.absolute("|" if kind == "|" else "|)")
        if kind in _ROUND:
            close, name = _ROUND[kind]
            return self.call(name, self.arguments(close, separators=False), self.at - 1)
        if kind in ("∑", "∏"):
            return self.big()
        if kind == "begin":
            return self.block()
        if kind in ("w", "o"):
            return self.words()
        if kind == r"\{":
            if self.kinds[self.at + 1] == "begin":
                self.at += 1
                formula = self.block(as_cases=True)
                if self.kinds[self.at] == r"\}":
                    self.at += 1
                return formula
            return self.group(r"\}")
        if kind == "∂":
            return self.derivative_slash()
        if kind == "∞":
            self.at += 1
            return Call("infinity", ())
        if kind == "√":
            self.at += 1
            return Call("sqrt", (self.argument(),))
        if kind == "…":
            return self.ellipsis()
        if kind in ("∈", "‖", "prime", "?", "@", "$"):
            raise self.error({"‖": "norm", "$": "dollar"}.get(kind, "not-read"))
        raise self.unexpected()

    def bare_word(self, at: int) -> str:
        """``floor(``, ``sqrt(`` typed without a backslash: no product of letters looks so."""
        if "".join(self.values[at : at + 3]) not in _BARE_STARTS:
            return ""
        found = _BARE.match(self.text, self.offsets[at])
        joined = at > 0 and self.kinds[at - 1] == "a" and self.tokens.touches(at)
        if found is None or joined:
            return ""
        word = found.group(1)
        return word if word in FUNCTION_WORDS and not self.names.is_declared(word) else ""

    def bare_function(self, word: str, at: int) -> Formula:
        """The function of a bare word."""
        self.at = at + len(word)
        return self.function_of(FUNCTION_WORDS[word], at)

    def linked(self, left: Formula) -> Formula:
        """Also ``x \\in \\{a, b\\}`` and ``x \\in [a, b)``."""
        found = super().linked(left)
        return self.member_of(found) if self.kinds[self.at] == "∈" else found

    def member_of(self, left: Formula) -> Formula:
        """Membership in a listed set or an interval, as comparisons."""
        self.at += 1
        open_sign = self.kinds[self.at]
        if open_sign not in ("(", "[", r"\{") or isinstance(left, Condition):
            raise self.error("set")
        listing, self.listing = self.listing, True
        self.at += 1
        parts = [self.total()]
        while self.kinds[self.at] == ",":
            self.at += 1
            parts.append(self.total())
        close = self.kinds[self.at]
        self.at += 1
        self.listing = listing
        if open_sign == r"\{" and close == r"\}":
            options = tuple(Compare("=", left, part) for part in parts)
            return Or(options) if len(options) > 1 else options[0]
        if len(parts) != 2 or open_sign == r"\{" or close not in (")", "]"):
            raise self.error("set", self.at - 1)
        low, high = parts
        above = Compare("<" if open_sign == "(" else "<=", low, left)
        return And((above, Compare("<" if close == ")" else "<=", left, high)))

    def braces(self) -> Formula:
        """Braces group in TeX, but nobody sees them: a sum in them must stand alone."""
        at = self.at
        self.at += 1
        bars, self.bars = self.bars, 0
        self.deeper()
        formula = self.condition()
        self.depth -= 1
        self.expect("}")
        self.bars = bars
        self.has_conditions = self.has_conditions or isinstance(formula, Condition)
        beside = self.kinds[self.at] in self.starters or self.kinds[self.at] in ("*", "/", "^")
        before = at > 0 and self.kinds[at - 1] in ("*", "/", "a", "n", ")", "}", "-")
        if isinstance(formula, Add) and (beside or before):
            raise self.error("invisible-braces", at)
        return formula

    def plain_name(self, head: str, at: int) -> Formula:
        names = self.names
        follows = self.kinds[self.at]
        if head not in names.bound and (names.given is None or names.domain(head) is None):
            if head == "e":
                if follows == "^":
                    self.at += 1
                    return self.call("exp", (self.script(),), at)
                return Call("exp", (Rational(1),))
            if head in CONSTANTS:
                return Call(CONSTANTS[head], ())
            if head == "sigma" and follows in ("(", "[", r"\{") and head not in names.functions:
                return self.call("sigmoid", self.arguments(_CLOSE[follows]), at)
        if follows == "(":
            applied = self.applied(head)
            if applied is not None:
                return applied
        elif follows == "[" and names.is_family(head):
            return self.family_member(head, self.arguments("]"), at)
        names.use(head)
        return Symbol(head)

    def power_of(self, base: Formula) -> Formula:
        self.at += 1
        at = self.at
        if self.kinds[at] == "n" and len(self.values[at]) == 1 and self.kinds[at + 1] != "n":
            self.at += 1
            return self.raised(base, self.literal(self.values[at]))
        braced = self.kinds[at] == "{"
        inner = at + braced
        end = self.script_end(at)
        if end - braced - inner == 1 and self.is_transpose(inner):
            if self.is_array(base):
                self.at = end
                return Call("transpose", (base,))
            if self.kinds[inner] != "a":
                raise self.error("transpose", inner)
            if not self.names.known("T"):
                self.names.notes["power-T"] = None
        named = isinstance(base, (Symbol, Index))
        if braced and named and self.kinds[inner] == "(" and self.closing(inner) == end - 2:
            raise self.error("layer-index", inner)
        return self.raised(base, self.script())

    def is_transpose(self, at: int) -> bool:
        kind, value = self.kinds[at], self.values[at]
        return value in TRANSPOSES if kind in ("c", "w") else kind == "a" and value == "T"

    def closing(self, opening: int) -> int:
        """The token that closes a round bracket."""
        level = 0
        for at in range(opening, len(self.kinds)):
            level += (self.kinds[at] == "(") - (self.kinds[at] == ")")
            if level == 0:
                return at
        return -1

    def script(self) -> Formula:
        """The exponent: in braces, or one character; a sign or brackets as in plain text."""
        at = self.at
        kind, value = self.kinds[at], self.values[at]
        if kind == "{":
            return self.argument()
        stop = at + 1
        if kind == "n":
            after = self.kinds[stop] == "n" or len(value) > 1
            if after and not (self.kinds[at - 1] == "-" and self.kinds[at - 2] == "^"):
                raise self.unbraced_power(at, at + 1)
            self.at += 1
            return self.literal(value)
        if kind == "a" and len(value) == 1:
            while self.kinds[stop] in ("a", "n") and self.tokens.touches(stop):
                stop += 1
            head = self.head()
            if self.at < stop:
                raise self.unbraced_power(at, stop)
            return self.plain_name(head, at)
        if kind in ("-", "+"):
            self.deeper()
            formula = self.signed(self.script)
            self.depth -= 1
            return formula
        if kind == "(":
            return self.group(")")
        return self.argument()

    def unbraced_power(self, at: int, stop: int) -> Exception:
        """``x^12`` in TeX is x^1 2."""
        run = self.text[self.offsets[at] : self.ends[stop - 1]]
        return self.error("unbraced-power", at, braced=f"^{{{run}}}", apart=f"^{run[0]} {run[1:]}")

    def join(self, left: Formula) -> Formula:
        kind = self.kinds[self.at]
        if kind == "mod":
            self.check_modulus()
        self.at += 1
        right = self.operand()
        name = {"⊙": "hadamard", "⊗": "kron"}.get(kind, "mod")
        return Call(name, (left, right))

    def check_modulus(self) -> None:
        """``a + b \\bmod n`` may be (a + b) mod n or a + (b mod n)."""
        level = 0
        for at in range(self.at - 1, -1, -1):
            kind = self.kinds[at]
            if kind in _CLOSERS:
                level += 1
            elif kind in _OPENERS:
                level -= 1
                if level < 0:
                    return
            elif level == 0 and kind in ("+", "-"):
                raise self.error("ambiguous-mod")
            elif level == 0 and (kind in RELATIONS or kind == ","):
                return

    def check_number_after(self) -> None:
        if self.kinds[self.at - 1] == "n":
            raise self.error("digits-apart")

    def percent(self, number: Rational) -> Formula:
        self.at += 1
        if self.kinds[self.at] in self.starters:
            raise self.error("percent-or-mod", self.at - 1)
        return Mul((number, PERCENT))


def is_latex(text: str) -> bool:
    """Text with a backslash or a brace is LaTeX."""
    return "\\" in text or "{" in text or "}" in text or "$" in text
