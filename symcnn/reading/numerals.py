"""Numbers: thousands marks, per cent, powers of ten; each literal keeps the digits it was given."""

from __future__ import annotations

from fractions import Fraction

from symcnn.formula.nodes import Formula, Rational
from symcnn.reading.expressions import Grammar
from symcnn.reading.limits import MAX_DIGITS


class Numerals(Grammar):
    """Reads a number token and what belongs to it."""

    __slots__ = ()

    def number(self) -> Formula:
        """The literal at the token; ``1,234`` outside a list of arguments is one number."""
        at = self.at
        digits = self.values[at]
        self.at = at + 1
        following = self.kinds[at + 1]
        if following in (",", "٬") and (following == "٬" or not self.listing):
            digits = self.thousands(digits)
            following = self.kinds[self.at]
        if "e" in digits:
            return self.scientific(digits, at)
        literal = self.literal(digits)
        return self.percent(literal) if following == "%" else literal

    def percent(self, number: Rational) -> Formula:
        """A number followed by a per-cent sign."""
        raise self.unexpected()

    def thousands(self, first: str) -> str:
        """Groups of three digits after a thousands mark, without a space."""
        at = self.at - 1
        groups = [first]
        while (
            self.kinds[self.at] in (",", "٬")
            and self.kinds[self.at + 1] == "n"
            and self.tokens.touches(self.at + 1)
            and self.tokens.touches(self.at)
        ):
            groups.append(self.values[self.at + 1])
            self.at += 2
        if len(groups) == 1:
            return first
        last, _, decimals = groups[-1].partition(".")
        whole = [*groups[:-1], last]
        threes = all(group.isdigit() and len(group) == 3 for group in whole[1:])
        if len(first) > 3 or not first.isdigit() or first == "0" or not threes:
            raise self.error("decimal-comma", at)
        return "".join(whole) + ("." + decimals if decimals else "")

    def scientific(self, digits: str, at: int) -> Formula:
        """``1e-9`` is 0.000000001, a literal with nine places."""
        mantissa, _, power = digits.partition("e")
        if len(power) > 4 or abs(int(power)) > MAX_DIGITS:
            raise self.error("long-literal", at, limit=str(MAX_DIGITS))
        literal = self.literal(mantissa)
        self.names.notes["scientific"] = None
        exponent = int(power)
        value = literal.value * Fraction(10) ** exponent
        return Rational(value, max(0, literal.places - exponent))
