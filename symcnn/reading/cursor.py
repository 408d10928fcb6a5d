"""A text being read: its tokens, the place, what is open, and how errors arise."""

from __future__ import annotations

from fractions import Fraction

from symcnn.errors import ParseError
from symcnn.formula.arrays import Array, Table
from symcnn.formula.conditions import And, Bracket, Cases, Condition, Not, Or
from symcnn.formula.nodes import FUNCTIONS, Add, Call, Formula, Mul, Pow, Rational, Symbol, negative
from symcnn.reading.dots import DOTS, count_of, filled
from symcnn.reading.limits import MAX_DEPTH, MAX_DIGITS, MAX_TREE
from symcnn.reading.messages import failure
from symcnn.reading.names import Names
from symcnn.reading.plain_tokens import Tokens
from symcnn.reading.sizes import varies

INVERSE = Rational(-1)
DIGITS = {str(digit): Rational(digit) for digit in range(10)}
_GROWING = frozenset({"factorial", "binomial", "exp"})
PERCENT = Pow(Rational(100), INVERSE)
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ", "0123456789+-n")


class Cursor:
    """`at` is the token that comes next; nothing goes back."""

    __slots__ = (
        "at", "bars", "deepest", "depth", "dots", "has_conditions", "kinds", "listing", "names",
        "ready", "suspect", "text", "tokens", "values",
    )  # fmt: skip

    def __init__(self, text: str, tokens: Tokens, names: Names) -> None:
        self.text = text
        self.tokens = tokens
        self.kinds, self.values = tokens.kinds, tokens.values
        self.names = names
        self.ready = names.vocabulary.symbols or names.symbols  # `names.lone`, where it is known
        self.at = 0
        self.depth = 0
        self.deepest = 0
        self.bars = 0  # absolute values that are open in this group
        self.listing = False  # whether a comma separates arguments here
        self.suspect = False  # whether a constant could be huge
        self.has_conditions = False  # whether a group held a condition
        self.dots: list[int] = []  # where dots stand whose terms are not found yet

    @property
    def offsets(self) -> list[int]:
        """Where each token begins."""
        return self.tokens.offsets

    @property
    def ends(self) -> list[int]:
        """Where each token ends."""
        return self.tokens.ends

    def error(self, code: str, at: int | None = None, /, **details: str) -> ParseError:
        """The error at a token."""
        place = min(self.at if at is None else at, len(self.kinds) - 1)
        offset = self.offsets[place]
        return failure(code, self.text, offset, self.text[offset : self.ends[place]], **details)

    def unexpected(self) -> ParseError:
        """Nothing can stand here."""
        if self.kinds[self.at] == "end":
            return self.error("ends-early" if self.at else "empty")
        return self.error("unexpected")

    def expect(self, kind: str) -> None:
        """Step over a token that must be there."""
        if self.kinds[self.at] != kind:
            if self.kinds[self.at] == "," and kind == ")":
                raise self.error("comma")
            if self.kinds[self.at] == "end":
                raise self.error("not-closed", None, bracket=kind)
            raise self.error("expected", None, bracket=kind)
        self.at += 1

    def ellipsis(self) -> Formula:
        """Dots as an operand: the sum or product around them says what they mean."""
        if self.values[self.at] in ("vdots", "ddots"):
            raise self.error("dots")
        self.dots.append(self.at)
        self.at += 1
        return DOTS

    def with_dots(self, parts: list[Formula], node: type[Add] | type[Mul]) -> Formula:
        """The sum or product of the parts, its dots filled in."""
        count = count_of(parts)
        if not count:
            return node(tuple(parts))
        try:
            formula = filled(parts, node, self.names, self.text)
        except ValueError as found:
            raise self.error("dots", self.dots[found.args[0] - count]) from None
        if not self.names.again:
            del self.dots[-count:]
        self.suspect = True
        return formula

    def left_over(self) -> ParseError:
        """Something follows that belongs to nothing."""
        kind = self.kinds[self.at]
        if kind in (")", "]", "}"):
            return self.error("not-opened")
        return self.error({",": "comma", "|": "bar", "%": "percent-or-mod"}.get(kind, "unexpected"))

    def check_conditions(self, top: Formula) -> None:
        """A condition in brackets may stand only where a condition is wanted."""
        stack: list[tuple[Formula, bool]] = [(top, True)]
        while stack:
            node, welcome = stack.pop()
            if isinstance(node, Condition) and not welcome:
                raise failure("condition-as-number", self.text, 0)
            if isinstance(node, (And, Or, Not, Bracket)):
                stack.extend((child, True) for child in node.children())
            elif isinstance(node, Cases):
                stack.extend((child, True) for child in node.children()[1::2])
                stack.extend((child, False) for child in node.children()[0::2])
            else:
                stack.extend((child, False) for child in node.children())

    def deeper(self) -> None:
        """One level down; ParseError when it is too deep."""
        self.depth += 1
        if self.depth > self.deepest:
            self.deepest = self.depth
            if self.depth > MAX_DEPTH:
                raise self.error("too-deep", None, limit=str(MAX_DEPTH))

    def literal(self, digits: str) -> Rational:
        """A number as it was written, its decimal places kept."""
        if len(digits) == 1:
            return DIGITS[digits]
        if len(digits) > MAX_DIGITS:
            raise self.error("long-literal", None, limit=str(MAX_DIGITS))
        if "." not in digits:
            return Rational(int(digits))
        whole, _, part = digits.partition(".")
        return Rational(Fraction(int(whole + part), 10 ** len(part)), len(part))

    def superscript(self) -> Formula:
        """``²``, ``⁻¹``, ``ⁿ``."""
        value = self.values[self.at].translate(SUPERSCRIPTS)
        digits = value.lstrip("+-")
        if len(value) - len(digits) > 1 or not (digits.isdigit() or digits == "n"):
            raise self.unexpected()
        if digits == "n":
            self.names.use("n")
            formula: Formula = Symbol("n")
        else:
            self.suspect = self.suspect or len(digits) > 2
            formula = self.literal(digits)
        self.at += 1
        return negative(formula) if value[0] == "-" else formula

    def check_height(self, top: Formula) -> None:
        """ParseError for a formula of more levels than recursive functions can walk."""
        layer, height = [top], 0
        while layer:
            layer = [child for node in layer for child in node.children()]
            height += 1
            if height > MAX_TREE:
                raise failure("too-deep", self.text, 0, limit=str(MAX_TREE))

    def transposed(self, formula: Formula) -> Formula:
        """The transpose, of declared or explicit arrays only."""
        if not self.is_array(formula):
            raise self.error("transpose", self.at - 1)
        return Call("transpose", (formula,))

    def is_array(self, formula: Formula) -> bool:
        """Whether the formula visibly is a matrix or vector."""
        match formula:
            case Symbol(name):
                return self.names.is_array(name)
            case Array() | Table():
                return True
            case Call(name, args):
                return name in ("transpose", "kron", "hadamard") and self.is_array(args[0])
            case Mul(parts) | Add(parts):
                return any(self.is_array(part) for part in parts)
            case Pow(base, _):
                return self.is_array(base)
        return False

    def call(self, name: str, args: tuple[Formula, ...], at: int) -> Formula:
        """A known function applied; the number of arguments must fit."""
        least, most = FUNCTIONS[name]
        if len(args) < least or (most is not None and len(args) > most):
            wanted = str(least) if least == most else f"{least}-{most or '...'}"
            raise self.error("arguments", at, name=name, wanted=wanted, found=str(len(args)))
        if name in _GROWING:
            self.suspect = self.suspect or not varies(args[0])
        return Call(name, args)
