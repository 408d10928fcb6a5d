"""Batch normalisation: batch statistics, moving averages, inference, folding into a layer."""

from __future__ import annotations

from abc import ABC
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from symcnn.errors import AuthorError
from symcnn.formula.binders import Sum
from symcnn.formula.nodes import Call, Formula, Operand, Symbol, formula
from symcnn.layers.normalisation import At, Axis, Normalisation, Signal, along, axis
from symcnn.layers.sizes import count, exact_formula, exactly


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchNorm(Normalisation, ABC):
    """What batch normalisation adds: running statistics with ``momentum``, and inference.

    ``momentum`` is PyTorch's: the weight of what is *new*; the weight of the old value, which many
    texts call alpha, is ``1 - momentum``. With None every batch counts the same: the running
    statistic is the mean of those seen, and batch t moves it with the weight ``1/t``.
    """

    momentum: Operand | None = Fraction(1, 10)

    def __post_init__(self) -> None:
        Normalisation.__post_init__(self)
        if self.momentum is None:
            return
        found = exactly(exact_formula(self._owner(), "momentum", self.momentum))
        if found is not None and not 0 <= found <= 1:
            raise AuthorError(f"{self._owner()}: momentum is {found}, but it lies in [0, 1]")

    def moved(self, running: Operand, seen: Operand, batch: Operand | None = None) -> Formula:
        """``(1 - momentum)*running + momentum*seen``: the moving average after one batch.

        Without a momentum its weight is ``1/batch``, the first batch being number 1. Raises
        AuthorError where neither is given.

        >>> from symcnn.formula.plain import plain
        >>> plain(BatchNorm1d(batch_size=8).moved(0, 5))
        '(1 - 1/10)*0 + 1/10*5'
        >>> plain(BatchNorm1d(batch_size=8, momentum=None).moved(Symbol("M"), 5, batch=Symbol("t")))
        '(1 - 1/t)*M + 1/t*5'
        """
        weight = self._weight(batch)
        return (1 - weight) * running + weight * formula(seen)

    def running_mean(
        self,
        at: At,
        running: Operand,
        signal: Signal | None = None,
        *,
        batch: Operand | None = None,
    ) -> Formula:
        """The running mean after the batch: `moved` towards its `mean`."""
        return self.moved(running, self.mean(at, signal), batch)

    def running_variance(
        self, at: At, running: Operand, *, unbiased: bool = True, batch: Operand | None = None
    ) -> Formula:
        """The running variance after the batch: `moved` towards its *unbiased* variance.

        So does PyTorch, though it normalises with the biased one; ONNX moves towards the biased.
        """
        return self.moved(running, self.variance(at, unbiased=unbiased), batch)

    def moving_average(
        self, steps: Operand, start: Operand, seen: Callable[[Formula], Formula]
    ) -> Formula:
        """After t batches: ``(1-momentum)^t * (start + sum_r momentum*seen(r)/(1-momentum)^r)``.

        ``r`` runs from 1 to t and ``seen(1)`` is the statistic of the first batch: batch r weighs
        ``momentum*(1-momentum)^(t-r)``. The momentum is less than 1. Without one every batch
        weighs the same: ``sum_r seen(r)/t``, whatever the start.
        """
        number, r = formula(steps), Symbol("r")
        if self.momentum is None:
            return Sum(seen(r), "r", formula(1), number) / number
        kept = 1 - formula(self.momentum)
        weighed = formula(self.momentum) * seen(r) / kept**r
        return kept**number * (start + Sum(weighed, "r", formula(1), number))

    def frozen(self, at: At, value: Operand, mean: Operand, variance: Operand) -> Formula:
        """Inference: ``weight*(value - mean)/sqrt(variance + eps) + bias``, affine in the value.

        ``mean`` and ``variance`` are the running statistics, constants here.
        """
        return self.rescaled(at, (formula(value) - mean) / self._spread(variance))

    def folded_weight(self, at: At, weight: Operand, variance: Operand) -> Formula:
        """``weight(BN)*weight/sqrt(variance + eps)``: the weight of one layer that does both.

        >>> from symcnn.formula.plain import plain
        >>> plain(BatchNorm1d(batch_size=8).folded_weight(0, Symbol("w"), Symbol("v_P")))
        'gamma*w/sqrt(v_P + epsilon)'
        """
        return self.scale(at) * weight / self._spread(variance)

    def folded_bias(self, at: At, bias: Operand, mean: Operand, variance: Operand) -> Formula:
        """``bias(BN) + weight(BN)*(bias - mean)/sqrt(variance + eps)``, likewise."""
        return self.shift(at) + self.scale(at) * (formula(bias) - mean) / self._spread(variance)

    def _weight(self, batch: Operand | None) -> Formula:
        if self.momentum is not None:
            return formula(self.momentum)
        if batch is None:
            raise AuthorError(
                f"{self._owner()}: momentum is None, so that the weight of a batch is 1/t; give "
                "its number t as batch"
            )
        return 1 / count(self._owner(), "batch", batch)

    def _spread(self, variance: Operand) -> Formula:
        eps = formula(self.eps)
        return Call("sqrt", (formula(variance) if exactly(eps) == 0 else variance + eps,))


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchNorm1d(BatchNorm):
    """``x[i]``: one feature over the batch; ``x[n, c]`` with num_features; ``x[n, c, l]`` too.

    The pool of feature c is every n (and l). Named as in ``torch.nn.BatchNorm1d``.

    >>> from symcnn.formula.plain import plain
    >>> plain(BatchNorm1d(batch_size=Symbol("m"), affine=False, eps=0).forward(Symbol("i")))
    '(x[i] - Sum(x[l], (l, 0, m - 1))/m)/sqrt(Sum((x[k] - Sum(x[l], (l, 0, m - 1))/m)^2, (k, 0, m - 1))/m)'
    """  # noqa: E501

    batch_size: Operand
    num_features: Operand | None = None
    length: Operand | None = None

    def axes(self) -> tuple[Axis, ...]:
        """The batch is pooled, the features are not, the length is."""
        if self.num_features is None:
            if self.length is not None:
                raise AuthorError("BatchNorm1d: a length needs num_features as well")
            return along(self.batch_size, "BatchNorm1d", "batch_size")
        found = [
            axis("n", count("BatchNorm1d", "batch_size", self.batch_size)),
            axis("c", count("BatchNorm1d", "num_features", self.num_features), pooled=False,
                 scaled=True),
        ]  # fmt: skip
        if self.length is not None:
            found.append(axis("l", count("BatchNorm1d", "length", self.length)))
        return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchNorm2d(BatchNorm):
    """``x[n, c, h, w]``: channel c is pooled over all samples and positions.

    Named as in ``torch.nn.BatchNorm2d``.

    >>> from symcnn.formula.plain import plain
    >>> layer = BatchNorm2d(batch_size=4, num_features=16, height=5, width=7)
    >>> plain(layer.pool_size()), plain(layer.parameters())
    ('4*5*7', '2*16')
    """

    batch_size: Operand
    num_features: Operand
    height: Operand
    width: Operand

    def axes(self) -> tuple[Axis, ...]:
        """Samples, rows and columns are pooled, channels are not."""
        sizes = {name: count("BatchNorm2d", name, getattr(self, name))
                 for name in ("batch_size", "num_features", "height", "width")}  # fmt: skip
        return (
            axis("n", sizes["batch_size"]),
            axis("c", sizes["num_features"], pooled=False, scaled=True),
            axis("h", sizes["height"]),
            axis("w", sizes["width"]),
        )
