"""dl2 Q6, part 3.3: what squeeze and excitation costs, beside a separable convolution."""

from __future__ import annotations

from symcnn.claims import (
    Box,
    Derivation,
    Equation,
    HoldsUnder,
    Limit,
    Link,
    Part,
    Proved,
    Refuted,
    Relation,
    Say,
    Show,
    Statement,
    claim,
)
from symcnn.formula import Formula, Symbol, table
from symcnn.layers.separable import SeparableConv2d
from symcnn.layers.squeeze_excitation import SqueezeExcitation
from symcnn.networks import SqueezeExcitation as Gated

H, W, m, a = (Symbol(name) for name in ("H", "W", "m", "a"))
block = SqueezeExcitation.symbolic()
layer = SeparableConv2d(
    in_channels=Symbol("C"), out_channels=Symbol("C"), kernel_size=Symbol("K"), input_size=(H, W)
)
layer64 = SeparableConv2d(in_channels=64, out_channels=64, kernel_size=3, input_size=(H, W))

SIZES = "C, r, H, W: positive integer; r divides C"
PLACES = "H, W: positive integer"
PER_MAC = "m: integer in [1, 2]"  # what one MAC counts
# b = 1 when the rescaling is counted; a MAC counts m in the block and n in the convolution
FLAGS = "b: integer in [0, 1]; m, n: integer in [1, 2]"
RATIO = "((1 + b)*64*{0} + m*512)/(n*4672*{0})"
MIXED = "(64*H^2 + 1024)/(4672*H^2)"


def amount(*steps: str) -> Formula:
    """How many operations the steps of a block take, each MAC one."""
    found = [number for step, _, number in block.operations() if step in steps]
    return found[0] if len(found) == 1 else found[0] + found[1]


@claim(
    expect=HoldsUnder, given=f"{SIZES}; a: integer in [0, 1]", needs="a = 1", role="source",
    source=("dl2.q6.3.3.squeeze",),
)  # fmt: skip
def squeeze_cost() -> Statement:
    """The means cost HWC operations. That counts additions and the division ($a = 1$); where only
    multiplications with an addition count ($a = 0$), they cost nothing."""
    return Equation("H*W*C", a * amount("squeeze"))


@claim(
    expect=HoldsUnder, given=f"{SIZES}; {PER_MAC}", needs="m = 2", role="source",
    source=("dl2.q6.3.3.excitation",),
)  # fmt: skip
def excitation_cost() -> Statement:
    r"""The two layers cost $4C^2/r$. They have $2C^2/r$ weights, so this is right where a MAC
    counts $m = 2$; the sentence stays the same once this convention is spoken."""
    return Equation("4*C^2/r", m * amount("reduce", "expand"))


@claim(
    expect=Refuted, given=SIZES, role="source", source=("dl2.q6.3.3.total",),
    corrected_by="cost_of_the_block",
)  # fmt: skip
def total_without_rescaling() -> Statement:
    r"""The whole block costs $HWC + 4C^2/r$ FLOPs. The rescaling, one multiplication for each
    value, is forgotten."""
    return Equation("H*W*C + 4*C^2/r", block.flops())


@claim(expect=Proved, given=SIZES)
def cost_of_the_block() -> Statement:
    """The whole block, step by step, in FLOPs: the activations themselves are left out."""
    return Derivation(
        block.flops(),
        (
            Link("H*W*C + 4*C^2/r + H*W*C", "means, two layers of two FLOPs a MAC, rescaling"),
            Link("2*H*W*C + 4*C^2/r", "means and rescaling cost the same"),
        ),
    )


@claim(expect=Proved, given=PLACES, role="source", source=("dl2.q6.3.3.c64",))
def source_total_at_64() -> Statement:
    r"""The numbers: with $C = 64$ and $r = 16$, $HWC + 4C^2/r$ is $64HW + 1024$. The arithmetic is
    right, though a term of that total is missing."""
    return Equation("H*W*64 + 1024", "H*W*64 + 4*64^2/16")


