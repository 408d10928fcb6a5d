"""What a name followed by a bracket means, in plain text and in LaTeX."""

from __future__ import annotations

from symcnn.formula.nodes import Formula, Index, Rational, Symbol, Unknown
from symcnn.reading.expressions import Grammar
from symcnn.reading.limits import MAX_RUN

_CLOSE = {"(": ")", "[": "]"}
_NESTING = frozenset({"(", "[", "]", ","})


class Applications(Grammar):
    """``name(...)`` is application only for what is known to be a function or a family."""

    __slots__ = ()

    def match_of(self, opening: int) -> int:
        """The token that closes the bracket."""
        level = 0
        for at in range(opening, len(self.kinds)):
            kind = self.kinds[at]
            if kind in ("(", "["):
                level += 1
            elif kind in (")", "]"):
                level -= 1
                if level == 0:
                    return at
        raise self.error("not-closed", opening, bracket=_CLOSE[self.kinds[opening]])

    def commas_in(self, start: int, close: int) -> list[int]:
        """The commas between two tokens that are inside no further bracket."""
        level = 0
        found = []
        for at in range(start, close):
            kind = self.kinds[at]
            if kind in ("(", "["):
                level += 1
            elif kind in (")", "]"):
                level -= 1
            elif kind == "," and level == 0:
                found.append(at)
        return found

    def has_comma(self) -> bool:
        """Whether the bracket at `at` holds a list that can be no number with thousands marks."""
        rest = self.kinds[self.at + 1 :]
        if ")" in rest and _NESTING.isdisjoint(rest[: rest.index(")")]):
            return False
        commas = self.commas_in(self.at + 1, self.match_of(self.at))
        return any(
            self.kinds[at - 1] != "n" or self.kinds[at + 1] != "n" or len(self.values[at + 1]) != 3
            for at in commas
        )

    def applied(self, value: str) -> Formula | None:
        """``name(...)`` when it is an application: a function, its derivative, or a family."""
        names = self.names
        if value in names.bound:
            return None
        if names.is_function(value):
            names.use(value)
            return self.unknown(value, self.arguments())
        if names.domain(value) is not None:
            if not names.is_family(value):
                return None
            return self.family_member(value, self.arguments(), self.at - 1)
        if value.endswith("'"):
            base = value.rstrip("'")
            names.use_function(base)
            args = self.arguments()
            return self.unknown(base, args, len(value) - len(base))
        if self.has_comma():
            names.use_function(value)
            return self.unknown(value, self.arguments())
        if self.tokens.touches(self.at):
            names.notes[f"product:{value}"] = None
        return None

    def unknown(self, name: str, args: tuple[Formula, ...], order: int = 0) -> Formula:
        """An unknown function or, for one argument, its derivative."""
        if order > MAX_RUN:
            raise self.error("too-deep", self.at - 1, limit=str(MAX_RUN))
        if not args or (order and len(args) != 1):
            raise self.error(
                "arguments", self.at - 1, name=name + "'" * order, wanted="1", found=str(len(args))
            )
        return Unknown(name, args, (order,) * len(args))

    def subscript(self, part: str) -> Formula:
        """One index that is a number or a name."""
        if part.isdigit():
            return self.literal(part)
        self.names.use(part)
        return Symbol(part)

    def family_member(self, base: str, indices: tuple[Formula, ...], at: int) -> Formula:
        """The member; as many indices as were declared (``Y_{12}`` has two where Y has)."""
        names = self.names
        if base in names.bound:
            raise self.error("bound-family", at, name=base)
        domain = names.domain(base)
        wanted = domain.indices if domain is not None else 0
        if not indices:
            raise self.error("arguments", at, name=base, wanted="1-...", found="0")
        if wanted and wanted != len(indices):
            digits = str(indices[0].value) if isinstance(indices[0], Rational) else ""
            if len(indices) != 1 or len(digits) != wanted or not digits.isdigit():
                raise self.error(
                    "indices", at, name=base, wanted=str(wanted), found=str(len(indices))
                )
            indices = tuple(self.literal(digit) for digit in digits)
        names.use_family(base)
        return Index(base, indices)
