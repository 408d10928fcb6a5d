"""Residual blocks as formulas, for symbolic sizes and unknown activations: what theorems are about.

The forward rule, the Jacobian as a product of factors, and the paths through it. For a block with
numbers for its sizes and two ReLUs, `residual_jacobian` holds the same factors as index tables.

Jacobians have one row for each output. Nothing is multiplied out unless it is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from symcnn.errors import AuthorError
from symcnn.formula.arrays import Array
from symcnn.formula.conditions import Bracket, Compare
from symcnn.formula.differentiate import differentiate
from symcnn.formula.nodes import (
    Add,
    Call,
    Formula,
    Index,
    Mul,
    Operand,
    Pow,
    Symbol,
    Unknown,
    add,
    formula,
)
from symcnn.layers.sizes import count, over


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidualBlock:
    """``y = x + V phi(W x)``, and ``y = psi(x + V phi(W x))`` with an activation after the sum.

    x and y have ``width`` entries, ``W x`` has ``hidden``; phi and psi are unknown smooth functions
    of one number. Without ``after`` the shortcut is the identity (pre-activation, He et al.,
    "Identity Mappings in Deep Residual Networks", 2016); with it, as in the original network.
    ``skip=False`` leaves the shortcut out. Raises AuthorError for an impossible size.

    >>> from symcnn.formula.plain import plain
    >>> plain(ResidualBlock(width=2, hidden=3).forward(Symbol("a")))
    'x[a] + Sum(v[a, h]*phi(Sum(w[h, b]*x[b], (b, 0, 1))), (h, 0, 2))'
    """

    width: Operand
    hidden: Operand
    inner: str = "w"
    outer: str = "v"
    activation: str = "phi"
    after: str = ""
    input: str = "x"
    skip: bool = True

    def __post_init__(self) -> None:
        self._sizes()

    def signal(self, a: Operand) -> Index:
        """The input's entry."""
        return Index(self.input, (formula(a),))

    def preactivation(self, h: Operand) -> Formula:
        """``(W x)[h] = sum_b w[h, b]*x[b]``."""
        b = Symbol("b")
        weight = Index(self.inner, (formula(h), b))
        return over(weight * self.signal(b), ("b", self._sizes()[0]))

    def branch(self, a: Operand) -> Formula:
        """``sum_h v[a, h]*phi((W x)[h])``."""
        h = Symbol("h")
        weight = Index(self.outer, (formula(a), h))
        return over(
            weight * Unknown(self.activation, (self.preactivation(h),)), ("h", self._sizes()[1])
        )

    def merged(self, a: Operand) -> Formula:
        """``x + branch``, before any activation after the sum."""
        return self.signal(a) + self.branch(a) if self.skip else self.branch(a)

    def forward(self, a: Operand) -> Formula:
        """Output ``a``."""
        return Unknown(self.after, (self.merged(a),)) if self.after else self.merged(a)

    def output(self) -> Array:
        """The output, a vector of ``width`` entries."""
        return Array((self._sizes()[0],), ("a",), self.forward(Symbol("a")))

    def input_jacobian(self) -> Array:
        """``d y[a] / d x[c]`` as the rules of differentiation leave it, from `forward`."""
        width = self._sizes()[0]
        entry = differentiate(self.forward(Symbol("a")), self.signal(Symbol("c")))
        return Array((width, width), ("a", "c"), entry)

    def factors(self) -> tuple[Array, Array, Array]:
        """``V``, ``D = diag(phi'(W x))`` and ``W``: the branch has the Jacobian ``V D W``."""
        width, hidden = self._sizes()
        a, h, b = Symbol("a"), Symbol("h"), Symbol("b")
        return (
            Array((width, hidden), ("a", "h"), Index(self.outer, (a, h))),
            diagonal(hidden, Unknown(self.activation, (self.preactivation(Symbol("r")),), (1,))),
            Array((hidden, width), ("h", "b"), Index(self.inner, (h, b))),
        )

    def jacobian(self) -> Formula:
        """``I + V D W``, or ``E (I + V D W)`` with ``E = diag(psi'(x + branch))`` after the sum."""
        width = self._sizes()[0]
        product = Mul(self.factors())
        inner = Add((identity(width), product)) if self.skip else product
        if not self.after:
            return inner
        outside = diagonal(width, Unknown(self.after, (self.merged(Symbol("r")),), (1,)))
        return Mul((outside, inner))

    def _sizes(self) -> tuple[Formula, Formula]:
        return (
            count("ResidualBlock", "width", self.width),
            count("ResidualBlock", "hidden", self.hidden),
        )


def identity(size: Operand) -> Array:
    """The identity matrix, by rule.

    >>> identity(3).shape
    (Rational(3), Rational(3))
    """
    return diagonal(size, formula(1))


def diagonal(size: Operand, entry: Formula) -> Array:
    """The diagonal matrix; ``entry`` is its r-th entry, as a formula in r.

    >>> from symcnn.formula.meaning import evaluate
    >>> [str(each) for each in evaluate(diagonal(2, Symbol("r") + 5), {}).entries]
    ['5', '0', '0', '6']
    """
    whole = formula(size)
    same: Formula = Bracket(Compare("=", Symbol("r"), Symbol("s")))
    return Array((whole, whole), ("r", "s"), same if entry == formula(1) else same * entry)


def stack_jacobian(branches: Sequence[Formula], size: Operand) -> Formula:
    """``(I + A_L) ... (I + A_1)``: the Jacobian of a stack, ``branches[0]`` being of block 1.

    Each ``A_l`` is the Jacobian of the branch of block l, at that block's input. Raises AuthorError
    for an empty stack.

    >>> stack = stack_jacobian([Symbol("A"), Symbol("B")], 3)
    >>> [factor.args[1].name for factor in stack.args]
    ['B', 'A']
    """
    if not branches:
        raise AuthorError("a stack has at least one block")
    whole = identity(size)
    factors = tuple(Add((whole, branch)) for branch in reversed(branches))
    return Mul(factors) if len(factors) > 1 else factors[0]


def path_expansion(branches: Sequence[Formula], size: Operand) -> Formula:
    """``I + sum A_l + sum_(l > k) A_l A_k + ...``: one term for each of the 2^L paths.

    A path takes the branch in some blocks and the shortcut in all others; the identity is the path
    along shortcuts only. Source: Veit, Wilber and Belongie, "Residual Networks Behave Like
    Ensembles of Relatively Shallow Networks" (2016).

    >>> len(path_expansion([Symbol("A"), Symbol("B"), Symbol("C")], Symbol("n")).args)
    8
    """
    terms: list[Formula] = [identity(size)]
    for length in range(1, len(branches) + 1):
        for chosen in combinations(range(len(branches)), length):
            factors = tuple(branches[k] for k in reversed(chosen))
            terms.append(Mul(factors) if length > 1 else factors[0])
    return add(terms)


def paths(blocks: Operand, length: Operand | None = None) -> Formula:
    """How many paths take the branch ``length`` times, ``binomial(L, length)``; in all ``2^L``.

    >>> from symcnn.formula.plain import plain
    >>> plain(paths(Symbol("L"))), plain(paths(Symbol("L"), 2))
    ('2^L', 'binomial(L, 2)')
    """
    whole = formula(blocks)
    return Pow(formula(2), whole) if length is None else Call("binomial", (whole, formula(length)))
