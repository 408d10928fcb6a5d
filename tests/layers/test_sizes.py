"""Sizes: what is checked, folded and written; places that hold the names that a layer binds."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product

import pytest

from symcnn.errors import AuthorError
from symcnn.formula import Formula, Symbol, formula
from symcnn.formula.plain import plain
from symcnn.formula.traverse import free_names
from symcnn.layers import sizes
from symcnn.layers.condense import LearnedGroupConv
from symcnn.layers.deformable import DeformConv2d
from symcnn.layers.interpolation import Interpolate
from symcnn.layers.inverted_residual import InvertedResidual
from symcnn.layers.kernel_rank import separable_filter
from symcnn.layers.masked import CausalConv1d, MaskedConv2d
from symcnn.layers.roi_align import RoIAlign
from symcnn.layers.separable import SeparableConv2d
from symcnn.layers.squeeze_excitation import SqueezeExcitation
from symcnn.layers.unfolding import Unfolding
from tests.layers.values import at, numbers

SEPARABLE = SeparableConv2d(in_channels=2, out_channels=3, kernel_size=2, input_size=4, padding=1)
GATE = SqueezeExcitation(channels=4, reduction=2, input_size=2)
GROUPED = LearnedGroupConv(in_channels=4, out_channels=4, groups=2, condensation=2)
UNFOLDED = Unfolding(out_channels=3, in_channels=2, kernel_size=2)
MASKED = MaskedConv2d(mask_type="B", in_channels=2, out_channels=3, kernel_size=3, input_size=3)
DEFORMED = DeformConv2d(in_channels=2, out_channels=3, kernel_size=2, input_size=4)
INVERTED = InvertedResidual(in_channels=2, out_channels=3, expand_ratio=2, input_size=3)
BOXES = RoIAlign(output_size=3, spatial_scale=1, input_size=3, sampling_ratio=2)
RESIZED = Interpolate(input_size=3, output_size=4)
FAMILIES = {
    "x": numbers(3, 4, 4), "D": numbers(4, 3, 3, seed=2), "P": numbers(3, 2, seed=3),
    "W": numbers(3, 2, 3, 3, seed=4), "Wf": numbers(4, 2, seed=5), "Wp": numbers(3, 4, seed=6),
    "offset": numbers(8, 3, 3, seed=7) / 4, "roi": numbers(3, 4, seed=8), "R": Fraction(2),
    "U": numbers(3, 2, seed=9), "V": numbers(2, 2, 2, 2, seed=10),
}  # fmt: skip
GROUPS = {"x": numbers(4), "W": numbers(4, 2, seed=2), "chosen": numbers(2, 2) * 0 + 1}
LINE = {"x": numbers(6), "w": numbers(3, seed=2)}
FILTER = {"x": numbers(5, 5), "u": numbers(2, seed=2), "v": numbers(2, seed=3)}
RULES: dict[str, tuple[Callable[..., Formula], str, dict[str, object]]] = {
    "depthwise": (SEPARABLE.depthwise, "uvc", FAMILIES),
    "separable": (SEPARABLE.forward, "cuv", FAMILIES),
    "factored": (SEPARABLE.factored, "cvu", FAMILIES),
    "standard": (SEPARABLE.standard, "cvu", FAMILIES),
    "inverted": (lambda *place: INVERTED.forward(*place, lambda x: x), "huc", FAMILIES),
    "squeeze": (GATE.squeeze, "i", {"x": numbers(4, 2, 2)}),
    "grouped": (GROUPED.forward, "m", GROUPS),
    "masked matrix": (GROUPED.masked_entry, "mc", GROUPS),
    "masked": (MASKED.forward, "cuv", FAMILIES),
    "causal": (CausalConv1d(kernel_size=3).forward, "j", LINE),
    "deformed": (DEFORMED.forward, "ciu", FAMILIES),
    "resized": (RESIZED.forward, "jic", FAMILIES),
    "boxes": (BOXES.forward, "ajib", FAMILIES),
    "unfolded": (UNFOLDED.at_once, "ruc", FAMILIES),
    "two layers": (UNFOLDED.in_two_layers, "rvc", FAMILIES),
    "filter at once": (lambda *place: separable_filter(place, 2)[0], "ab", FILTER),
    "filter in turn": (lambda *place: separable_filter(place, 2)[1], "ba", FILTER),
}  # fmt: skip


@pytest.mark.parametrize(("rule", "names", "families"), RULES.values(), ids=RULES)
def test_places_may_hold_the_names_that_a_layer_binds(
    rule: Callable[..., Formula], names: str, families: dict[str, object]
) -> None:
    written = rule(*map(Symbol, names))
    for place in product((0, 1), repeat=len(names)):
        point = {name: Fraction(value) for name, value in zip(names, place, strict=True)}
        assert at(written, **families, **point) == at(rule(*place), **families)


def test_a_gate_at_a_channel_of_any_name() -> None:
    assert "c" in free_names(GATE.hidden(Symbol("c")))
    assert "k" in free_names(GATE.excitation(Symbol("k")))
    assert set("cij") <= set(free_names(GATE.forward(*map(Symbol, "cij"))))


def test_products_and_sums_as_they_are_written() -> None:
    k = Symbol("K")
    assert plain(sizes.product(28, k, 1, k * 3)) == "28*K*K*3"
    assert plain(sizes.product(28, 0, k)) == "0"
    assert plain(sizes.total((formula(0), k, formula(2)))) == "K + 2"
    assert plain(sizes.area((formula(3), formula(3)))) == "3*3"
    assert plain(sizes.area((k, k))) == "K^2"
    assert plain(sizes.over(k, ("i", k), ("j", formula(3)))) == (
        "Sum(Sum(K, (j, 0, 2)), (i, 0, K - 1))"
    )


def test_numbers_are_folded_and_symbols_left() -> None:
    assert plain(sizes.folded(formula(7) * 2 / 4)) == "7/2"
    assert sizes.known(formula(7) / 2) is None
    assert sizes.exactly(Symbol("K")) is None
    assert plain(sizes.quotient("layer", "r divides C", Symbol("C"), Symbol("r"))) == "C/r"
    assert plain(sizes.quotient("layer", "r divides C", Symbol("C"), Symbol("C"))) == "1"


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: sizes.count("layer", "size", Fraction(9, 2)), "layer: size is 9/2, but it is an"),
        (lambda: sizes.counts("layer", "size", (3, 0)), "layer: size is 0, but it is an integer"),
        (lambda: sizes.quotient("layer", "r divides C", 7, 2), "r divides C, but 2 does not"),
    ],
)
def test_bad_input(make: Callable[[], object], message: str) -> None:
    with pytest.raises(AuthorError, match=message):
        make()
