"""Forms of plain text that are no plain calls: Sum, Prod, Bracket, Cases, Matrix, Array, diff."""

from __future__ import annotations

from symcnn.formula.arrays import Array, Table
from symcnn.formula.binders import Product, Sum
from symcnn.formula.conditions import Bracket, Cases, Condition
from symcnn.formula.nodes import Formula, Unknown
from symcnn.reading.applications import Applications
from symcnn.reading.limits import MAX_RUN
from symcnn.reading.sizes import varies


class SpecialForms(Applications):
    """Reads ``Name(...)`` for the names of words.SPECIAL; `at` is the name."""

    __slots__ = ()

    def special(self, word: str) -> Formula:
        """Dispatch; bars and commas inside are of no concern outside."""
        bars, listing = self.bars, self.listing
        self.bars, self.listing = 0, True
        self.deeper()
        self.at += 2
        if word in ("Matrix", "Vector", "Tensor"):
            formula: Formula = self.table_form(word)
        elif word == "Array":
            formula = self.array_form()
        elif word == "diff":
            formula = self.derivative_form()
        elif word == "Bracket":
            formula = Bracket(self.demanded_condition())
            self.expect(")")
        elif word in ("Cases", "Piecewise"):
            formula = self.cases_form()
        else:
            formula = self.sum_form(Sum if word in ("Sum", "sum") else Product)
        self.depth -= 1
        self.bars, self.listing = bars, listing
        return formula

    def demanded_condition(self) -> Formula:
        start = self.at
        found = self.condition()
        if not isinstance(found, Condition):
            raise self.error("condition-wanted", start)
        return found

    def bound_name(self) -> str:
        """The name of a bound variable."""
        if self.kinds[self.at] != "a":
            raise self.error("variable-wanted")
        self.at += 1
        return self.values[self.at - 1]

    def sum_form(self, node: type[Sum] | type[Product]) -> Formula:
        """``Sum(body, (i, a, b))``, ``Sum(body, i)``; of several ranges the last is outermost."""
        start = self.at
        close = self.match_of(start - 1)
        commas = self.commas_in(start, close)
        if not 1 <= len(commas) <= MAX_RUN:
            raise self.error("sum-form", start - 2)
        ranges: list[tuple[str, Formula | None, Formula | None]] = []
        for comma in reversed(commas):
            self.at = comma + 1
            ranges.append(self.range_form())
            if self.kinds[self.at] not in (",", ")"):
                raise self.unexpected()
            self.names.bind(ranges[-1][0])
        self.at = start
        body = self.total()
        if self.at != commas[0]:
            raise self.unexpected()
        self.at = close + 1
        for _, _, high in ranges:
            self.suspect = self.suspect or not (high is None or varies(high))
        for name, low, high in reversed(ranges):
            self.names.release(name)
            body = node(body, name, low, high)
        return body

    def range_form(self) -> tuple[str, Formula | None, Formula | None]:
        """``(i, a, b)`` or ``i``."""
        if self.kinds[self.at] != "(":
            return self.bound_name(), None, None
        self.at += 1
        name = self.bound_name()
        if self.kinds[self.at] == ")":
            self.at += 1
            return name, None, None
        self.expect(",")
        low = self.total()
        self.expect(",")
        high = self.total()
        self.expect(")")
        return name, low, high

    def cases_form(self) -> Formula:
        """``Cases((value, condition), ..., default)``; ``True`` as condition is the default."""
        branches: list[tuple[Formula, Formula]] = []
        default: Formula | None = None
        while True:
            if default is not None:
                raise self.error("after-default")
            if self.kinds[self.at] == "(" and self.commas_in(self.at + 1, self.match_of(self.at)):
                self.at += 1
                value = self.total()
                self.expect(",")
                if self.kinds[self.at] == "a" and self.values[self.at] == "True":
                    self.at += 1
                    default = value
                else:
                    branches.append((value, self.demanded_condition()))
                self.expect(")")
            else:
                default = self.total()
            if self.kinds[self.at] != ",":
                break
            self.at += 1
        self.expect(")")
        if not branches:
            raise self.error("condition-wanted")
        return Cases(tuple(branches), default)

    def table_form(self, word: str) -> Formula:
        """``Matrix([[a, b], [c, d]])``, ``Vector([a, b])``, ``Tensor([[[...]]])``."""
        start = self.at
        if word == "Tensor" and self.kinds[start] != "[":
            only = self.total()
            self.expect(")")
            return Table((), (only,))
        if self.kinds[start] != "[":
            raise self.error("matrix-form", start - 2, name=word)
        entries: list[Formula] = []
        size = self.nested(entries)
        if (word == "Vector" and len(size) != 1) or (word == "Matrix" and len(size) > 2):
            raise self.error("matrix-form", start - 2, name=word)
        self.expect(")")
        if word == "Matrix" and len(size) == 1:  # as in SymPy: a column
            size = (*size, 1)
        return Table(size, tuple(entries))

    def nested(self, entries: list[Formula]) -> tuple[int, ...]:
        """The size of a list in brackets whose entries are appended in order."""
        self.at += 1
        self.deeper()
        inner: tuple[int, ...] | None = None
        count = 0
        while self.kinds[self.at] != "]":
            if self.kinds[self.at] == "[":
                start = self.at
                size = self.nested(entries)
                if self.kinds[self.at] not in (",", "]"):
                    raise self.unexpected()
            else:
                start, size = self.at, ()
                entries.append(self.total())
            if inner is not None and size != inner:
                raise self.error("uneven-rows", start)
            inner = size
            count += 1
            if self.kinds[self.at] != ",":
                break
            self.at += 1
        self.expect("]")
        self.depth -= 1
        return (count, *(inner or ()))

    def array_form(self) -> Formula:
        """``Array((n, m), (i, j), entry)``."""
        start = self.at - 2
        shape: list[Formula] = []
        names: list[str] = []
        self.expect("(")
        while self.kinds[self.at] != ")":
            shape.append(self.total())
            if self.kinds[self.at] == ",":
                self.at += 1
            elif self.kinds[self.at] != ")":
                raise self.unexpected()
        self.at += 1
        self.expect(",")
        self.expect("(")
        while self.kinds[self.at] != ")":
            names.append(self.bound_name())
            if self.kinds[self.at] == ",":
                self.at += 1
            elif self.kinds[self.at] != ")":
                raise self.unexpected()
        self.at += 1
        self.expect(",")
        if len(shape) != len(names) or len(set(names)) != len(names):
            raise self.error("array-form", start)
        for name in names:
            self.names.bind(name)
        entry = self.total()
        for name in names:
            self.names.release(name)
        self.expect(")")
        return Array(tuple(shape), tuple(names), entry)

    def derivative_form(self) -> Formula:
        """``diff(phi, 1, 0)(x, y)``: phi differentiated once in its first argument."""
        start = self.at - 2
        name = self.bound_name()
        orders: list[int] = []
        while self.kinds[self.at] == ",":
            self.at += 1
            digits = self.values[self.at]
            if self.kinds[self.at] != "n" or not digits.isdigit() or len(digits) > 2:
                raise self.error("diff-form", start)
            orders.append(int(digits))
            self.at += 1
        self.expect(")")
        if self.kinds[self.at] != "(" or not orders:
            raise self.error("diff-form", start)
        self.names.use_function(name)
        args = self.arguments()
        if len(args) != len(orders):
            raise self.error("diff-form", start)
        return Unknown(name, args, tuple(orders))
