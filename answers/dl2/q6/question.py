"""dl2 Q6: the building blocks of MobileNet, what they cost, and what they can and cannot do."""

from __future__ import annotations

from symcnn.claims import Answer, Problem

ANSWER = Answer(
    problem=Problem(
        title="MobileNet",
        points=35,
        statement=(
            r"The MobileNets V1 to V3 are convolutional networks for telephones and other small "
            r"devices. They are built from four ideas: depthwise separable convolutions, inverted "
            r"residual blocks with linear bottlenecks, squeeze-and-excitation, and a search for "
            r"the architecture itself. Derive what each of them computes and what it costs, and "
            r"judge what is said in its favour."
        ),
        notation=(
            r"Convolution means cross-correlation. A kernel $W$ has the shape $C_{\mathrm{out}} "
            r"\times C_{\mathrm{in}} \times K \times K$; $o$ and $c$ number output and input "
            r"channels, $u$ and $v$ the taps, $p$ and $q$ the positions, all from 0. Layers have "
            r"no biases unless it is said. A MAC is one multiplication with one addition; costs "
            r"are counted in MACs, at output positions, unless another convention is named."
        ),
    ),
    claims=(),
)
