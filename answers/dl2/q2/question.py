"""dl2 Q2: dilated convolution, the relative receptive field, and the cheapest net that has it."""

from __future__ import annotations

from symcnn.claims import Answer, Problem

ANSWER = Answer(
    problem=Problem(
        title="Dilated convolution",
        points=15,
        statement=(
            r"A dilated convolution leaves gaps between the positions that its kernel reads. That "
            r"is not its stride, which is how far the kernel moves from one output to the next. A "
            r"network has $L$ convolutional layers; layer $l$ has kernels of $k_l \times k_l$ "
            r"taps, dilation $d_l$, stride $s_l$ and no padding. Its input has $M \times M$ "
            r"pixels. The relative receptive field is the side of what an output of the last layer "
            r"sees, divided by the side of the input."
        ),
        notation=(
            r"Layers are numbered from 1 at the input, positions and taps from 0. The receptive "
            r"field of $L$ layers has the side $R_L$; neighbouring outputs see fields that lie one "
            r"jump $J_L$ apart. An empty product is 1. A MAC is one multiplication with one "
            r"addition; costs are counted in MACs."
        ),
        given={"M": 33, "k": 3},
    ),
    claims=(),
)
