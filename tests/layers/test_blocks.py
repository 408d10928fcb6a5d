"""The blocks of CNNs: forward passes and counts against loops, laws against the prover."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest

from symcnn.claims import Limit, Proved, Refuted
from symcnn.errors import AuthorError
from symcnn.formula import Call, Compare, Formula, Index, Symbol, formula
from symcnn.formula.differentiate import differentiate
from symcnn.formula.meaning import evaluate, holds
from symcnn.formula.plain import plain
from symcnn.layers.condense import LearnedGroupConv, shuffled_channel
from symcnn.layers.counts import conv_macs, conv_macs_without_padding, conv_parameters
from symcnn.layers.dense_block import DenseBlock, transition_channels
from symcnn.layers.inception import Inception
from symcnn.layers.inverted_residual import (
    InvertedResidual,
    bottleneck_parameters,
    relu6,
    unknown,
)
from symcnn.layers.masked import (
    CausalConv1d,
    MaskedConv2d,
    blind_spot,
    stacked_reach,
    stacked_steps,
)
from symcnn.layers.separable import SeparableConv2d
from symcnn.layers.squeeze_excitation import SqueezeExcitation
from symcnn.layers.unet import UNet
from symcnn.layers.window import Window2d
from symcnn.prover import decide
from symcnn.reading import read_given
from tests import oracles
from tests.layers import loops
from tests.layers.values import at, numbers, onnx_run, proved, refuted, whole

AT = tuple(map(Symbol, "opq"))
SIZES = "C_in, C_out, K, H, W: positive integer; K <= H; K <= W; x, D, P: indexed real"
SEPARABLE = {
    "plain": {},
    "padded": {"padding": 1},
    "stride does not divide": {"stride": 2},
    "dilation with stride": {"dilation": 2, "stride": 2, "padding": 2},
}


def separable(case: dict[str, Any]) -> SeparableConv2d:
    return SeparableConv2d(in_channels=2, out_channels=3, kernel_size=3, input_size=(6, 7), **case)


@pytest.mark.parametrize("case", SEPARABLE.values(), ids=SEPARABLE)
def test_separable_convolution(case: dict[str, int]) -> None:
    layer = separable(case)
    x, d, p = numbers(2, 6, 7), numbers(2, 3, 3, seed=2), numbers(3, 2, seed=3)
    s, pad, gap = case.get("stride", 1), case.get("padding", 0), case.get("dilation", 1)
    depthwise = oracles.conv2d(x, d[:, None], (s, s), (pad, pad), (gap, gap), groups=2)
    expected = np.einsum("oc,cij->oij", p, depthwise)
    assert (at(layer.output(), x=x, D=d, P=p) == expected).all()
    kernel = np.einsum("oc,cuv->ocuv", p, d)
    assert (oracles.conv2d(x, kernel, (s, s), (pad, pad), (gap, gap)) == expected).all()
    assert at(layer.standard(2, 1, 1), x=x, W=kernel) == expected[2, 1, 1]
    assert at(layer.factored(2, 1, 1), x=x, D=d, P=p) == expected[2, 1, 1]
    assert at(layer.kernel(2, 1, 0, 2), D=d, P=p) == kernel[2, 1, 0, 2]
    attributes = {"strides": [s] * 2, "pads": [pad] * 4, "dilations": [gap] * 2}
    theirs = onnx_run("Conv", {"x": x[None], "w": d[:, None]}, group=2, **attributes)[0]
    assert np.allclose(np.einsum("oc,cij->oij", p.astype(float), theirs), expected.astype(float))


@pytest.mark.parametrize("case", SEPARABLE.values(), ids=SEPARABLE)
def test_counts_of_separable_convolution_by_loops(case: dict[str, int]) -> None:
    layer = separable(case)
    rows, columns = (whole(size) for size in layer.window().output_size())
    depthwise = len(list(product(range(rows), range(columns), range(2), range(3), range(3))))
    pointwise = len(list(product(range(rows), range(columns), range(3), range(2))))
    assert whole(layer.macs()) == depthwise + pointwise
    assert whole(layer.standard_macs()) == 3 * depthwise
    assert whole(layer.parameters()) == 2 * 9 + 6
    assert whole(layer.parameters(bias=True)) == 2 * 9 + 2 + 6 + 3
    assert whole(layer.standard_parameters()) == 54
    assert at(layer.ratio()) == at(layer.closed_ratio()) == Fraction(4, 9)


def test_the_sums_may_be_swapped() -> None:
    layer = SeparableConv2d.symbolic()
    assert proved(layer.forward(*AT), layer.factored(*AT), SIZES)
    # A pointwise weight of the wrong channel, and a filter that mixes up its axes.
    wrong = SeparableConv2d.symbolic().forward(AT[0] + 1, *AT[1:])
    assert refuted(wrong, layer.factored(*AT), SIZES)


def test_the_sums_may_be_swapped_with_stride_dilation_and_padding() -> None:
    names = dict(zip(("stride", "padding", "dilation"), map(Symbol, "STR"), strict=True))
    layer = SeparableConv2d(
        in_channels=Symbol("C_in"), out_channels=Symbol("C_out"), kernel_size=Symbol("K"),
        input_size=(Symbol("H"), Symbol("W")), **names,
    )  # fmt: skip
    given = SIZES + "; S, R: positive integer; T: nonnegative integer; R*(K-1) < H; R*(K-1) < W"
    assert proved(layer.forward(*AT), layer.factored(*AT), given)


def test_the_ratio_of_costs() -> None:
    layer = SeparableConv2d.symbolic()
    assert proved(layer.ratio(), layer.closed_ratio(), SIZES)
    weights = layer.parameters() / layer.standard_parameters()
    assert proved(weights, layer.closed_ratio(), SIZES)
    named = (Symbol("A"), Symbol("B"))
    given = SIZES + "; A, B: positive integer"
    assert proved(layer.ratio(named), layer.closed_ratio(), given)
    miss = 1 / Symbol("C_in") + 1 / Symbol("K") ** 2
    assert refuted(layer.ratio(), miss, SIZES)
    limit = decide(
        Limit(layer.closed_ratio(), "C_out", Call("infinity", ()), 1 / Symbol("K") ** 2),
        read_given("K: positive integer; C_out: real"),
    )
    assert isinstance(limit, Proved)


@pytest.mark.parametrize(
    ("given", "expected"),
    [("K, C_out: integer >= 2", Proved), ("K, C_out: positive integer", Refuted)],
)
def test_separable_convolution_is_cheaper_from_two_channels_on(given: str, expected: type) -> None:
    from symcnn.claims import Relation

    claim = Relation(Compare("<", SeparableConv2d.symbolic().closed_ratio(), 1))
    assert isinstance(decide(claim, read_given(given)), expected)


def test_a_worked_example() -> None:
    layer = SeparableConv2d(in_channels=64, out_channels=64, kernel_size=3, input_size=9)
    assert whole(layer.depthwise_macs((7, 7))) == 576 * 49
    assert whole(layer.pointwise_macs((7, 7))) == 4096 * 49
    assert whole(layer.macs((7, 7))) == 228_928
    fifty = SeparableConv2d(in_channels=1, out_channels=50, kernel_size=3, input_size=9)
    assert at(fifty.ratio()) == Fraction(59, 450)


@pytest.mark.parametrize("groups", [1, 2])
def test_counts_agree_with_the_convolution_layer(groups: int) -> None:
    from symcnn.layers.conv2d import Conv2d

    conv = Conv2d(
        input_size=(7, 6), kernel_size=(3, 2), stride=2, padding=1, in_channels=4, out_channels=6,
        groups=groups, bias=True,
    )  # fmt: skip
    rows, columns = conv.output_size()
    assert whole(conv_parameters(4, 6, (3, 2), groups, bias=True)) == whole(conv.parameters())
    assert whole(conv_macs((rows, columns), 4, 6, (3, 2), groups)) == whole(conv.macs())
    window = Window2d(input_size=(7, 6), kernel_size=(3, 2), stride=2, padding=1)
    counted = conv_macs_without_padding(window, 4, 6, groups)
    assert whole(counted) == whole(conv.macs_without_padding())


def test_taps_on_padding_are_left_out_exactly() -> None:
    """K*H - p*(p+1) taps a side for an odd kernel K = 2p+1 that keeps the size."""
    for n, k in ((4, 3), (5, 5), (7, 3)):
        p = k // 2
        window = Window2d(input_size=n, kernel_size=k, padding=p)
        assert whole(conv_macs_without_padding(window, 2, 3)) == 6 * (k * n - p * (p + 1)) ** 2


def activated(values: Any) -> Any:
    return np.vectorize(lambda v: min(max(v, Fraction(0)), Fraction(6)), otypes=[object])(values)


@pytest.mark.parametrize("stride", [1, 2])
@pytest.mark.parametrize("ratio", [1, 2])
def test_inverted_residual(stride: int, ratio: int) -> None:
    block = InvertedResidual(
        in_channels=2, out_channels=3, expand_ratio=ratio, input_size=(4, 5), stride=stride,
        skip_unit_expansion=True,
    )  # fmt: skip
    hidden = 2 * ratio
    x, d = numbers(2, 4, 5), numbers(hidden, 3, 3, seed=2)
    wide, narrow = numbers(hidden, 2, seed=3), numbers(3, hidden, seed=4)
    inner = x if ratio == 1 else activated(np.einsum("hc,cij->hij", wide, x))
    steps = (stride, stride), (1, 1)
    filtered = activated(oracles.conv2d(inner, d[:, None], *steps, groups=hidden))
    expected = np.einsum("oh,hij->oij", narrow, filtered)
    assert (at(block.output(), x=x, D=d, Wf=wide, Wp=narrow) == expected).all()
    rows, columns = expected.shape[1:]
    counted = rows * columns * (hidden * 9 + 3 * hidden)
    assert whole(block.macs()) == counted + (0 if ratio == 1 else 20 * 2 * hidden)
    assert whole(block.parameters()) == d.size + narrow.size + (0 if ratio == 1 else wide.size)


BLOCK = InvertedResidual(
    in_channels=Symbol("C"), out_channels=Symbol("M"), expand_ratio=Symbol("t"),
    kernel_size=Symbol("K"), input_size=(Symbol("H"), Symbol("W")), padding=0,
)  # fmt: skip
BLOCKS = "C, M, t, K, H, W: positive integer; K <= H; K <= W"


def test_the_cost_of_an_inverted_residual() -> None:
    t, c, m, k, h, w = map(Symbol, "tCMKHW")
    closed = h * w * t * c * (c + k**2 + m)
    assert proved(BLOCK.macs((h, w)), closed, BLOCKS)
    without_c = h * w * (c * t + c * t * k**2 + c * t * m)
    assert refuted(without_c, BLOCK.macs((h, w)), BLOCKS)
    assert proved(BLOCK.parameters(), t * c * (c + k**2 + m), BLOCKS)
    per_t = differentiate(BLOCK.macs((h, w)) / t, t)
    assert proved(per_t, formula(0), BLOCKS)


def test_where_an_inverted_residual_has_a_shortcut() -> None:
    for stride, outputs, expected in ((1, 8, True), (2, 8, False), (1, 9, False)):
        block = InvertedResidual(
            in_channels=8, out_channels=outputs, expand_ratio=6, input_size=8, stride=stride
        )
        assert holds(block.has_shortcut(), {}) is expected
    assert [whole(width) for width in block.widths()] == [8, 48, 48, 9]


def test_the_gradient_through_a_linear_block_is_the_product_of_transposes() -> None:
    """At one position, K = 1 and without a nonlinearity: sum_h Wp[o,h] D[h] Wf[h,a]."""
    block = InvertedResidual(
        in_channels=Symbol("C"), out_channels=Symbol("M"), expand_ratio=Symbol("t"), kernel_size=1,
        input_size=1, padding=0,
    )  # fmt: skip
    a, zero = Symbol("a"), formula(0)
    given = "C, M, t: positive integer; a: integer; 0 <= a; a < C; x, Wp, Wf, D: indexed real"
    value = block.forward(AT[0], 0, 0, lambda each: each)
    slope = differentiate(value, Index("x", (a, zero, zero)))
    h = Symbol("h")
    from symcnn.layers.sizes import over

    entry = Index("Wp", (AT[0], h)) * Index("D", (h, zero, zero)) * Index("Wf", (h, a))
    expected = over(entry, ("h", Symbol("t") * Symbol("C")))
    assert proved(slope, expected, given)
    miss = over(entry, ("h", Symbol("C")))
    assert refuted(miss, slope, given + "; t >= 2")
    any_function = differentiate(
        block.forward(AT[0], 0, 0, unknown("phi")), Index("x", (a, zero, zero))
    )
    assert "phi'" in plain(any_function)


def test_bottlenecks_at_equal_widths() -> None:
    c = Symbol("C")
    given = "C: positive integer; 4 divides C"
    assert proved(bottleneck_parameters(c), 17 * c**2 / 16, given)
    outer = InvertedResidual(in_channels=c, out_channels=c, expand_ratio=6, input_size=9)
    assert proved(outer.parameters(), 12 * c**2 + 54 * c, given)
    assert refuted(bottleneck_parameters(c), 12 * c**2 + 54 * c, given)


def test_relu6() -> None:
    assert [at(relu6(formula(value))) for value in (-1, 0, 3, 6, 9)] == [0, 0, 3, 6, 6]


def gate(case: dict[str, Any]) -> SqueezeExcitation:
    return SqueezeExcitation(channels=4, reduction=2, input_size=(3, 2), **case)


@pytest.mark.parametrize("bias", [False, True])
def test_squeeze_and_excitation(bias: bool) -> None:
    layer = gate({"bias": bias})
    x = numbers(4, 3, 2)
    families = {"x": x, "W1": numbers(2, 4, seed=2), "W2": numbers(4, 2, seed=3)}
    shift, lift = numbers(2, seed=4), numbers(4, seed=5)
    if bias:
        families |= {"b1": shift, "b2": lift}
    means = np.array([channel.sum() / 6 for channel in x])
    for c in range(4):
        assert at(layer.squeeze(c), x=x) == means[c]
    hidden = families["W1"] @ means + (shift if bias else 0)
    hidden = np.array([max(value, Fraction(0)) for value in hidden])
    for k in range(2):
        assert at(layer.hidden(k), **families) == hidden[k]
    z = families["W2"] @ hidden + (lift if bias else 0)
    expected = x.astype(float) / (1 + np.exp(-z.astype(float)))[:, None, None]
    from symcnn.formula.values import ArrayValue, Ball
    from tests.layers.values import family

    value = evaluate(layer.output(), {name: family(each) for name, each in families.items()})
    assert isinstance(value, ArrayValue)
    for found, wanted in zip(value.entries, expected.flat, strict=True):
        middle = float(found.low) if isinstance(found, Ball) else float(found)  # type: ignore[arg-type]
        assert middle == pytest.approx(wanted, rel=1e-12)


GATE = "C, r, H, W: positive integer; r divides C"


def test_what_squeeze_and_excitation_costs() -> None:
    c, r, h, w = map(Symbol, "CrHW")
    layer = SqueezeExcitation.symbolic()
    assert proved(layer.parameters(), 2 * c**2 / r, GATE)
    assert proved(layer.macs(), 2 * c**2 / r, GATE)
    biased = SqueezeExcitation.symbolic(bias=True).parameters()
    assert proved(biased, 2 * c**2 / r + c / r + c, GATE)
    flops = 2 * h * w * c + 4 * c**2 / r
    assert proved(layer.flops(), flops, GATE)
    one_pass = h * w * c + 4 * c**2 / r
    assert refuted(one_pass, layer.flops(), GATE)
    number = SqueezeExcitation(channels=64, reduction=16, input_size=7)
    assert whole(number.flops()) == 2 * 49 * 64 + 1024 == 7_296


def test_the_gate_is_strictly_between_0_and_1() -> None:
    from symcnn.claims import Relation

    z = Call("sigmoid", (Symbol("x"),))
    for condition, expected in (
        (Compare("<", 0, z), Proved), (Compare("<", z, 1), Proved), (Compare("<=", 1, z), Refuted),
    ):  # fmt: skip
        assert isinstance(decide(Relation(condition), read_given("x: real")), expected)


MODULE = Inception(
    in_channels=192, ch1x1=64, ch3x3red=96, ch3x3=128, ch5x5red=16, ch5x5=32, pool_proj=32,
    input_size=28,
)  # fmt: skip


def test_inception_branch_by_branch() -> None:
    assert whole(MODULE.out_channels()) == 256
    assert whole(MODULE.macs()) == 128_049_152
    assert whole(MODULE.macs_without_reduction()) == 308_281_344
    assert plain(MODULE.macs()).split(" + ") == [
        "28*28*64*192", "28*28*96*192", "28*28*128*96*3*3", "28*28*16*192", "28*28*32*16*5*5",
        "28*28*32*192",
    ]  # fmt: skip
    direct, reduced = conv_macs(28, 192, 32, 5), 2_408_448 + 10_035_200
    assert (whole(direct), reduced) == (120_422_400, 12_443_648)
    assert [whole(size) for size in MODULE.receptive_fields()] == [1, 3, 5, 3]


def test_when_a_reduction_pays() -> None:
    assert whole(MODULE.reduction_saves(5, 16, 32)) * 784 == 120_422_400 - 12_443_648
    assert whole(MODULE.reduction_saves(3, 190, 128)) < 0


def test_dense_block() -> None:
    block = DenseBlock.symbolic()
    length, k0, k = map(Symbol, ("L", "k0", "k"))
    given = "L, k0, k, H, W, l: positive integer"
    assert proved(block.out_channels(), k0 + length * k, given)
    closed = 9 * k * (length * k0 + k * length * (length - 1) / 2)
    assert proved(block.parameters(), closed, given)
    assert refuted(length * k * k, block.parameters(), given)
    macs = Symbol("H") * Symbol("W") * closed
    assert proved(block.macs(), macs, given)
    assert proved(block.counted_connections(), block.connections(), given)
    miss = length * (length - 1) / 2
    assert refuted(block.counted_connections(), miss, given)


def test_dense_block_with_bottleneck_by_loops() -> None:
    block = DenseBlock(num_layers=3, num_input_features=8, growth_rate=4, input_size=5, bn_size=4)
    weights = sum((8 + layer * 4) * 16 + 9 * 16 * 4 for layer in range(3))
    norms = sum(2 * (8 + layer * 4) + 2 * 16 for layer in range(3))
    assert whole(block.parameters()) == weights
    assert whole(block.parameters(norms=True)) == weights + norms
    assert whole(block.macs()) == 25 * weights
    assert whole(block.connections()) == whole(block.counted_connections()) == 6
    assert whole(transition_channels(block.out_channels())) == 10


def test_paths_through_a_dense_block() -> None:
    """Every layer between is passed or skipped: counted on the graph itself."""
    from symcnn.layers.search_space import Edge, SearchSpace

    for layers in (1, 2, 5):
        edges = tuple(Edge(a, b) for b in range(1, layers + 1) for a in range(b))
        graph = SearchSpace(nodes=layers + 1, edges=edges)
        block = DenseBlock(num_layers=layers, num_input_features=4, growth_rate=2, input_size=1)
        assert whole(graph.paths()) == whole(block.paths()) == 2 ** (layers - 1)


def test_learned_group_convolution() -> None:
    layer = LearnedGroupConv(in_channels=6, out_channels=4, groups=2, condensation=3)
    x, w = numbers(6), numbers(4, 2, seed=2) + 50
    chosen = np.array([[4, 1], [0, 5]])
    families = {"x": x, "W": w, "chosen": chosen}
    expected = [sum(w[o, m] * x[chosen[o // 2, m]] for m in range(2)) for o in range(4)]
    assert [at(layer.forward(o), **families) for o in range(4)] == expected
    matrix = at(layer.masked_matrix(), W=w, chosen=chosen)
    assert (matrix @ x).tolist() == expected
    assert (matrix != 0).sum() == whole(layer.parameters()) == 8
    assert [whole(layer.parameters_after(stage)) for stage in range(3)] == [24, 16, 8]
    assert whole(layer.macs(7)) == 49 * 8


def test_a_channel_shuffle_is_the_transpose_of_groups_by_members() -> None:
    places = [whole(shuffled_channel(c, 12, 3)) for c in range(12)]
    order = np.arange(12).reshape(3, 4).T.reshape(-1)
    assert [places[c] for c in order] == list(range(12))
    back = [whole(shuffled_channel(place, 12, 4)) for place in places]
    assert back == list(range(12))


def unet_by_loops(n: int, depth: int) -> tuple[int, list[int]]:
    skips, crops = [], []
    for _ in range(depth):
        n -= 4
        skips.append(n)
        assert n % 2 == 0
        n //= 2
    n -= 4
    for skip in reversed(skips):
        n *= 2
        crops.append((skip - n) // 2)
        n -= 4
    return n, crops


@pytest.mark.parametrize(("size", "depth"), [(572, 4), (188, 4), (44, 2), (140, 3), (20, 1)])
def test_sizes_of_a_unet(size: int, depth: int) -> None:
    net = UNet(input_size=size, depth=depth)
    expected, crops = unet_by_loops(size, depth)
    assert whole(net.output_size()) == whole(net.closed_output_size()) == expected
    assert [whole(joint.crop) for joint in net.decoder()] == crops
    assert whole(net.bottom_size()) == whole(net.closed_bottom_size())


@pytest.mark.parametrize("depth", [1, 2, 4])
def test_sizes_of_a_unet_in_symbols(depth: int) -> None:
    for padding in (0, 1):
        net = UNet(input_size=Symbol("n"), depth=depth, padding=padding)
        given = "n: positive integer"
        assert proved(net.output_size(), net.closed_output_size(), given)
        assert proved(net.bottom_size(), net.closed_bottom_size(), given)
        assert refuted(net.output_size(), net.closed_output_size() + 1, given)


def test_published_figures_of_the_unet() -> None:
    net = UNet(input_size=572)
    assert whole(net.output_size()) == 388
    assert whole(net.parameters()) == 31_030_658
    assert [whole(joint.joined_channels) for joint in net.decoder()] == [1024, 512, 256, 128]
    assert whole(net.bottom_size()) == 28
    names = [name for name, *_ in net.convolutions()]
    assert len(names) == 23  # the paper: 23 convolutional layers in total
    padded = UNet(input_size=256, padding=1)
    assert [whole(level.leaving) for level in padded.encoder()] == [256, 128, 64, 32, 16]
    assert whole(padded.output_size()) == 256


@pytest.mark.parametrize("kind", ["A", "B"])
@pytest.mark.parametrize("k", [3, 5])
def test_masked_convolution(kind: str, k: int) -> None:
    layer = MaskedConv2d(
        mask_type=kind, in_channels=2, out_channels=2, kernel_size=k, input_size=(4, 5)
    )
    x, w = numbers(2, 4, 5), numbers(2, 2, k, k, seed=2)
    assert (at(layer.output(), x=x, W=w) == loops.masked_conv(x, w, kind)).all()
    assert whole(layer.visible_taps()) == whole(layer.counted_taps()) == len(layer.reach())
    assert whole(layer.parameters()) == 4 * len(layer.reach())
    assert whole(layer.macs()) == 20 * 4 * len(layer.reach())
    assert at(layer.wasted_share()) == 1 - Fraction(len(layer.reach()), k * k)


@pytest.mark.parametrize("kind", ["A", "B"])
def test_an_output_depends_on_what_comes_before(kind: str) -> None:
    layer = MaskedConv2d(mask_type=kind, in_channels=1, out_channels=1, kernel_size=3, input_size=3)
    w = numbers(1, 1, 3, 3, seed=4)
    value = layer.forward(0, 1, 1)
    for i, j in product(range(3), repeat=2):
        slope = differentiate(value, Index("x", tuple(map(formula, (0, i, j)))))
        visible = (i, j) < (1, 1) or (kind == "B" and (i, j) == (1, 1))
        assert at(slope, W=w) == (w[0, 0, i, j] if visible else 0)


@pytest.mark.parametrize("k", [1, 3, 5, 7])
def test_visible_taps_in_closed_form(k: int) -> None:
    for mask in ("A", "B"):
        layer = MaskedConv2d(
            mask_type=mask, in_channels=1, out_channels=1, kernel_size=k, input_size=9
        )
        assert proved(layer.counted_taps(), layer.visible_taps())
        assert refuted(layer.counted_taps(), layer.visible_taps() + 1)


def test_the_blind_spot_of_stacked_masks() -> None:
    first = MaskedConv2d(mask_type="A", in_channels=1, out_channels=1, kernel_size=3, input_size=9)
    second = MaskedConv2d(mask_type="B", in_channels=1, out_channels=1, kernel_size=3, input_size=9)
    seen = stacked_reach([first, second, second])
    assert (0, 0) not in seen
    assert all(place < (0, 0) for place in seen)
    assert blind_spot(3, 3) == ((-2, 3), (-1, 2), (-1, 3))
    assert not set(blind_spot(3, 3)) & set(seen)


@pytest.mark.parametrize(("k", "d"), [(1, 1), (2, 1), (2, 4), (3, 2)])
def test_causal_convolution(k: int, d: int) -> None:
    layer = CausalConv1d(kernel_size=k, dilation=d)
    x, w = numbers(9), numbers(k, seed=2)
    padded = np.concatenate([[Fraction(0)] * (d * (k - 1)), x])
    expected = oracles.conv1d(padded[None], w[None, None], dilation=d)[0]
    assert [at(layer.forward(t), x=x, w=w) for t in range(9)] == expected.tolist()
    assert whole(layer.receptive_field()) == d * (k - 1) + 1


def test_causal_convolutions_see_the_past_only() -> None:
    place = CausalConv1d(kernel_size=Symbol("K"), dilation=Symbol("d")).place(
        Symbol("t"), Symbol("j")
    )
    from symcnn.claims import Relation

    given = read_given("K, d: positive integer; j: integer; 0 <= j; j <= K - 1; t: integer")
    assert isinstance(decide(Relation(Compare("<=", place, Symbol("t"))), given), Proved)
    assert isinstance(decide(Relation(Compare("<", place, Symbol("t"))), given), Refuted)
    layers = [CausalConv1d(kernel_size=2, dilation=2**n) for n in range(5)]
    assert whole(stacked_steps(layers)) == 32


def condensed(**numbers_: int) -> Callable[[], LearnedGroupConv]:
    sizes = {"in_channels": 8, "out_channels": 8, "groups": 2, "condensation": 4, **numbers_}
    return lambda: LearnedGroupConv(**sizes)


C: Formula = Symbol("C")
BAD = [
    (lambda: separable({"padding": -1}), "padding is -1, but it is an integer of at least 0"),
    (lambda: separable({"dilation": 4}), "SeparableConv2d: the kernel covers 9 positions"),
    (lambda: separable({"input": "D"}), "need names of their own, but they are D, P, W, D"),
    (
        lambda: InvertedResidual(in_channels=0, out_channels=1, expand_ratio=6, input_size=4),
        "in_channels is 0",
    ),
    (
        lambda: InvertedResidual(
            in_channels=1, out_channels=1, expand_ratio=6, input_size=4, kernel_size=4
        ),
        "padding is 3/2, but it is an integer",
    ),
    (
        lambda: gate({"bias": False}).__class__(channels=4, reduction=3, input_size=2),
        "reduction divides channels, but 3 does not divide 4",
    ),
    (
        lambda: Inception(
            in_channels=1,
            ch1x1=0,
            ch3x3red=1,
            ch3x3=1,
            ch5x5red=1,
            ch5x5=1,
            pool_proj=1,
            input_size=3,
        ),
        "ch1x1 is 0",
    ),
    (
        lambda: DenseBlock(num_layers=0, num_input_features=1, growth_rate=1, input_size=1),
        "num_layers is 0",
    ),
    (condensed(groups=3), "groups divides out_channels, but 3 does not divide 8"),
    (condensed(condensation=3), "condensation divides in_channels, but 3 does not divide 8"),
    (lambda: condensed()().parameters_after(4), "condensing stage 4 is outside 0 .. 3"),
    (lambda: shuffled_channel(0, 6, 4), "groups divides channels, but 4 does not divide 6"),
    (lambda: UNet(input_size=570), "level 1 is pooled by 2 at 279 positions a side"),
    (lambda: UNet(input_size=20), "level 2 has 2 positions a side"),
    (lambda: UNet(input_size=572, depth=0), "depth is at least 1 and padding 0 or 1, not 0 and 0"),
    (
        lambda: MaskedConv2d(
            mask_type="C", in_channels=1, out_channels=1, kernel_size=3, input_size=5
        ),
        "A or B, not 'C'",
    ),
    (
        lambda: MaskedConv2d(
            mask_type="A", in_channels=1, out_channels=1, kernel_size=4, input_size=5
        ),
        "kernel_size is 4, but only an odd one has a middle",
    ),
    (
        lambda: MaskedConv2d(
            mask_type="A", in_channels=1, out_channels=1, kernel_size=2 * C + 1, input_size=C
        ).reach(),
        "kernel_size is symbolic",
    ),
    (lambda: CausalConv1d(kernel_size=0), "kernel_size is 0"),
]


@pytest.mark.parametrize(("make", "message"), BAD, ids=[message for _, message in BAD])
def test_bad_input(make: Callable[[], object], message: str) -> None:
    with pytest.raises(AuthorError, match=message.replace("(", r"\(")):
        make()
