"""``\\sum`` and ``\\prod``: every way in which people write a range; the body is the next product.

``_{i=a}^{b}``, ``_{u,v=1}^{K}``, ``_{i}`` (all integers), ``_{m<\\ell}`` (from where the sum over
``\\ell`` begins, else from 1), ``_{0 \\le i < n}``, ``_{i \\in \\mathbb{Z}}``, and after a comma
further conditions, which become brackets.
"""

from __future__ import annotations

from symcnn.formula.binders import Product, Sum
from symcnn.formula.conditions import Bracket, Compare, Condition
from symcnn.formula.nodes import Add, Formula, Mul, Rational, Symbol
from symcnn.reading.latex_scripts import LatexScripts
from symcnn.reading.limits import MAX_RUN
from symcnn.reading.sizes import varies

_ORDERS = frozenset({"<", "<=", ">", ">=", "!="})
_AFTER_VARIABLE = frozenset({"=", ",", "}", "∈", "_", "'"})
ONE = Rational(1)


class _Range:
    """The variables of one sum sign, outermost first, their common ends, and more conditions."""

    __slots__ = ("conditions", "high", "low", "names")

    def __init__(self) -> None:
        self.names: list[str] = []
        self.low: Formula | None = None
        self.high: Formula | None = None
        self.conditions: list[Formula] = []


