"""The inverted residual block: expand with 1x1, filter each channel, project with 1x1."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from symcnn.formula.arrays import Array
from symcnn.formula.conditions import And, Compare, Condition
from symcnn.formula.nodes import Call, Formula, Index, Operand, Symbol, Unknown, formula
from symcnn.layers.counts import conv_macs, conv_parameters
from symcnn.layers.sizes import Formulas, Pair, apart, count, folded, known, over, product, total
from symcnn.layers.window import Window2d

Function = Callable[[Formula], Formula]


def relu6(x: Formula) -> Formula:
    """``min(max(x, 0), 6)``, the nonlinearity of MobileNetV2.

    >>> from symcnn.formula.plain import plain
    >>> plain(relu6(Symbol("x")))
    'min(max(x, 0), 6)'
    """
    return Call("min", (Call("max", (x, formula(0))), formula(6)))


def unknown(name: str) -> Function:
    """An unspecified smooth nonlinearity: proofs with it hold for every one.

    >>> unknown("phi")(Symbol("x"))
    Unknown('phi', (Symbol('x'),), (0,))
    """
    return lambda x: Unknown(name, (x,))


@dataclass(frozen=True, slots=True, kw_only=True)
class InvertedResidual:
    r"""``out = Wp phi(D * phi(Wf x))``; the shortcut, ``x`` added to it where stride is 1 and the
    channels agree, is left to whoever composes blocks.

    Wf has shape (t*C_in, C_in), D (t*C_in, K, K), Wp (C_out, t*C_in); t is the expansion factor.
    The projection is linear. The spatial step has ``padding`` (K - 1)/2 unless it is said.
    Normalisation layers are not counted, biases are absent: batch normalisation follows each step.
    ``skip_unit_expansion`` leaves the expansion out where t is literally 1, as MobileNetV2 does.
    Source: Sandler et al., "MobileNetV2" (2018), section 3 and table 1; torchvision's class of the
    same name.

    >>> block = InvertedResidual(in_channels=24, out_channels=24, expand_ratio=6, input_size=56)
    >>> str(folded(block.parameters()).value)
    '8208'
    """

    in_channels: Operand
    out_channels: Operand
    expand_ratio: Operand
    input_size: Operand | Pair
    kernel_size: Operand = 3
    stride: Operand = 1
    padding: Operand | None = None
    skip_unit_expansion: bool = False
    input: str = "x"

    def __post_init__(self) -> None:
        for name in ("in_channels", "out_channels", "expand_ratio", "kernel_size", "stride"):
            value = count("InvertedResidual", name, getattr(self, name))
            object.__setattr__(self, name, value)
        if self.padding is None:
            half = folded((self._size("kernel_size") - 1) / 2)
            object.__setattr__(self, "padding", half)
        self.window()

    def window(self) -> Window2d:
        """Where an output looks in the middle, spatial step."""
        padding = self._size("padding")
        return Window2d(
            input_size=self.input_size,
            kernel_size=self.kernel_size,
            stride=self.stride,
            padding=(padding, padding),
            owner="InvertedResidual",
        )

    def hidden_channels(self) -> Formula:
        """``t * C_in``."""
        return folded(product(self._size("expand_ratio"), self._size("in_channels")))

    def widths(self) -> tuple[Formula, Formula, Formula, Formula]:
        """The channels after each step: ``C_in, t*C_in, t*C_in, C_out``."""
        hidden = self.hidden_channels()
        return self._size("in_channels"), hidden, hidden, self._size("out_channels")

    def has_shortcut(self) -> Condition:
        """``stride = 1 and C_in = C_out``: only then the input is added to the output."""
        same = Compare("=", self._size("in_channels"), self._size("out_channels"))
        return And((Compare("=", self._size("stride"), 1), same))

    def expanded(self) -> bool:
        """Is there an expansion step?"""
        return not (self.skip_unit_expansion and known(self._size("expand_ratio")) == 1)

    def parameters(self) -> Formula:
        """``t*C_in * (C_in + K^2 + C_out)``, as the sum of its three steps; no bias."""
        return total(self._parameter_terms())

    def macs(self, output_size: Operand | Pair | None = None) -> Formula:
        """``H*W*t*C_in^2 + H'*W'*t*C_in*(K^2 + C_out)``: the expansion works at the input's size.

        Where an output size is named, the stride is 1 and it is the size of all three steps.
        """
        hidden, inputs = self.hidden_channels(), self._size("in_channels")
        before: Pair = self.window().pair("input_size")
        after: Operand | Pair = self.window().output_size()
        if output_size is not None:
            pair = output_size if isinstance(output_size, tuple) else (output_size, output_size)
            before = after = pair
        spatial = conv_macs(after, hidden, hidden, self.kernel_size, groups=hidden)
        projection = conv_macs(after, hidden, self.out_channels)
        first = (conv_macs(before, inputs, hidden),) if self.expanded() else ()
        return total((*first, spatial, projection))

    def forward(self, o: Operand, p: Operand, q: Operand, phi: Function = relu6) -> Formula:
        """Output channel ``o`` at (p, q), without the shortcut; ``phi`` is the nonlinearity."""
        h = Symbol("h")
        return apart(
            lambda o, p, q: over(
                Index("Wp", (o, h)) * phi(self._filtered(h, p, q, phi)),
                ("h", self.hidden_channels()),
            ),
            o, p, q,
        )  # fmt: skip

    def output(self, phi: Function = relu6) -> Array:
        """All outputs without the shortcut, an array of shape (C_out, H', W')."""
        shape = (self._size("out_channels"), *self.window().output_size())
        entry = self.forward(Symbol("o"), Symbol("p"), Symbol("q"), phi)
        return Array(shape, ("o", "p", "q"), entry)

    def _expansion(self, h: Formula, place: Formulas, phi: Function) -> Formula:
        if not self.expanded():
            return Index(self.input, (h, *place))
        c = Symbol("c")
        mixed = Index("Wf", (h, c)) * Index(self.input, (c, *place))
        return phi(over(mixed, ("c", self._size("in_channels"))))

    def _filtered(self, h: Formula, p: Operand, q: Operand, phi: Function) -> Formula:
        window = self.window()
        place = window.place((p, q), (Symbol("u"), Symbol("v")))
        tap = Index("D", (h, Symbol("u"), Symbol("v")))
        seen = self._expansion(h, place, phi)
        return window.taps(product(tap, seen, *window.inside(place)))

    def _parameter_terms(self) -> tuple[Formula, ...]:
        hidden, inputs = self.hidden_channels(), self._size("in_channels")
        spatial = conv_parameters(hidden, hidden, self.kernel_size, groups=hidden)
        projection = conv_parameters(hidden, self.out_channels)
        first = (conv_parameters(inputs, hidden),) if self.expanded() else ()
        return (*first, spatial, projection)

    def _size(self, name: str) -> Formula:
        return formula(getattr(self, name))


def bottleneck_parameters(
    channels: Operand, reduction: Operand = 4, kernel_size: Operand = 3
) -> Formula:
    """ResNet's bottleneck, wide-narrow-wide: ``C*C/r + (C/r)^2*K^2 + (C/r)*C`` weights, no bias.

    For r = 4 and K = 3 that is ``17*C^2/16``. Source: He et al. (2015), figure 5.

    >>> str(folded(bottleneck_parameters(256)).value)
    '69632'
    """
    wide = count("Bottleneck", "channels", channels)
    narrow = folded(wide / count("Bottleneck", "reduction", reduction))
    return total(
        (
            conv_parameters(wide, narrow),
            conv_parameters(narrow, narrow, kernel_size),
            conv_parameters(narrow, wide),
        )
    )
