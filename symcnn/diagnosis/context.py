"""What a mutation may ask about a key: which role a name plays, and which names there are."""

from __future__ import annotations

from fractions import Fraction

from symcnn.diagnosis.roles import COUNTS, usual_roles
from symcnn.formula.arrays import Array, Table
from symcnn.formula.domains import Given
from symcnn.formula.frozen import frozen, hidden
from symcnn.formula.meaning import Budget, evaluate
from symcnn.formula.nodes import Call, Formula, Index, Mul, Pow, Rational, Symbol
from symcnn.formula.traverse import free_names, walk
from symcnn.formula.values import Ball, Undefined, Unevaluable, Value

_BUDGET = Budget(steps=1_500, bits=8_192, precisions=(96,))
_ARRAY_CALLS = frozenset(("transpose", "kron", "hadamard"))


@frozen
class Context:
    """The names that a key and its question have, with their domains."""

    reference: Formula
    given: Given = Given()
    known: tuple[str, ...] = ()
    _roles: dict[str, frozenset[str]] = hidden()

    def __post_init__(self) -> None:
        object.__setattr__(self, "_roles", {})

    def roles(self, name: str) -> frozenset[str]:
        """The roles that the name may play here: what is declared real counts nothing."""
        found = self._roles.get(name)
        if found is None:
            found = usual_roles(name)
            own = free_names(self.reference)
            if name in ("M", "N") and {"M", "N"} <= {*own} and not {"C", "C_in", "c"} & {*own}:
                found = frozenset(("in",) if name == "M" else ("out",))
            elif name == "F" and {"K", "k", "kernel_size"} & {*own}:
                found = frozenset(("out",))
            domain = self.given.domain(name)
            if domain is not None and domain.declared and domain.kind != "integer":
                found = found - COUNTS
            self._roles[name] = found
        return found

    def plays(self, node: Formula, *roles: str) -> bool:
        """Whether the node is a name, or a member of a family, with one of the roles.

        >>> K = Symbol("K")
        >>> Context(K).plays(K, "kernel"), Context(K).plays(K**2, "kernel")
        (True, False)
        """
        if isinstance(node, (Symbol, Index)):
            return not self.roles(node.name).isdisjoint(roles)
        return False

    def counts(self, node: Formula) -> bool:
        """Whether the node is a name for how many of something there are."""
        if not isinstance(node, (Symbol, Index)):
            return False
        domain = self.given.domain(node.name)
        if domain is None or not domain.declared:
            return not self.roles(node.name).isdisjoint(COUNTS)
        return domain.kind == "integer"

    def names(self, *roles: str) -> tuple[str, ...]:
        """The names of the key that play one of the roles, in the order of the key."""
        return tuple(
            name for name in free_names(self.reference) if not self.roles(name).isdisjoint(roles)
        )

    def has(self, name: str) -> bool:
        """Whether an answer may use the name: it occurs in the key, or the question declares it."""
        return name in free_names(self.reference) or name in self.known

    def is_array(self, node: Formula) -> bool:
        """Whether the node is plainly a matrix or a vector."""
        match node:
            case Symbol(name):
                domain = self.given.domain(name)
                return domain is not None and (domain.kind == "matrix" or domain.indices > 0)
            case Array() | Table():
                return True
            case Call(name, args):
                return name in _ARRAY_CALLS or (
                    name in ("relu", "abs", "sign") and self.is_array(args[0])
                )
            case Mul(args):
                return any(map(self.is_array, args))
            case Pow(base, _):
                return self.is_array(base)
        return False

    @property
    def arrays(self) -> bool:
        """Whether the key speaks of arrays at all: then the order of factors matters."""
        return any(map(self.is_array, walk(self.reference)))

    @property
    def numeric(self) -> bool:
        """Whether the key is a number, written out in whatever way."""
        return not free_names(self.reference)

    @property
    def value(self) -> Fraction | None:
        """The number that the key is, where it is an exact one."""
        found = self._evaluated
        return found if isinstance(found, Fraction) else None

    @property
    def size(self) -> Fraction | None:
        """The number that the key is, or one very near to it."""
        found = self._evaluated
        return (found.low + found.high) / 2 if isinstance(found, Ball) else self.value

    @property
    def _evaluated(self) -> Value | Undefined | None:
        if not self.numeric:
            return None
        try:
            return evaluate(self.reference, {}, budget=_BUDGET)
        except Unevaluable:
            return None


def is_number(node: Formula, *values: int) -> bool:
    """Whether the node is a literal, and one of the values where there are any.

    >>> is_number(Rational(2), 1, 2), is_number(Rational(3), 1, 2), is_number(Rational(3))
    (True, False, True)
    """
    return isinstance(node, Rational) and (not values or node.value in values)
