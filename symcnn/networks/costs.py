"""Operations by kind, and the conventions that turn them into one number.

1 MAC is one multiply-accumulate. Tools and papers disagree on whether it is one FLOP or two, and
on what else counts; a cost is therefore always that of a named convention.
"""

from __future__ import annotations

from collections.abc import Iterable

from symcnn.errors import AuthorError
from symcnn.formula.frozen import frozen
from symcnn.formula.nodes import Formula, formula
from symcnn.layers.sizes import product, total

KINDS = ("mac", "bias", "norm", "addition", "multiplication", "comparison", "exponential")


@frozen
class Operations:
    """``amount`` operations of one kind in one step.

    Kinds: ``mac``; ``bias``, additions of a bias; ``norm``, a multiplication or addition of a batch
    normalisation that is not folded; other ``addition``, ``multiplication``, ``comparison`` (ReLU,
    maxima) and ``exponential`` (sigmoid, softmax).
    """

    kind: str
    amount: Formula

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise AuthorError(f"operations of kind {self.kind!r}: one of {', '.join(KINDS)}")


@frozen
class CostConvention:
    """What one operation of each kind counts, as pairs; kinds that are not named count 0.

    >>> CONVENTIONS["flops2"].weight("mac"), CONVENTIONS["paper"].weight("bias")
    (2, 0)
    """

    name: str
    unit: str
    weights: tuple[tuple[str, int], ...]

    def __post_init__(self) -> None:
        for kind, weight in self.weights:
            Operations(kind, formula(weight))

    def weight(self, kind: str) -> int:
        """What one operation of the kind counts."""
        return dict(self.weights).get(kind, 0)

    def cost(self, operations: Iterable[Operations]) -> Formula:
        """The sum, one term for each step that counts."""
        return total(product(self.weight(each.kind), each.amount) for each in operations)


# macs, paper: He et al. (2015), section 3.3, and the papers on ResNeXt, DenseNet, MobileNet,
# EfficientNet, which call a MAC a FLOP; fvcore and torchvision's `_ops` do so too.
# torch: torch.utils.flop_counter. flops2: DeepSpeed and calflops count biases and norms like this.
CONVENTIONS = {
    convention.name: convention
    for convention in (
        CostConvention("macs", "MACs", (("mac", 1),)),
        CostConvention("paper", "FLOPs", (("mac", 1),)),
        CostConvention("torch", "FLOPs", (("mac", 2),)),
        CostConvention(
            "flops2",
            "FLOPs",
            (("mac", 2), ("bias", 1), ("norm", 1), ("addition", 1), ("multiplication", 1)),
        ),
        CostConvention(
            "operations", "operations", (("mac", 2), *((kind, 1) for kind in KINDS[1:]))
        ),
    )
}


def convention(name: str | CostConvention) -> CostConvention:
    """The convention of this name. Raises AuthorError for another one.

    >>> convention("paper").unit
    'FLOPs'
    """
    if isinstance(name, CostConvention):
        return name
    if name not in CONVENTIONS:
        raise AuthorError(f"cost convention {name!r}: one of {', '.join(CONVENTIONS)}")
    return CONVENTIONS[name]
