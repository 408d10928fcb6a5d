"""The smallest subterms in which two formulas differ: what happened in a broken step."""

from __future__ import annotations

from symcnn import prover
from symcnn.claims.statements import Equation
from symcnn.claims.verdict import Proved, Refuted, Verdict
from symcnn.formula.binders import Binder
from symcnn.formula.conditions import Compare, Condition
from symcnn.formula.domains import Domain, Given
from symcnn.formula.nodes import Add, Formula, Mul, Symbol, add, mul
from symcnn.formula.polynomials import TooLarge, as_formula, polynomial
from symcnn.formula.traverse import bound_variables

_DECISIONS = 48


class _Search:
    """Compares two trees from the top; each step down is backed by a verdict."""

    __slots__ = ("left",)

    def __init__(self) -> None:
        self.left = _DECISIONS

    def decide(self, a: Formula, b: Formula, given: Given) -> Verdict | None:
        if self.left <= 0 or isinstance(a, Condition) or isinstance(b, Condition):
            return None
        self.left -= 1
        return prover.decide(Equation(a, b), given)

    def same(self, a: Formula, b: Formula, given: Given) -> bool:
        return a == b or isinstance(self.decide(a, b, given), Proved)

    def apart(self, a: Formula, b: Formula, given: Given) -> bool:
        return isinstance(self.decide(a, b, given), Refuted)

    def smallest(self, a: Formula, b: Formula, given: Given) -> tuple[Formula, Formula]:
        """A pair of subterms that certainly differ, as deep as the trees go along."""
        if isinstance(a, (Add, Mul)) and type(a) is type(b):
            found = self._among(a, b, given)
        else:
            found = self._beside(a, b, given)
        return found if found is not None else (a, b)

    def _among(self, a: Formula, b: Formula, given: Given) -> tuple[Formula, Formula] | None:
        """Terms or factors that the other side has as well are set aside."""
        left, right = list(a.children()), list(b.children())
        for exactly in (True, False):
            for each in tuple(left):
                for other in right:
                    if each == other or (not exactly and self.same(each, other, given)):
                        left.remove(each)
                        right.remove(other)
                        break
        if len(left) == 1 and len(right) == 1:
            if self.apart(left[0], right[0], given):
                return self.smallest(left[0], right[0], given)
            return None
        join = add if isinstance(a, Add) else mul
        whole = join(left), join(right)
        if whole == (a, b):
            return self._beside(a, b, given)
        return whole if self.apart(*whole, given) else None

    def _beside(self, a: Formula, b: Formula, given: Given) -> tuple[Formula, Formula] | None:
        """Nodes of one kind: the only pair of children that differs."""
        mine, yours = a.children(), b.children()
        alike = type(a) is type(b) and len(mine) == len(yours)
        alike = alike and getattr(a, "name", "") == getattr(b, "name", "")
        if not alike or bound_variables(a) != bound_variables(b):
            return None
        pairs = [(x, y) for x, y in zip(mine, yours, strict=True) if x != y]
        within = given
        if isinstance(a, Binder):
            within = _inside(a, given)
        pairs = [pair for pair in pairs if not self.same(*pair, within)]
        if len(pairs) == 1 and self.apart(*pairs[0], within):
            return self.smallest(*pairs[0], within)
        return None


def _inside(node: Binder, given: Given) -> Given:
    """The variable of a sum is an integer in its range."""
    domains = tuple(pair for pair in given.domains if pair[0] != node.variable)
    relations = given.relations
    if node.low is not None and node.high is not None:
        variable = Symbol(node.variable)
        ends = (Compare("<=", node.low, variable), Compare("<=", variable, node.high))
        relations = (*relations, *ends)
    return Given((*domains, (node.variable, Domain("integer"))), relations)


def smallest_difference(before: Formula, after: Formula, given: Given) -> tuple[Formula, Formula]:
    """The smallest pair of subterms that differ, for formulas that were refuted to be equal.

    >>> from symcnn.reading import read
    >>> from symcnn.formula.plain import plain
    >>> pair = (read(each).formula for each in ("3*K + (N + 1)^2", "3*K + (N + 2)^2"))
    >>> [plain(each) for each in smallest_difference(*pair, Given())]
    ['1', '2']
    """
    search = _Search()
    found = search.smallest(before, after, given)
    if found == (before, after):
        expanded = _expanded(before, after)
        if expanded is not None and search.apart(*expanded, given):
            return expanded
    return found


def _expanded(before: Formula, after: Formula) -> tuple[Formula, Formula] | None:
    """The terms that differ when both are multiplied out, where some terms agree."""
    try:
        old, new = polynomial(before), polynomial(after)
    except TooLarge:
        return None
    every = dict.fromkeys((*old, *new))
    differing = [each for each in every if old.get(each) != new.get(each)]
    if len(differing) == len(every):
        return None
    mine, yours = (
        as_formula({each: side[each] for each in differing if each in side}) for side in (old, new)
    )
    return mine, yours
