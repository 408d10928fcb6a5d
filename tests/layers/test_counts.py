"""Parameters and MACs of convolutions, against the convolution layers and against loops."""

from __future__ import annotations

import pytest

from symcnn.layers.conv2d import Conv2d
from symcnn.layers.counts import conv_macs, conv_macs_without_padding, conv_parameters
from symcnn.layers.window import Window2d
from tests.layers.values import whole


@pytest.mark.parametrize("groups", [1, 2])
def test_counts_agree_with_the_convolution_layer(groups: int) -> None:
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