@claim(
    expect=HoldsUnder, given=f"{PLACES}; {PER_MAC}", needs="m = 1", role="source",
    source=("dl2.q6.3.3.dw",),
)  # fmt: skip
def depthwise_cost() -> Statement:
    r"""The depthwise step with $K = 3$ costs $576\,HW$: in MACs ($m = 1$). In FLOPs it is twice
    that."""
    return Equation("H*W*576", m * layer64.depthwise_macs((H, W)))


@claim(
    expect=HoldsUnder, given=f"{PLACES}; {PER_MAC}", needs="m = 1", role="source",
    source=("dl2.q6.3.3.pw",),
)  # fmt: skip
def pointwise_cost() -> Statement:
    r"""The pointwise step from 64 to 64 channels costs $4096\,HW$: in MACs ($m = 1$)."""
    return Equation("H*W*4096", m * layer64.pointwise_macs((H, W)))


@claim(
    expect=HoldsUnder, given=f"{PLACES}; {PER_MAC}", needs="m = 1", role="source",
    source=("dl2.q6.3.3.sep",),
)  # fmt: skip
def separable_cost() -> Statement:
    r"""The separable convolution costs $4672\,HW$: in MACs ($m = 1$). In FLOPs it is twice that."""
    return Equation("H*W*4672", m * layer64.macs((H, W)))


@claim(expect=Proved, given=PLACES, role="source", source=("dl2.q6.3.3.question",))
def both_in_flops() -> Statement:
    r"""For $C = 64$, $r = 16$ and $K = 3$ the block costs $128\,HW + 1024$ FLOPs, the separable
    convolution $9344\,HW$."""
    cost = Gated(64, 16).cost((64, H, W), "flops2")
    return Equation("Vector([128*H*W + 1024, 9344*H*W])", table((cost, 2 * layer64.macs((H, W)))))


@claim(expect=Proved, given=PLACES)
def cost_by_convention() -> Statement:
    """The same block for $C = 64$ and $r = 16$, as it is counted: MACs alone, two FLOPs a MAC
    alone, all additions and multiplications, and ReLU and sigmoid as well."""
    names = ("macs", "torch", "flops2", "operations")
    costs = tuple(Gated(64, 16).cost((64, H, W), name) for name in names)
    return Equation("Vector([512, 1024, 128*H*W + 1024, 128*H*W + 1092])", table(costs))


@claim(expect=Proved)
def weights_of_both() -> Statement:
    """The block has 512 weights, the separable convolution 4672: about nine times as many."""
    weights = table((Gated(64, 16).parameters(), layer64.parameters()))
    return Equation("Vector([512, 4672])", weights)


@claim(
    expect=Refuted, given=f"{SIZES}; K: positive integer; {PER_MAC}", role="source",
    source=("dl2.q6.3.3.convention",), corrected_by="ratio_in_one_unit",
)  # fmt: skip
def units_agree() -> Statement:
    r"""The costs $HWC + 4C^2/r$ and $HWC(K^2 + C)$ are in one unit, so that they may be divided.
    Whatever a MAC counts (m), one of the two counts it otherwise."""
    return Equation(
        "(H*W*C + 4*C^2/r)/(H*W*C*(K^2 + C))",
        (amount("squeeze") + m * amount("reduce", "expand")) / (m * layer.macs((H, W))),
    )


@claim(expect=Proved, given=f"{SIZES}; K: positive integer")
def ratio_in_one_unit() -> Statement:
    """Both in FLOPs, two for each MAC."""
    return Equation(
        "(2*H*W*C + 4*C^2/r)/(2*H*W*C*(K^2 + C))", block.flops() / (2 * layer.macs((H, W)))
    )


@claim(
    expect=HoldsUnder, given=FLAGS, needs="b = 0; m = 2; n = 1", role="source",
    source=("dl2.q6.3.3.ratio7",),
)  # fmt: skip
def ratio_at_7() -> Statement:
    r"""On maps of $7 \times 7$ the ratio is $4160/228928 \approx 0.0182$. The division is right,
    for mixed counts: rescaling left out ($b = 0$), two a MAC above (m), one a MAC below (n)."""
    return Relation(f"{RATIO.format('7*7')} ~ 0.0182")