class LatexSums(LatexScripts):
    """Reads a sum or product sign with limits and body; `at` is the sign."""

    __slots__ = ()

    def big(self) -> Formula:
        """The whole sum."""
        sign = self.at
        node = Sum if self.kinds[sign] == "∑" else Product
        self.at += 1
        lower, upper = -1, -1
        while self.kinds[self.at] in ("_", "^"):
            below = self.kinds[self.at] == "_"
            if (lower if below else upper) >= 0:
                raise self.error("double-script")
            start = self.at + 1
            lower, upper = (start, upper) if below else (lower, start)
            self.at = self.script_end(start)
        after = self.at
        if lower < 0:
            raise self.error("sum-limits", sign)
        found = _Range()
        self.deeper()
        high = self.limit(upper) if upper >= 0 else None
        self.below(found, lower, high)
        if len(found.names) > MAX_RUN:
            raise self.error("sum-limits", lower)
        for name in found.names:
            self.names.bind(name)
            self.names.lows[name] = found.low
        if self.kinds[lower] == "{":
            self.more_conditions(found)
        self.at = after
        body = self.signed(self.product) if self.kinds[self.at] in ("+", "-") else self.product()
        self.depth -= 1
        for name in found.names:
            self.names.release(name)
            self.names.lows.pop(name, None)
        if found.conditions:
            if node is Product:
                raise self.error("product-condition", sign)
            body = Mul((*(Bracket(condition) for condition in found.conditions), body))
        self.suspect = self.suspect or not (found.high is None or varies(found.high))
        for name in reversed(found.names):
            body = node(body, name, found.low, found.high)
        return body

    def limit(self, start: int) -> Formula:
        """A limit: in braces, or one token."""
        self.at = start
        if self.kinds[start] == "{":
            self.at += 1
            formula = self.total()
            self.expect("}")
            return formula
        return self.primary()

    def below(self, found: _Range, start: int, high: Formula | None) -> None:
        """What stands under the sign; leaves `at` where further conditions begin."""
        self.at = start
        if self.kinds[start] != "{":
            if high is not None:
                raise self.error("sum-limits")
            found.names.append(self.head())
            return
        self.at += 1
        if self.kinds[self.at] == "c" and self.values[self.at] == "substack":
            self.at += 2
        if not self.at_variable():
            self.chain(found, high)
            return
        found.names.append(self.variable())
        while self.kinds[self.at] == "," and self.at_variable(self.at + 1):
            if self.kinds[self.at + 2] in _ORDERS and found.low is None and high is None:
                break
            self.at += 1
            found.names.append(self.variable())
        kind = self.kinds[self.at]
        if kind == "=":
            if high is None:
                raise self.error("sum-limits")
            self.at += 1
            found.low, found.high = self.total(), high
        elif high is not None:
            raise self.error("sum-limits")
        elif kind == "∈":
            self.membership(found)
        elif kind in _ORDERS:
            if len(found.names) > 1:
                raise self.error("sum-limits")
            self.ordered(found, kind)

    def at_variable(self, at: int | None = None) -> bool:
        """Whether the name of a variable stands here, and not an expression."""
        place = self.at if at is None else at
        after = self.kinds[place + 1]
        return self.kinds[place] in ("a", "w") and (after in _AFTER_VARIABLE or after in _ORDERS)

    def variable(self) -> str:
        """The bound variable: a name, possibly with primes or a subscript."""
        start = self.at
        head = self.head()
        if self.kinds[self.at] not in ("_", "'"):
            return head
        formula = self.unused(lambda: self.scripted(head, start))
        if not isinstance(formula, Symbol):
            raise self.error("variable-wanted", start)
        return formula.name

    def ordered(self, found: _Range, kind: str) -> None:
        """``m < \\ell``: an upper end; anything else is a condition on all integers."""
        name = found.names[0]
        rest = self.at
        self.at += 1
        other = self.total()
        if kind in ("<", "<=") and self.kinds[self.at] not in _ORDERS:
            low = self.names.lows.get(other.name) if isinstance(other, Symbol) else None
            found.low = low if low is not None else ONE
            found.high = Add((other, Rational(-1))) if kind == "<" else other
            self.names.notes[f"starts:{name}"] = None
        else:
            self.names.bind(name)
            self.at = rest + 1
            found.conditions.append(Compare(kind, Symbol(name), self.total()))
            self.names.release(name)
            if self.kinds[self.at] in _ORDERS:
                raise self.error("sum-limits")

    def chain(self, found: _Range, high: Formula | None) -> None:
        """``0 \\le i < n``."""
        if high is not None:
            raise self.error("sum-limits")
        low = self.total()
        first = self.kinds[self.at]
        self.at += 1
        if first not in ("<", "<=") or not self.at_variable():
            raise self.error("sum-limits", self.at - 1)
        found.names.append(self.variable())
        while self.kinds[self.at] == "," and self.at_variable(self.at + 1):
            self.at += 1
            found.names.append(self.variable())
        second = self.kinds[self.at]
        if second not in ("<", "<="):
            raise self.error("sum-limits")
        self.at += 1
        end = self.total()
        found.low = Add((low, ONE)) if first == "<" else low
        found.high = Add((end, Rational(-1))) if second == "<" else end

    def membership(self, found: _Range) -> None:
        """``\\in \\mathbb{Z}`` or ``\\in \\{a, \\dots, b\\}``."""
        self.at += 1
        if self.kinds[self.at] == "c" and self.values[self.at] in ("mathbb", "mathbf"):
            if self.head() not in ("Z_bb", "Z_bf"):
                raise self.error("set", self.at - 1)
        elif self.kinds[self.at] == r"\{":
            found.low, found.high = self.listed()
        else:
            raise self.error("set")

    def listed(self) -> tuple[Formula, Formula]:
        """``\\{0, 1, \\dots, n\\}``: first and last."""
        listing, self.listing = self.listing, True
        self.at += 1
        low = last = self.total()
        dots = False
        while self.kinds[self.at] == ",":
            self.at += 1
            if self.kinds[self.at] == "…":
                dots = True
                self.at += 1
            else:
                last = self.total()
        if not dots or self.kinds[self.at] != r"\}":
            raise self.error("set")
        self.at += 1
        self.listing = listing
        return low, last

    def more_conditions(self, found: _Range) -> None:
        """Conditions after a comma or a line of ``\\substack``, then the closing brace."""
        while self.kinds[self.at] in (",", "row", "nl"):
            self.at += 1
            condition = self.relation()
            if not isinstance(condition, Condition):
                raise self.error("condition-wanted")
            found.conditions.append(condition)
        if self.kinds[self.at] != "}":
            raise self.error("sum-limits")
