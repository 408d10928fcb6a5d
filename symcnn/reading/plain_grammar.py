"""The plain grammar: operands of plain text, and what a name followed by a bracket means.

A run of letters and digits with its ``_`` parts is one name; an undeclared one that splits into
declared names is their product. ``name(`` is application for declared functions and families and
known function words, else a product: ``d(k-1)``.
"""

from __future__ import annotations

from symcnn.formula.nodes import Call, Formula, Mul, Pow, Rational, Symbol
from symcnn.reading.cursor import INVERSE, PERCENT
from symcnn.reading.latex_words import SUBSCRIPT_WORDS
from symcnn.reading.numerals import Numerals
from symcnn.reading.special_forms import SpecialForms
from symcnn.reading.words import BASES, CONSTANTS, FUNCTION_WORDS, SPECIAL

_OPENERS = {"(": ")", "[": "]", "⌊": "⌋", "⌈": "⌉"}


class PlainGrammar(Numerals, SpecialForms):
    """Reads plain text."""

    __slots__ = ()

    starters = frozenset({"n", "a", "(", "[", "|", "√", "⌊", "⌈", "∂", "…"})
    joins = frozenset({"//"})
    clings = frozenset({"(", "[", "'"})

    def primary(self) -> Formula:
        kind = self.kinds[self.at]
        if kind == "a":
            return self.name()
        if kind == "n":
            return self.number()
        if kind in ("(", "["):
            return self.group(_OPENERS[kind])
        if kind in ("⌊", "⌈"):
            args = self.arguments(_OPENERS[kind], separators=False)
            return self.call("floor" if kind == "⌊" else "ceil", args, self.at - 1)
        if kind == "|":
            return self.absolute()
        if kind == "∞":
            self.at += 1
            return Call("infinity", ())
        if kind == "√":
            self.at += 1
            self.deeper()
            under = self.primary()
            self.depth -= 1
            return Call("sqrt", (under,))
        if kind == "…":
            return self.ellipsis()
        if kind in ("∑", "∏", "∂", "∈", "‖", "±"):
            raise self.error("latex-only")
        raise self.unexpected()

    def power_of(self, base: Formula) -> Formula:
        self.at += 1
        if self.kinds[self.at] == "a" and self.values[self.at] == "T":
            if self.is_array(base):
                self.at += 1
                return Call("transpose", (base,))
            if not self.names.known("T"):
                self.names.notes["power-T"] = None
        return self.raised(base, self.exponent())

    def join(self, left: Formula) -> Formula:
        """``a // b`` is Python's floor division."""
        self.at += 1
        return Call("floor", (Mul((left, Pow(self.operand(), INVERSE))),))

    def check_number_after(self) -> None:
        if self.kinds[self.at - 1] == "n":
            raise self.error("digits-apart")
        raise self.error("number-after")

    def name(self) -> Formula:
        """A name, alone or applied."""
        at = self.at
        value = self.values[at]
        names = self.names
        follows = self.kinds[at + 1]
        if value not in names.bound and names.domain(value) is None:
            if follows == "(" and value in SPECIAL:
                return self.special(value)
            word = FUNCTION_WORDS.get(value)
            if word is not None and (value != "sigma" or follows == "("):
                if value not in names.functions:
                    return self.function(value, word)
            elif value in CONSTANTS:
                self.at = at + 1
                return Call(CONSTANTS[value], ())
            elif value == "e":
                self.at = at + 1
                return self.euler()
        self.at = at + 1
        if value in ("eps", "epsilon") and names.given is not None:
            value = names.alias(value)
        if follows == "(":
            applied = self.applied(value)
            if applied is not None:
                return applied
        elif follows == "[" and self.tokens.touches(at + 1) and value not in names.bound:
            return self.index(value)
        return self.symbol(value)

    def symbol(self, value: str) -> Formula:
        """A name by itself: a declared one, a member of a family ``x_i``, a product, or new."""
        names = self.names
        if "_" in value and not names.known(value):
            member = self.member(value)
            if member is not None:
                return member
            if names.bound:
                self.check_word(value)
            names.use_subscripted(value, value[: value.index("_")])
            return Symbol(value)
        names.use(value)
        return Symbol(value)

    def member(self, value: str) -> Formula | None:
        """``x_i``, ``W_o_c``, ``x_hat_i`` as members, when the base is a family or i is bound."""
        names = self.names
        primes = value[len(value.rstrip("'")) :]
        parts = value.rstrip("'").split("_")
        for cut in range(len(parts) - 1, 0, -1):
            base, subscripts = "_".join(parts[:cut]) + primes, parts[cut:]
            domain = names.domain(base)
            wanted = domain.indices if domain is not None else 0
            if len(subscripts) == 1 and 1 < wanted == len(subscripts[0]):
                subscripts = list(subscripts[0])
            bound = any(part in names.bound for part in subscripts)
            if not bound and (not names.is_family(base) or parts[cut] in SUBSCRIPT_WORDS):
                continue
            if all(len(part) == 1 or part.isdigit() or part in names.bound for part in subscripts):
                indices = tuple(self.subscript(part) for part in subscripts)
                return self.family_member(base, indices, self.at - 1)
        return None

    def check_word(self, value: str) -> None:
        """``W_ij`` under a sum over j may be a name or a member; ``N_train`` is a name."""
        base, _, word = value.rstrip("'").rpartition("_")
        unbound = [letter for letter in word if letter not in self.names.bound]
        if not 2 <= len(word) <= 3 or not word.isalpha() or len(unbound) > 1:
            return
        if word not in SUBSCRIPT_WORDS or not unbound:
            commas = ", ".join(word)
            raise self.error("plain-subscript", self.at - 1, name=base, word=word, commas=commas)
        self.names.notes[f"word:{value}"] = None

    def index(self, value: str) -> Formula:
        """``x[i]``, ``W[o, c]``."""
        at = self.at - 1
        return self.family_member(value, self.arguments("]"), at)

    def function(self, value: str, word: str) -> Formula:
        """A known function word; it needs its brackets."""
        at = self.at
        self.at += 1
        if self.kinds[self.at] != "(":
            raise self.error("function-alone", at, name=value)
        if value in BASES:
            args = (*self.arguments(separators=False), Rational(BASES[value]))
            return self.call("log", args, at)
        return self.call(word, self.arguments(separators=word not in _ONE), at)

    def euler(self) -> Formula:
        """``e^x``, or the number e."""
        if self.kinds[self.at] == "^":
            self.at += 1
            return self.call("exp", (self.exponent(),), self.at)
        return Call("exp", (Rational(1),))

    def percent(self, number: Rational) -> Formula:
        """``12 %``."""
        self.at += 1
        if self.kinds[self.at] in ("n", "a", "("):
            raise self.error("percent-or-mod", self.at - 1)
        return Mul((number, PERCENT))


_ONE = frozenset(
    {"floor", "ceil", "abs", "sign", "sqrt", "exp", "sin", "cos", "tan", "tanh", "sigmoid", "erf",
     "relu", "factorial", "transpose", "det", "trace"}
)  # fmt: skip
