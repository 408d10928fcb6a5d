"""Commands of LaTeX that are operands: fractions, roots, functions, binomials, derivatives."""

from __future__ import annotations

from symcnn.formula.nodes import Add, Call, Formula, Index, Mul, Pow, Rational, Symbol
from symcnn.formula.traverse import free_names
from symcnn.reading.cursor import INVERSE
from symcnn.reading.latex_blocks import LatexBlocks
from symcnn.reading.latex_words import ACCENTS, FONTS, FUNCTION_COMMANDS
from symcnn.reading.words import BASES, FUNCTION_WORDS

_ARGUMENT_CLOSE = {"(": ")", r"\{": r"\}", "[": "]", "{": "}"}


class LatexCommands(LatexBlocks):
    """Reads one command; `at` is the command."""

    __slots__ = ()

    def command(self) -> Formula:
        """Dispatch on the command."""
        at = self.at
        name = self.values[at]
        if name in ("frac", "dfrac", "tfrac", "cfrac"):
            return self.fraction()
        if name in FUNCTION_COMMANDS:
            self.at += 1
            return self.function_of(FUNCTION_COMMANDS[name], at)
        if name == "sqrt":
            return self.root()
        if name in ("binom", "dbinom", "tbinom"):
            self.at += 1
            return self.call("binomial", (self.argument(), self.argument()), at)
        if name in ACCENTS:
            if name == "mathbb" and self.kinds[at + 4] in ("[", "("):
                raise self.error("unknown-command", at)
            return self.named()
        if name in ("boxed", "mathop", "ensuremath"):
            self.at += 1
            return self.argument()
        if name in ("underbrace", "overbrace"):
            return self.braced_words(at)
        if name == "dfrac":
            return self.fraction()
        raise self.error("unknown-command", at)

    def argument(self) -> Formula:
        """The argument of a command: in braces, or one token as in TeX."""
        at = self.at
        kind = self.kinds[at]
        if kind == "{":
            if self.kinds[at + 2] == "}":
                inner = self.kinds[at + 1]
                self.at += 1
                if inner in ("a", "n"):
                    formula = self.factor()
                    self.at += 1
                    return formula
                self.at = at
            self.at += 1
            bars, self.bars = self.bars, 0
            listing, self.listing = self.listing, False
            self.deeper()
            formula = self.total()
            self.depth -= 1
            self.expect("}")
            self.bars, self.listing = bars, listing
            return formula
        if kind == "n":
            digits = self.values[at]
            if len(digits) == 1:
                self.at += 1
                return self.literal(digits)
            if len(digits) == 2 and digits.isdigit() and self.values[at - 1].endswith("frac"):
                self.values[at], self.offsets[at] = digits[1], self.offsets[at] + 1
                return self.literal(digits[0])
            raise self.error("argument", at)
        if kind == "a":
            return self.plain_name(self.head(), at)
        if kind in ("c", "w", "o", "∞"):
            self.deeper()
            formula = self.primary()
            self.depth -= 1
            return formula
        raise self.error("argument", at)

    def fraction(self) -> Formula:
        """``\\frac{a}{b}``, ``\\frac12``, ``\\frac{\\partial L}{\\partial Z_i}``."""
        at = self.at
        self.at += 1
        if self.kinds[self.at] == "{" and self.is_derivative(self.at + 1):
            return self.derivative_fraction(at)
        top = self.argument()
        bottom = self.argument()
        return Mul((top, Pow(bottom, INVERSE)))

    def is_derivative(self, at: int) -> bool:
        """Whether ``\\partial``, or ``d`` in both halves of a fraction, begins here."""
        if self.kinds[at] == "∂":
            return True
        if self.values[at] != "d" or self.names.known("d"):
            return False
        below = self.span(at - 1) + 1
        single = self.kinds[at + 1] in ("a", "c") and self.kinds[below] == "{"
        return single and self.values[below + 1] == "d" and self.kinds[below + 2] in ("a", "c")

    def derivative_fraction(self, at: int) -> Formula:
        self.at += 1
        above = self.differential(at)
        self.expect("}")
        self.expect("{")
        if self.values[self.at] not in ("d", "partial", "∂"):
            raise self.error("derivative", at)
        below = self.differential(at)
        if self.kinds[self.at] != "}":
            raise self.error("derivative", at)
        self.at += 1
        return self.derivative(above, below)

    def derivative_slash(self) -> Formula:
        """``\\partial L/\\partial Z_i``."""
        at = self.at
        above = self.differential(at)
        if self.kinds[self.at] != "/" or self.kinds[self.at + 1] != "∂":
            raise self.error("derivative", at)
        self.at += 1
        return self.derivative(above, self.differential(at))

    def differential(self, start: int) -> tuple[str, tuple[Formula, ...]]:
        """``\\partial Z_i``: the name, without its font, and the indices."""
        self.at += 1
        if self.kinds[self.at] not in ("a", "c", "w"):
            raise self.error("derivative", start)
        names = self.names
        found = self.unused(self.named)
        if isinstance(found, Index):
            base, indices = found.name, found.indices
        elif isinstance(found, Symbol):
            base, indices = found.name, ()
            head, _, index = base.partition("_")
            if not names.is_declared(base) and (index.isdigit() or (len(index) == 1 and index)):
                base, indices = head, (self.subscript(index),)
        else:
            raise self.error("derivative", start)
        for index_part in indices:
            for name in free_names(index_part):
                names.use(name)
        head, _, font = base.rpartition("_")
        return (head if font in FONTS else base), indices

    def derivative(
        self, above: tuple[str, tuple[Formula, ...]], below: tuple[str, tuple[Formula, ...]]
    ) -> Formula:
        """The member of the family ``dL_dZ``, or the name itself where there is no index."""
        if above[0].endswith("'"):
            raise self.error("derivative", self.at - 1)
        name = f"d{above[0]}_d{below[0]}"
        indices = above[1] + below[1]
        if not indices:
            self.names.use(name)
            return Symbol(name)
        self.names.use_family(name)
        return Index(name, indices)

    def root(self) -> Formula:
        """``\\sqrt{x}``, ``\\sqrt[3]{x}``."""
        at = self.at
        self.at += 1
        if self.kinds[self.at] != "[":
            return Call("sqrt", (self.argument(),))
        degree = self.arguments("]")
        if len(degree) != 1:
            raise self.error("argument", at)
        return Call("root", (self.argument(), degree[0]))

    def function_of(self, word: str, at: int) -> Formula:
        """A function after its name: base, power and argument."""
        base: Formula | None = Rational(BASES[word]) if word in BASES else None
        exponent: Formula | None = None
        word = "log" if word in BASES else word
        while self.kinds[self.at] in ("_", "^"):
            self.at += 1
            if self.kinds[self.at - 1] == "_":
                if word != "log" or base is not None:
                    raise self.error("function-script", at, name=word)
                base = self.argument()
            else:
                exponent = self.argument()
                if not isinstance(exponent, Rational) or exponent.value < 0:
                    raise self.error("function-script", at, name=word)
        args = self.function_arguments(word, at)
        formula = self.call(word, args if base is None else (*args, base), at)
        return formula if exponent is None else Pow(formula, exponent)

    def function_arguments(self, word: str, at: int) -> tuple[Formula, ...]:
        """In brackets, or one factor: ``\\tanh x``."""
        kind = self.kinds[self.at]
        if kind in _ARGUMENT_CLOSE:
            return self.arguments(_ARGUMENT_CLOSE[kind], separators=word in ("max", "min", "gcd"))
        if kind not in self.starters:
            raise self.error("function-alone", at, name=word)
        self.deeper()
        argument = self.factor()
        self.depth -= 1
        if self.kinds[self.at] in self.starters and not self.closes_bar():
            raise self.error("function-brackets", at, name=word)
        return (argument,)

    def words(self) -> Formula:
        """Upright words: a function, or a name."""
        at = self.at
        word = self.values[at]
        name = word.replace(" ", "_")
        if word in FUNCTION_WORDS and self.names.domain(name) is None:
            self.at += 1
            return self.function_of(FUNCTION_WORDS[word], at)
        if self.kinds[at] == "o" and self.names.domain(name) is None:
            raise self.error("unknown-function", at, name=word)
        return self.named()

    def braced_words(self, at: int) -> Formula:
        """``\\underbrace{a + b}_{words}``: the words are taken off."""
        self.at += 1
        formula = self.argument()
        if self.kinds[self.at] in ("_", "^"):
            self.at = self.script_end(self.at + 1)
            self.names.notes["brace-words"] = None
        follows = self.kinds[self.at] in self.starters or self.kinds[at - 1] in self.starters
        if isinstance(formula, Add) and follows:
            raise self.error("invisible-braces", at)
        return formula
