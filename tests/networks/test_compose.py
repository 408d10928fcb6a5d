"""Composition: shapes against loops, receptive fields against dependencies, errors by name."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symcnn.errors import AuthorError
from symcnn.formula import Compare, Symbol
from symcnn.formula.plain import plain
from symcnn.networks import (
    CONVENTIONS,
    AdaptiveAvgPool2d,
    AvgPool2d,
    BatchNorm2d,
    Branches,
    Conv2d,
    ConvTranspose2d,
    CostConvention,
    Flatten,
    Identity,
    Linear,
    MaxPool2d,
    Module,
    Operations,
    ReceptiveField,
    ReLU,
    Residual,
    Sequential,
    Sigmoid,
    SqueezeExcitation,
    Upsample,
    table,
)
from symcnn.networks.costs import convention
from symcnn.networks.reach import PIXEL, aligned, centre
from symcnn.networks.tables import as_text
from symcnn.reading import read
from tests import oracles
from tests.layers.values import proved, refuted, whole

SIZES = "H, W: positive integer"
H, W = Symbol("H"), Symbol("W")
GEOMETRIES = {
    "plain": (9, 3, 1, 0, 1),
    "padded": (9, 3, 1, 1, 1),
    "stride does not divide": (10, 3, 2, 0, 1),
    "stride divides": (9, 3, 2, 0, 1),
    "dilation with stride": (12, 3, 2, 2, 2),
    "1x1 with stride": (8, 1, 2, 0, 1),
    "kernel as large as the input": (5, 5, 1, 0, 1),
    "even kernel": (7, 4, 3, 2, 1),
}


@pytest.mark.parametrize(("n", "k", "s", "p", "d"), GEOMETRIES.values(), ids=GEOMETRIES)
def test_sizes_count_the_positions_of_the_kernel(n: int, k: int, s: int, p: int, d: int) -> None:
    counted = oracles.conv_size(n, k, s, p, d)
    conv = Conv2d(1, 1, k, s, p, d)
    assert [whole(size) for size in conv.output_shape((1, n, n + 1))[1:]] == [
        counted, oracles.conv_size(n + 1, k, s, p, d),
    ]  # fmt: skip
    symbolic = conv.output_shape((1, H, W))[1]
    assert whole(symbolic, H=n) == counted


@pytest.mark.parametrize(("n", "k", "s"), list(product(range(4, 12), (2, 3), (1, 2, 3))))
def test_ceil_mode_drops_windows_that_start_in_the_padding(n: int, k: int, s: int) -> None:
    pool = MaxPool2d(k, s, padding=1, ceil_mode=True)
    starts = [start for start in range(-1, n, s) if start <= n + 1 - k or start - s + k < n + 1]
    assert whole(pool.output_shape((1, n, n))[1]) == len(starts)
    assert whole(pool.output_shape((1, H, H))[1], H=n) == len(starts)


@pytest.mark.parametrize(("n", "k", "s", "_", "d"), GEOMETRIES.values(), ids=GEOMETRIES)
def test_padding_by_name(n: int, k: int, s: int, _: int, d: int) -> None:
    sizes = {
        name: Conv2d(1, 1, k, s, name, d).output_shape((1, n, n))[1]
        for name in ("SAME", "VALID", "valid")
    }
    assert whole(sizes["SAME"]) == -(-n // s)
    assert whole(sizes["VALID"]) == whole(sizes["valid"]) == oracles.conv_size(n, k, s, 0, d)
    assert plain(Conv2d(1, 1, k, s, "SAME", d).output_shape((1, H, H))[1]) in (
        "H", f"ceil(H/{s})", "ceil(H/1)",
    )  # fmt: skip
    if s == 1:
        assert whole(Conv2d(1, 1, k, 1, "same", d).output_shape((1, n, n))[1]) == n


def test_nested_floors_are_merged() -> None:
    halved = Sequential(Conv2d(1, 1, 3, 2, 1), MaxPool2d(3, 2, padding=1), Conv2d(1, 1, 3, 2, 1))
    size = halved.output_shape((1, H, W))[1]
    assert plain(size) == "floor((H - 1)/8) + 1"
    nested = "floor((floor((floor((H-1)/2)+1-1)/2)+1-1)/2)+1"
    assert proved(size, read(nested).formula, SIZES)
    near_miss = read("floor(H/8) + 1").formula
    assert refuted(near_miss, size, SIZES)


def test_a_network_with_symbols() -> None:
    c, m, k = map(Symbol, "CMK")
    net = Sequential(Conv2d(c, m, k, bias=False), ReLU(), Conv2d(m, c, 1))
    assert plain(net.parameters()) == "M*C*K^2 + (C*M + C)"
    sizes = SIZES + "; C, M, K: positive integer; K <= H; K <= W"
    expected = (H - k + 1) * (W - k + 1) * (k**2 * c * m + c * m)
    assert proved(net.macs((c, H, W)), expected, sizes)
    assert refuted(net.macs((c, H, W)), H * W * (k**2 * c * m + c * m), sizes)


def dependencies(net: Module, n: int) -> tuple[int, int, int]:
    """Size, jump and start of what outputs see, traced through one axis tap by tap."""

    def trace(module: Module, outputs: set[int]) -> set[int]:
        match module:
            case Sequential():
                for each in reversed(module.modules):
                    outputs = trace(each, outputs)
                return outputs
            case Branches():
                return set().union(*(trace(each, outputs) for each in module.modules))
            case Residual():
                around = outputs if module.shortcut is None else trace(module.shortcut, outputs)
                return trace(module.body, outputs) | around
            case Conv2d() | MaxPool2d() | AvgPool2d():
                k, s, p, d = (whole(number) for number in module.numbers(0))
                return {s * o + d * j - p for o in outputs for j in range(k)}
        return outputs

    first, second = trace(net, {0}), trace(net, {1})
    return max(first) - min(first) + 1, min(second) - min(first), min(first)


TRACED: dict[str, Callable[[], Module]] = {
    "one": lambda: Conv2d(1, 1, 3, 2, 1),
    "dilated": lambda: Sequential(Conv2d(1, 1, 3, dilation=2), Conv2d(1, 1, 3, 2, dilation=3)),
    "pooled": lambda: Sequential(Conv2d(1, 1, 5, 2, 2), MaxPool2d(3, 2, 1), AvgPool2d(2)),
    "residual": lambda: Residual(
        Sequential(Conv2d(1, 1, 3, 2, 1), Conv2d(1, 1, 3, 1, 1)), Conv2d(1, 1, 1, 2)
    ),
    "branches": lambda: Sequential(
        Conv2d(1, 1, 3, 2, 1),
        Branches(Conv2d(1, 1, 1), Conv2d(1, 1, 3, padding=1), Conv2d(1, 1, 5, padding=2)),
        Conv2d(3, 1, 3),
    ),
    "even kernels": lambda: Sequential(Conv2d(1, 1, 4, 2, 1), Conv2d(1, 1, 2, 3)),
}


@pytest.mark.parametrize("make", TRACED.values(), ids=TRACED)
def test_receptive_fields_against_traced_dependencies(make: Callable[[], Module]) -> None:
    reach = make().receptive_field((1, 64, 64))
    assert (whole(reach.size), whole(reach.jump), whole(reach.start)) == dependencies(make(), 64)


def test_the_recursion_of_the_receptive_field_in_symbols() -> None:
    before = ReceptiveField(Symbol("R"), Symbol("J"), Symbol("S"))
    conv = Conv2d(1, 1, Symbol("k"), Symbol("s"), Symbol("p"), Symbol("d"))
    after = conv.reach_after(before, (H, H, H), 0)
    names = "k, s, d, J, R: positive integer; p: nonnegative integer; S: integer"
    r, j, k, d = map(Symbol, "RJkd")
    assert proved(after.size, r + (k - 1) * d * j, names)
    assert refuted(after.size, r + k * d * j, names)
    assert proved(after.jump, j * Symbol("s"), names)
    assert proved(after.start, Symbol("S") - Symbol("p") * j, names)


def test_dilations_that_double_reach_32_steps_with_five_layers() -> None:
    net = Sequential(*(Conv2d(1, 1, 2, dilation=2**layer) for layer in range(5)))
    assert whole(net.receptive_field((1, 64, 64)).size) == 32
    plain_ones = Sequential(*(Conv2d(1, 1, 2) for _ in range(5)))
    assert whole(plain_ones.receptive_field((1, 64, 64)).size) == 6


def test_paths_that_agree_on_their_centre() -> None:
    centred = [Conv2d(1, 1, k, padding=k // 2).receptive_field((1, 9, 9)) for k in (1, 3, 5)]
    condition = aligned(centred)
    assert all(isinstance(part, Compare) for part in condition.children())
    assert [whole(centre(field)) for field in centred] == [0, 0, 0]
    assert whole(centre(Conv2d(1, 1, 3).receptive_field((1, 9, 9)))) == 1


def test_a_layer_that_reads_everything() -> None:
    net = Sequential(Conv2d(1, 4, 3), AdaptiveAvgPool2d(), Flatten(), Linear(4, 2))
    assert whole(net.receptive_field((1, 32, 20)).size) == 32
    assert whole(net.receptive_field((1, 32, 20), axis=1).size) == 20
    gate = Sequential(Conv2d(1, 4, 3), SqueezeExcitation(4, 2))
    assert whole(gate.receptive_field((1, 9, 9)).size) == 9


def test_shared_modules_have_their_numbers_once_and_cost_each_time() -> None:
    conv = Conv2d(8, 8, 3, padding=1, bias=False)
    twice = Sequential(conv, conv)
    assert whole(twice.parameters()) == 576
    assert whole(twice.macs((8, 10, 10))) == 2 * 57_600
    apart = Sequential(conv, Conv2d(8, 8, 3, padding=1, bias=False))
    assert whole(apart.parameters()) == 2 * 576


# One layer on 8 x 10 x 10: what tools report for it, by the convention that yields the figure.
COUNTED = [
    (Conv2d(8, 8, 3, padding=1, bias=False), "macs", 57_600),
    (Conv2d(8, 8, 3, padding=1, bias=False), "torch", 115_200),
    (Conv2d(8, 8, 3, padding=1), "paper", 57_600),
    (Conv2d(8, 8, 3, padding=1), "flops2", 116_000),
    (Conv2d(8, 8, 3, padding=1, groups=8, bias=False), "macs", 7_200),
    (ConvTranspose2d(8, 4, 3, 2, 1, 1, bias=False), "macs", 28_800),
    (ConvTranspose2d(8, 8, 3, 2, 1, 1, groups=4, bias=False), "macs", 14_400),
    (BatchNorm2d(8), "macs", 0),
    (BatchNorm2d(8), "flops2", 1_600),
    (BatchNorm2d(8, folded=True), "flops2", 0),
    (ReLU(), "flops2", 0),
    (ReLU(), "operations", 800),
    (Sigmoid(), "operations", 800),
    (MaxPool2d(2), "operations", 800),
    (AvgPool2d(2), "flops2", 800),
    (AdaptiveAvgPool2d(), "flops2", 800),
    (Residual(Conv2d(8, 8, 1, bias=False)), "macs", 6_400),
    (Residual(Conv2d(8, 8, 1, bias=False)), "flops2", 13_600),
    (SqueezeExcitation(8, 4, bias=True), "macs", 32),
    (SqueezeExcitation(8, 4, bias=True), "torch", 64),
    (SqueezeExcitation(8, 4, bias=True), "flops2", 64 + 10 + 800 + 800),
    (Upsample(2, "bilinear"), "macs", 12_800),
    (Upsample(2), "operations", 0),
    (Identity(), "operations", 0),
]


@pytest.mark.parametrize(
    ("layer", "by", "figure"), COUNTED, ids=[f"{each[0].kind} {each[1]}" for each in COUNTED]
)
def test_costs_of_one_layer(layer: Module, by: str, figure: int) -> None:
    assert whole(layer.cost((8, 10, 10), by)) == figure


def test_costs_of_a_fully_connected_layer() -> None:
    layer = Linear(8, 5)
    assert whole(layer.macs((8,))) == 40
    assert whole(layer.cost((8,), "flops2")) == 85
    assert whole(layer.parameters()) == 45


def test_a_convention_of_one_s_own() -> None:
    exact = CostConvention("exact", "operations", (("mac", 2), ("bias", 1)))
    assert whole(Linear(8, 5).cost((8,), exact)) == 85
    assert convention(exact) is exact
    with pytest.raises(AuthorError, match="'flops': one of macs, paper, torch, flops2"):
        convention("flops")
    with pytest.raises(AuthorError, match="kind 'flop'"):
        Operations("flop", H)
    with pytest.raises(AuthorError, match="kind 'flop'"):
        CostConvention("mine", "FLOPs", (("flop", 1),))
    assert list(CONVENTIONS) == ["macs", "paper", "torch", "flops2", "operations"]


def test_macs_of_the_small_layers_by_loops() -> None:
    """Every product counted one by one, padding included."""
    for n, k, s, p, d in GEOMETRIES.values():
        for groups in (1, 2):
            positions = oracles.conv_size(n, k, s, p, d) ** 2
            counted = sum(
                1
                for _ in product(range(positions), range(6), range(4 // groups), range(k), range(k))
            )
            conv = Conv2d(4, 6, k, s, p, d, groups)
            assert whole(conv.macs((4, n, n))) == counted
            assert whole(conv.parameters()) == counted // positions + 6


def test_a_table_has_a_row_for_each_layer() -> None:
    net = Sequential(
        Conv2d(3, 8, 3, padding=1, bias=False),
        Residual(Sequential(BatchNorm2d(8), ReLU(), Conv2d(8, 8, 1)), Conv2d(8, 8, 1)),
        Branches(Conv2d(8, 4, 1), MaxPool2d(3, 1, 1)),
        Flatten(),
    )
    rows = table(net, (3, 4, 4), "flops2")
    assert [row.place for row in rows] == [
        "0", "1.body.0", "1.body.1", "1.body.2", "1.shortcut", "1.sum", "2.0", "2.1", "3",
    ]  # fmt: skip
    assert sum(whole(row.parameters) for row in rows) == whole(net.parameters())
    assert sum(whole(row.cost) for row in rows) == whole(net.cost((3, 4, 4), "flops2"))
    text = as_text(rows, "flops2").split("\n")
    assert text[0].split() == ["layer", "output", "parameters", "FLOPs"]
    assert text[6].split() == ["1.sum", "Add", "8", "x", "4", "x", "4", "0", "128"]
    assert text[-1].split() == [
        "total",
        str(whole(net.parameters())),
        str(whole(net.cost((3, 4, 4), "flops2"))),
    ]


def test_networks_are_values() -> None:
    def build() -> Residual:
        return Residual(Sequential(Conv2d(4, 4, 1), Branches(Identity())), Conv2d(4, 4, 1))

    net = build()
    assert net == build() != Residual(Identity())
    assert hash(net) == hash(build())
    assert repr(Residual(Branches(Identity(), ReLU()))) == "Residual(Branches(Identity(), ReLU()))"
    assert pickle.loads(pickle.dumps(net)) == net
    with pytest.raises(AttributeError, match="does not change"):
        net.body = Identity()


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    st.lists(
        st.tuples(
            st.integers(1, 5), st.integers(1, 3), st.integers(0, 2), st.integers(1, 3)
        ),
        min_size=1, max_size=4,
    )
)  # fmt: skip
def test_any_stack_has_the_sizes_and_fields_of_its_windows(
    windows: list[tuple[int, int, int, int]],
) -> None:
    net = Sequential(*(Conv2d(1, 1, *window) for window in windows))
    size = 300
    for window in windows:
        size = oracles.conv_size(size, *window)
    assert whole(net.output_shape((1, 300, 300))[1]) == size
    assert whole(net.output_shape((1, H, H))[1], H=300) == size
    field = net.receptive_field((1, 300, 300))
    assert (whole(field.size), whole(field.jump), whole(field.start)) == dependencies(net, 300)


def refused(make: Callable[[], object]) -> str:
    with pytest.raises(AuthorError) as caught:
        make()
    return str(caught.value)


C = Symbol("C")
BAD: dict[str, Callable[[], object]] = {
    "layer 1 (Conv2d): Conv2d reads 64 channels, but gets 32 x 28 x 28": lambda: Sequential(
        Conv2d(3, 32, 1), Conv2d(64, 3, 1)
    ).output_shape((3, 28, 28)),
    "layer 1 (Residual): body (Sequential): layer 0 (Conv2d): Conv2d reads 8 channels, but gets "
    "4 x 9 x 9": lambda: Sequential(Identity(), Residual(Sequential(Conv2d(8, 4, 1)))).output_shape(
        (4, 9, 9)
    ),
    "layer 0 (Conv2d): Conv2d: the kernel covers 5 positions (dilation*(kernel_size - 1) + 1), but "
    "the padded input has 4 (input_size + padding)": lambda: Sequential(
        Conv2d(1, 1, 5)
    ).output_shape((1, 4, 4)),
    "Conv2d reads C channels, but gets C + 1 x H x W": lambda: Conv2d(C, 4, 1).output_shape(
        (C + 1, H, W)
    ),
    "Linear reads 10 features, but gets 2 x 5 x 1": lambda: Linear(10, 2).output_shape((2, 5, 1)),
    "Conv2d reads a map of channels x height x width, but gets 10": lambda: Conv2d(
        1, 1, 1
    ).output_shape((10,)),
    "Branches: branch 1 (MaxPool2d) gives 4 x 2 x 2, but branch 0 (Conv2d) 4 x 4 x 4": lambda: (
        Branches(Conv2d(4, 4, 1), MaxPool2d(2)).output_shape((4, 4, 4))
    ),
    "branch 1 (Conv2d): Conv2d reads 5 channels, but gets 4 x 4 x 4": lambda: Branches(
        Identity(), Conv2d(5, 1, 1)
    ).output_shape((4, 4, 4)),
    "Residual: the body (Conv2d) gives 8 x 5 x 5, but the shortcut (Conv2d) 8 x 3 x 3": lambda: (
        Residual(Conv2d(4, 8, 1), Conv2d(4, 8, 3)).output_shape((4, 5, 5))
    ),
    "shortcut (Conv2d): Conv2d reads 3 channels, but gets 4 x 5 x 5": lambda: Residual(
        Identity(), Conv2d(3, 4, 1)
    ).output_shape((4, 5, 5)),
    "Conv2d: groups divides in_channels, but 3 does not divide 4": lambda: Conv2d(
        4, 6, 1, groups=3
    ),
    "Conv2d: groups divides out_channels, but 4 does not divide 6": lambda: Conv2d(
        4, 6, 1, groups=4
    ),
    "Conv2d: stride is 0, but it is an integer of at least 1": lambda: Conv2d(1, 1, 1, 0),
    "Conv2d: padding is -1, but it is an integer of at least 0": lambda: Conv2d(1, 1, 3, 1, -1),
    "MaxPool2d: padding is 2, but it is at most half of the kernel (3): a window would lie in the "
    "padding alone": lambda: MaxPool2d(3, 1, 2),
    'Conv2d: padding "same" needs stride 1, but the stride is 2; use tensorflow_same(...) for the '
    "rule of TensorFlow": lambda: Conv2d(1, 1, 3, 2, "same").output_shape((1, 9, 9)),
    """MaxPool2d: padding is a number, "same" or "valid", not 'full'""": lambda: MaxPool2d(
        3, 2, "full"
    ).output_shape((1, 9, 9)),
    "MaxPool2d: ceil_mode goes with a number for the padding, not 'SAME'": lambda: MaxPool2d(
        3, 2, "SAME", ceil_mode=True
    ).output_shape((1, 9, 9)),
    "Branches: there is at least one branch": Branches,
    "Branches: the paths move in steps of 2 and 1 inputs, so their outputs do not lie beside each "
    "other": lambda: Branches(MaxPool2d(3, 2, 1), Conv2d(1, 1, 1)).reach_after(PIXEL, (H, H, H), 0),
    "AdaptiveAvgPool2d: output_size is 7, but only the mean of the whole channel (1) has windows "
    "of equal size": lambda: AdaptiveAvgPool2d(7),
    "Upsample: mode is nearest or bilinear, not 'cubic'": lambda: Upsample(2, "cubic"),
    "layer 0 (Upsample): Upsample: several outputs see the same input, so the receptive field does "
    "not move in even steps": lambda: Sequential(Upsample(2)).receptive_field((1, 4, 4)),
    "SqueezeExcitation: reduction divides channels, but 3 does not divide 8": lambda: (
        SqueezeExcitation(8, 3)
    ),
    "ReLU: size 1 of the shape is 0, but it is an integer of at least 1": lambda: ReLU().macs(
        (3, 0, 1)
    ),
}


@pytest.mark.parametrize("message", BAD)
def test_errors_say_which_layer_and_show_the_shapes(message: str) -> None:
    assert refused(BAD[message]) == message
