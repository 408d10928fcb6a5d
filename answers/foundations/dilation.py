"""Foundations: a dilated convolution is a convolution with the kernel K kron e11, cropped."""

from __future__ import annotations

from collections.abc import Callable

from symcnn.claims import (
    Answer,
    Box,
    Equation,
    Part,
    Problem,
    Proved,
    Refuted,
    Say,
    Show,
    Statement,
    claim,
)
from symcnn.formula import (
    Array,
    Bracket,
    Call,
    Compare,
    Formula,
    Index,
    Sum,
    Symbol,
    formula,
    mul,
    table,
)
from symcnn.layers import Conv1d, Conv2d

FITS = (
    "N, K, S, D: positive integer; P: nonnegative integer; D*(K - 1) < N + 2*P; w, x: indexed real"
)
FITS_2D = (
    "N_1, N_2, K_1, K_2, S_1, S_2, D: positive integer; P_1, P_2: nonnegative integer; "
    "D*(K_1 - 1) < N_1 + 2*P_1; D*(K_2 - 1) < N_2 + 2*P_2; w, x: real indexed by 2"
)
BARE = "N, K, D: positive integer; D*(K - 1) < N; w, x: indexed real"
SMALL = "w, x: real indexed by 2"

D, K = Symbol("D"), Symbol("K")
dilated = Conv1d.symbolic()
wide = Conv1d(
    input_size=dilated.input_size,
    kernel_size=D * (K - 1) + 1,
    stride=dilated.stride,
    padding=dilated.padding,
)
uncropped = Conv1d(
    input_size=dilated.input_size,
    kernel_size=D * K,
    stride=dilated.stride,
    padding=dilated.padding,
)
# For near misses: without stride and padding.
bare = Conv1d(input_size=dilated.input_size, kernel_size=K, dilation=D)
bare_wide = Conv1d(input_size=dilated.input_size, kernel_size=D * (K - 1) + 1)
numbers = Conv2d.symbolic()
image = Conv2d(
    input_size=numbers.input_size,
    kernel_size=numbers.kernel_size,
    stride=numbers.stride,
    padding=numbers.padding,
    dilation=D,
)
wide_image = Conv2d(
    input_size=numbers.input_size,
    kernel_size=tuple(D * (size - 1) + 1 for size in image.per_axis("kernel_size")),
    stride=numbers.stride,
    padding=numbers.padding,
)
# The smallest case in which all kernels differ: 2 x 2 taps with dilation 2 on a 4 x 4 image.
tiny, tiny_wide = (
    Conv2d(input_size=4, kernel_size=2, dilation=2),
    Conv2d(input_size=4, kernel_size=3),
)


def over(body: Formula, *ranges: tuple[str, Formula | int]) -> Formula:
    """The nested sum, each name from 0 to its size - 1."""
    for name, size in reversed(ranges):
        body = Sum(body, name, formula(0), formula(size) - 1)
    return body


def equal(left: Formula | int, right: Formula | int) -> Formula:
    """1 where both are equal, else 0."""
    return Bracket(Compare("=", left, right))


def row_kron(*, kernel_first: bool, unit: bool) -> Callable[[Formula | int], Formula]:
    """Tap ``t`` of ``w kron e_1`` or ``e_1 kron w``; without ``unit``, of ``w kron (1, ..., 1)``.

    ``(a kron b)[n r + q] = a[r] b[q]`` where b has n entries.
    """
    q, r = Symbol("q"), Symbol("r")

    def tap(t: Formula | int) -> Formula:
        place = D * q + r if kernel_first else K * r + q
        one = (equal(r, 0),) if unit else ()
        return over(mul((Index("w", (q,)), *one, equal(t, place))), ("q", K), ("r", D))

    return tap


def kron(
    factor: Formula,
    sizes: tuple[Formula | int, Formula | int],
    gap: Formula | int,
    *,
    kernel_first: bool = True,
) -> Callable[[Formula | int, Formula | int], Formula]:
    """Tap ``(t, u)`` of ``w kron E`` or ``E kron w``; ``factor`` is ``E[r, v]``, of gap x gap."""
    q, m, r, v = map(Symbol, ("q", "m", "r", "v"))
    height, width = map(formula, sizes)
    gap = formula(gap)

    def tap(t: Formula | int, u: Formula | int) -> Formula:
        inner, outer = ((q, m), (r, v)) if not kernel_first else ((r, v), (q, m))
        steps = (gap, gap) if kernel_first else (height, width)
        places = tuple(n * a + b for n, a, b in zip(steps, outer, inner, strict=True))
        entry = mul((Index("w", (q, m)), factor, equal(t, places[0]), equal(u, places[1])))
        return over(entry, ("q", height), ("m", width), ("r", gap), ("v", gap))

    return tap


def corner() -> Formula:
    """``e_11``: 1 in the first row and column, else 0."""
    return mul((equal(Symbol("r"), 0), equal(Symbol("v"), 0)))


@claim(expect=Proved)
def stretched_kernel() -> Statement:
    r"""$K \otimes e_{11}$ puts the taps two apart and ends in a row and a column of zeros, which
    are cropped."""
    return Equation(
        "Matrix([[a, 0, b, 0], [0, 0, 0, 0], [c, 0, d, 0], [0, 0, 0, 0]])",
        "kron(Matrix([[a, b], [c, d]]), Matrix([[1, 0], [0, 0]]))",
    )


