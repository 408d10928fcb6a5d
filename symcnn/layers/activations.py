"""Activations: value, derivative with its tie convention, range and Lipschitz constant.

Each is a function of one number. Where the graph has a kink the derivative does not exist, and
``derivative`` says what backpropagation uses instead; ``kinks`` lists those places and values.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from fractions import Fraction

from symcnn.errors import AuthorError
from symcnn.formula.conditions import Cases, Compare
from symcnn.formula.nodes import Call, Formula, Operand, formula
from symcnn.layers.sizes import exactly

ZERO, ONE = formula(0), formula(1)


@dataclass(frozen=True, slots=True)
class Activation(ABC):
    """A function of one number, named as in ``torch.nn``.

    ``low`` and ``high`` bound its values (None: unbounded); an ``open`` range does not attain them.
    ``lipschitz`` is the least L with ``|f(x) - f(y)| <= L*|x - y|`` (None: not in closed form
    here). Whether these hold is for a prover to decide: `within_range` and `is_lipschitz` state it.
    """

    @abstractmethod
    def value(self, x: Operand) -> Formula:
        """``f(x)``."""

    @abstractmethod
    def derivative(self, x: Operand) -> Formula:
        """``f'(x)``, at a kink what is declared there."""

    @property
    def low(self) -> Formula | None:
        """The greatest lower bound of the values."""
        return None

    @property
    def high(self) -> Formula | None:
        """The least upper bound of the values."""
        return None

    @property
    def open(self) -> bool:
        """The bounds are not attained."""
        return False

    @property
    def lipschitz(self) -> Formula | None:
        """The least Lipschitz constant."""
        return ONE

    @property
    def kinks(self) -> tuple[tuple[Formula, Formula], ...]:
        """The places without a derivative, each with the value that is used there."""
        return ()

    def within_range(self, x: Operand) -> tuple[Compare, ...]:
        """``low <= f(x)`` and ``f(x) <= high``, strict where the bounds are not attained."""
        op = "<" if self.open else "<="
        value = self.value(x)
        found = [] if self.low is None else [Compare(op, self.low, value)]
        return tuple(found if self.high is None else [*found, Compare(op, value, self.high)])

    def is_lipschitz(self, x: Operand, y: Operand) -> Compare:
        """``|f(x) - f(y)| <= L*|x - y|``. Raises AuthorError where no constant is known."""
        if self.lipschitz is None:
            raise AuthorError(f"{type(self).__name__}: no Lipschitz constant in closed form")
        distance = Call("abs", (formula(x) - y,))
        steepest = distance if self.lipschitz == ONE else self.lipschitz * distance
        return Compare("<=", Call("abs", (self.value(x) - self.value(y),)), steepest)


@dataclass(frozen=True, slots=True)
class ReLU(Activation):
    """``max(0, x)``; the derivative at 0 is 0.

    >>> from symcnn.formula.meaning import evaluate
    >>> [str(evaluate(ReLU().derivative(x), {})) for x in (-1, 0, 1)]
    ['0', '0', '1']
    """

    def value(self, x: Operand) -> Formula:
        return Call("relu", (formula(x),))

    def derivative(self, x: Operand) -> Formula:
        return Cases(((ONE, Compare(">", x, 0)),), ZERO)

    @property
    def low(self) -> Formula:
        return ZERO

    @property
    def kinks(self) -> tuple[tuple[Formula, Formula], ...]:
        return ((ZERO, ZERO),)


@dataclass(frozen=True, slots=True)
class LeakyReLU(Activation):
    """``x`` where x > 0, else ``negative_slope * x``; the derivative at 0 is the negative slope.

    >>> from symcnn.formula.meaning import evaluate
    >>> str(evaluate(LeakyReLU().value(-5), {}))
    '-1/20'
    """

    negative_slope: Operand = Fraction(1, 100)

    def value(self, x: Operand) -> Formula:
        at = formula(x)
        return Cases(((at, Compare(">", at, 0)),), self.negative_slope * at)

    def derivative(self, x: Operand) -> Formula:
        return Cases(((ONE, Compare(">", x, 0)),), formula(self.negative_slope))

    @property
    def lipschitz(self) -> Formula:
        slope = formula(self.negative_slope)
        exact = exactly(slope)
        steepest = Call("max", (ONE, Call("abs", (slope,))))
        return steepest if exact is None else formula(max(Fraction(1), abs(exact)))

    @property
    def kinks(self) -> tuple[tuple[Formula, Formula], ...]:
        return ((ZERO, formula(self.negative_slope)),)