@claim(
    expect=HoldsUnder, given=FLAGS, needs="n = 1 + b", role="source",
    source=("dl2.q6.3.3.ratioinf",),
)  # fmt: skip
def ratio_of_large_maps() -> Statement:
    r"""On large maps of $H \times H$ the ratio tends to $64/4672 \approx 0.0137$. The mixed counts
    ($b = 0$, $n = 1$) and FLOPs ($b = 1$, $n = 2$) agree in this, by chance; with $b = n = 1$ it
    is twice that."""
    return Limit(RATIO.format("H^2"), "H", "infinity", "64/4672")


@claim(
    expect=HoldsUnder, given="H: positive integer", needs="H >= 7", role="source",
    source=("dl2.q6.3.3.range",),
)  # fmt: skip
def range_of_the_ratio() -> Statement:
    r"""The ratio lies between $64/4672$, about 1.37 percent, and $4160/228928$, about 1.82 percent:
    for maps of $H \times H$ from $H = 7$ on, in the mixed counts."""
    return Relation(f"64/4672 <= {MIXED} and {MIXED} <= 4160/228928")


@claim(expect=Proved)
def ratio_at_1() -> Statement:
    """On a map of one place it would be 23.3 percent, in the same counts."""
    return Relation("(64 + 1024)/4672 ~ 0.233")


@claim(expect=Proved)
def example_ratio_at_7() -> Statement:
    r"""Example: in FLOPs, on maps of $7 \times 7$."""
    return Relation("(128*7*7 + 1024)/(9344*7*7) ~ 0.0159")


@claim(expect=Proved)
def ratio_in_flops_of_large_maps() -> Statement:
    """In FLOPs, on large maps: the block costs a 73rd of the separable convolution."""
    return Limit("(128*H^2 + 1024)/(9344*H^2)", "H", "infinity", "1/73")


PART = Part(
    "3.3",
    r"How many FLOPs does a squeeze-and-excitation block take for $C = 64$ and $r = 16$? Compare "
    r"it with a depthwise separable convolution of like sizes, $K = 3$ and 64 channels.",
    (
        Say(
            "cost_unit",
            r"A ratio needs one unit. Here every addition and every multiplication is one FLOP, so "
            r"a MAC is two. A mean of HW numbers takes $HW - 1$ additions and a division.",
        ),
        Show(cost_of_the_block),
        Say(
            "cost_separable",
            r"The separable convolution takes $HWC(K^2 + C)$ MACs, twice as many FLOPs. With the "
            r"numbers of the question:",
        ),
        Box("cost_both", "Block and separable convolution, in FLOPs:", both_in_flops),
        Say(
            "cost_compare",
            r"On maps of $7 \times 7$ these are 7296 and 457856 FLOPs, 1.59 percent; on large maps "
            r"the ratio tends to $\tfrac1{73}$, 1.37 percent. On a map of one place it is 12.3 "
            r"percent: there the layers outweigh the means. The block has 512 weights, the "
            r"convolution 4672.",
        ),
        Say(
            "cost_conventions",
            r"Other conventions give other numbers for the same block, and a count that does not "
            r"name its convention cannot be compared. MACs alone, twice that, FLOPs as above, and "
            r"FLOPs with ReLU and sigmoid:",
        ),
        Show(cost_by_convention),
    ),
)

CLAIMS = (
    squeeze_cost, excitation_cost, total_without_rescaling, cost_of_the_block,
    source_total_at_64, depthwise_cost, pointwise_cost, separable_cost, both_in_flops,
    cost_by_convention, weights_of_both, units_agree, ratio_in_one_unit, ratio_at_7,
    ratio_of_large_maps, range_of_the_ratio, ratio_at_1, example_ratio_at_7,
    ratio_in_flops_of_large_maps,
)  # fmt: skip
