"""Dropout: a Bernoulli mask, and what it does to a mean and a variance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from symcnn.errors import AuthorError
from symcnn.formula.nodes import Formula, Operand, Symbol, formula
from symcnn.layers.expectation import bernoulli_mean, moment_mean
from symcnn.layers.sizes import exact_formula, exactly


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropout:
    """``y = mask*x/(1 - p)`` in training with mask = 0 of probability p, ``y = x`` afterwards.

    Source: Srivastava et al., "Dropout" (2014), in the inverted form of ``torch.nn.Dropout``. The
    mask is independent of the input. Raises AuthorError where p is not in [0, 1).

    >>> from symcnn.formula.plain import plain
    >>> plain(Dropout(p=Symbol("p")).forward(Symbol("x")))
    'mask*x/(1 - p)'
    """

    p: Operand
    mask: str = "mask"

    def __post_init__(self) -> None:
        found = exactly(exact_formula("Dropout", "p", self.p))
        if found is not None and not 0 <= found < 1:
            raise AuthorError(f"Dropout: p is {found}, but it lies in [0, 1)")

    def forward(self, x: Operand) -> Formula:
        """The output in training; the mask is a symbol."""
        return Symbol(self.mask) * x / (1 - formula(self.p))

    def derivative(self) -> Formula:
        """``dy/dx = mask/(1 - p)``: gradients pass the same mask."""
        return Symbol(self.mask) / (1 - formula(self.p))

    def expected(
        self, output: Callable[[Formula], Formula], mean: Operand, square: Operand
    ) -> Formula:
        """``E[output(y)]`` over the mask and an input with ``E[x] = mean``, ``E[x^2] = square``.

        ``output`` is at most quadratic; AuthorError otherwise.
        """
        body = bernoulli_mean(output(self.forward(Symbol("x'"))), self.mask, 1 - formula(self.p))
        return moment_mean(body, "x'", [mean, square])

    def mean(self, mu: Operand) -> Formula:
        """``E[y]`` for an input of mean mu, by enumeration; it is mu."""
        return self.expected(lambda y: y, mu, formula(0))

    def variance(self, mu: Operand, variance: Operand) -> Formula:
        """``E[y^2] - E[y]^2`` by enumeration; it is `training_variance`."""
        square = variance + formula(mu) ** 2
        return self.expected(lambda y: y**2, mu, square) - self.mean(mu) ** 2

    def training_variance(self, mu: Operand, variance: Operand) -> Formula:
        """``(variance + p*mu^2)/(1 - p)``: what a normalisation behind the dropout measures.

        >>> from symcnn.formula.plain import plain
        >>> plain(Dropout(p=Symbol("p")).training_variance(Symbol("mu"), Symbol("v")))
        '(v + p*mu^2)/(1 - p)'
        """
        return (variance + self.p * formula(mu) ** 2) / (1 - formula(self.p))

    def variance_shift(self, mu: Operand, variance: Operand) -> Formula:
        """Training variance over inference variance, ``(variance + p*mu^2)/((1 - p)*variance)``.

        A normalisation that follows has stored the former and meets the latter. Source: Li et al.,
        "Understanding the Disharmony between Dropout and Batch Normalization" (2019).
        """
        return self.training_variance(mu, variance) / formula(variance)