@dataclass(frozen=True, slots=True)
class PReLU(LeakyReLU):
    """`LeakyReLU` whose slope is trained: ``d f / d weight`` is x where x <= 0, else 0."""

    negative_slope: Operand = Fraction(1, 4)

    def weight_derivative(self, x: Operand) -> Formula:
        """``d f(x) / d weight``.

        >>> from symcnn.formula.meaning import evaluate
        >>> [str(evaluate(PReLU().weight_derivative(x), {})) for x in (-3, 3)]
        ['-3', '0']
        """
        return Cases(((ZERO, Compare(">", x, 0)),), formula(x))


@dataclass(frozen=True, slots=True)
class ELU(Activation):
    """``x`` where x > 0, else ``alpha*(exp(x) - 1)``; smooth at 0 where alpha = 1.

    Raises AuthorError for a negative alpha.

    >>> from symcnn.formula.meaning import evaluate
    >>> [str(evaluate(ELU(2).derivative(x), {})) for x in (0, 3)]
    ['2', '1']
    """

    alpha: Operand = 1

    def __post_init__(self) -> None:
        exact = exactly(formula(self.alpha))
        if exact is not None and exact < 0:
            raise AuthorError(f"ELU: alpha is {exact}, but it is at least 0")

    def value(self, x: Operand) -> Formula:
        at = formula(x)
        return Cases(((at, Compare(">", at, 0)),), self.alpha * (Call("exp", (at,)) - 1))

    def derivative(self, x: Operand) -> Formula:
        at = formula(x)
        return Cases(((ONE, Compare(">", at, 0)),), self.alpha * Call("exp", (at,)))

    @property
    def low(self) -> Formula:
        return -formula(self.alpha)

    @property
    def open(self) -> bool:
        return True

    @property
    def lipschitz(self) -> Formula:
        exact = exactly(formula(self.alpha))
        steepest = Call("max", (ONE, formula(self.alpha)))
        return steepest if exact is None else formula(max(Fraction(1), exact))

    @property
    def kinks(self) -> tuple[tuple[Formula, Formula], ...]:
        alpha = formula(self.alpha)
        return () if alpha == ONE else ((ZERO, alpha),)


@dataclass(frozen=True, slots=True)
class Sigmoid(Activation):
    """``1/(1 + exp(-x))``, with ``f' = f*(1 - f) <= 1/4``.

    >>> from symcnn.formula.meaning import evaluate
    >>> str(evaluate(Sigmoid().derivative(0), {}))
    '1/4'
    """

    def value(self, x: Operand) -> Formula:
        return Call("sigmoid", (formula(x),))

    def derivative(self, x: Operand) -> Formula:
        return self.value(x) * (1 - self.value(x))

    @property
    def low(self) -> Formula:
        return ZERO

    @property
    def high(self) -> Formula:
        return ONE

    @property
    def open(self) -> bool:
        return True

    @property
    def lipschitz(self) -> Formula:
        return formula(Fraction(1, 4))


@dataclass(frozen=True, slots=True)
class Tanh(Activation):
    """``tanh(x) = 2*sigmoid(2*x) - 1``, with ``f' = 1 - f^2 <= 1``.

    >>> from symcnn.formula.meaning import evaluate
    >>> str(evaluate(Tanh().derivative(0), {}))
    '1'
    """

    def value(self, x: Operand) -> Formula:
        return Call("tanh", (formula(x),))

    def derivative(self, x: Operand) -> Formula:
        return 1 - self.value(x) ** 2

    @property
    def low(self) -> Formula:
        return formula(-1)

    @property
    def high(self) -> Formula:
        return ONE

    @property
    def open(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class SiLU(Activation):
    """``x*sigmoid(x)``, also called swish; neither monotone nor bounded above.

    >>> from symcnn.formula.meaning import evaluate
    >>> str(evaluate(SiLU().derivative(0), {}))
    '1/2'
    """

    def value(self, x: Operand) -> Formula:
        return x * Call("sigmoid", (formula(x),))

    def derivative(self, x: Operand) -> Formula:
        gate = Call("sigmoid", (formula(x),))
        return gate + x * gate * (1 - gate)

    @property
    def lipschitz(self) -> None:
        return None