@claim(expect=Proved, given="K: positive integer; w: indexed real")
def stretched_row() -> Statement:
    """Entry $3j$ of $w \\otimes (1, 0, 0)$ is $w_j$, all others are 0."""
    row = Array((K,), ("q",), Index("w", (Symbol("q"),)))
    taps = over(Index("w", (Symbol("q"),)) * equal(Symbol("t"), 3 * Symbol("q")), ("q", K))
    return Equation(Array((K * 3,), ("t",), taps), Call("kron", (row, table([1, 0, 0]))))


@claim(expect=Proved, given=FITS)
def dilated_on_one_axis() -> Statement:
    r"""The convolution with the $D(K-1) + 1$ first taps of $w \otimes e_1$ is the dilated one."""
    return Equation(wide.output(tap=row_kron(kernel_first=True, unit=True)), dilated.output())


@claim(expect=Refuted, given=f"{FITS}; D*K <= N + 2*P", corrected_by="dilated_on_one_axis")
def uncropped_kernel() -> Statement:
    r"""A near miss: all $D K$ taps; the zeros at the end take outputs away."""
    return Equation(uncropped.output(tap=row_kron(kernel_first=True, unit=True)), dilated.output())


@claim(expect=Refuted, given=FITS, corrected_by="dilated_on_one_axis")
def factors_exchanged() -> Statement:
    r"""A near miss: $e_1 \otimes w$ leaves the taps side by side and appends zeros."""
    return Equation(wide.output(tap=row_kron(kernel_first=False, unit=True)), dilated.output())


@claim(expect=Refuted, given=BARE, corrected_by="dilated_on_one_axis")
def taps_repeated() -> Statement:
    r"""A near miss: $w \otimes (1, \dots, 1)$ repeats each tap $D$ times."""
    return Equation(bare_wide.output(tap=row_kron(kernel_first=True, unit=False)), bare.output())


@claim(expect=Proved, given=FITS_2D)
def dilated_image() -> Statement:
    r"""The convolution with $K \otimes e_{11}$, $e_{11}$ being $D \times D$, cropped to
    $D(K_1 - 1) + 1$ times $D(K_2 - 1) + 1$ taps, is the dilated one."""
    first, second = image.per_axis("kernel_size")
    return Equation(wide_image.output(tap=kron(corner(), (first, second), D)), image.output())


@claim(expect=Proved, given=SMALL)
def both_orders() -> Statement:
    r"""The taps used here are the entries of the Kronecker products: $K \otimes e_{11}$ above
    $e_{11} \otimes K$, for $2 \times 2$ taps and $D = 2$."""
    t, u = Symbol("t"), Symbol("u")
    kernel = table([[Index("w", (formula(q), formula(m))) for m in (0, 1)] for q in (0, 1)])
    one = table([[1, 0], [0, 0]])
    first, second = (
        Array((formula(4),) * 2, ("t", "u"), kron(corner(), (2, 2), 2, kernel_first=order)(t, u))
        for order in (True, False)
    )
    weight = Symbol("z")
    return Equation(
        first + weight * second,
        Call("kron", (kernel, one)) + weight * Call("kron", (one, kernel)),
    )


@claim(expect=Refuted, given=SMALL, corrected_by="dilated_image")
def image_factors_exchanged() -> Statement:
    r"""A near miss: $e_{11} \otimes K$ is the kernel in the corner of a block of zeros."""
    taps = kron(corner(), (2, 2), 2, kernel_first=False)
    return Equation(tiny_wide.output(tap=taps), tiny.output())


@claim(expect=Refuted, given=SMALL, corrected_by="dilated_image")
def identity_instead() -> Statement:
    r"""A near miss: $K \otimes I$ repeats each tap along a diagonal."""
    taps = kron(equal(Symbol("r"), Symbol("v")), (2, 2), 2)
    return Equation(tiny_wide.output(tap=taps), tiny.output())


AXIS = Part(
    "1",
    "Write a dilated convolution on one axis as one without dilation.",
    (
        Say(
            "gaps",
            r"Tap $j$ of a dilated kernel acts $D j$ places further on. An ordinary kernel with "
            r"$w_j$ at place $D j$ and zeros elsewhere does the same: that is $w \otimes e_1$, "
            r"where $e_1$ has $D$ entries, without the $D - 1$ zeros at its end.",
        ),
        Box("axis", "The first $D(K-1) + 1$ taps:", dilated_on_one_axis),
        Say(
            "wrong",
            r"The Kronecker product does not commute: $e_1 \otimes w$ leaves the taps side by "
            r"side.",
        ),
    ),
)
IMAGE = Part(
    "2",
    "The same for images.",
    (
        Say("image", r"With taps two apart the product and its zeros look like this:"),
        Show(stretched_kernel),
        Say(
            "identity",
            r"With $I$ in place of $e_{11}$ each tap would stand on a whole diagonal; with "
            r"$e_{11} \otimes K$ the kernel would stay as it is.",
        ),
    ),
)

ANSWER = Answer(
    problem=Problem(
        title="Dilated convolution as a Kronecker product",
        statement=(
            r"A convolution with kernel $K$ and dilation $D$ leaves $D - 1$ gaps between its taps. "
            r"Which kernel without gaps computes the same?"
        ),
        notation=(
            r"$e_1 = (1, 0, \dots, 0)$ has $D$ entries and $e_{11}$ is $D \times D$ with a single "
            r"1 in its first row and column."
        ),
        parts=(AXIS, IMAGE),
    ),
    claims=(
        stretched_kernel, stretched_row, dilated_on_one_axis, uncropped_kernel, factors_exchanged,
        taps_repeated, dilated_image, both_orders, image_factors_exchanged, identity_instead,
    ),
)  # fmt: skip
