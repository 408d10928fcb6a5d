"""dl2 Q4: a convolution as a matrix, its gradient, and the transposed convolution."""

from __future__ import annotations

from symcnn.claims import (
    Answer,
    Box,
    Cell,
    Derivation,
    Equation,
    Figure,
    Grid,
    HoldsUnder,
    Link,
    Part,
    Problem,
    Proved,
    Refuted,
    Say,
    Show,
    Statement,
    claim,
)
from symcnn.formula import Array, Bracket, Compare, Formula, Mul, Symbol, Unknown, formula, table
from symcnn.formula.differentiate import differentiate
from symcnn.layers import Conv1d, ConvTranspose1d

FAMILIES = "w, k, x, dL_do: indexed real"

# The layer of parts 1-3, the same one on an input that is padded already, and its way back.
conv = Conv1d(input_size=4, kernel_size=3, padding=1, first=1)
bare = Conv1d(input_size=6, kernel_size=3, first=1)
back = Conv1d(input_size=4, kernel_size=3, padding=1, first=1, input="dL_do")
# Part 4, without and with padding; the source calls its kernel k there.
up = ConvTranspose1d(input_size=4, kernel_size=3, first=1)
up_k = ConvTranspose1d(input_size=4, kernel_size=3, first=1, weight="k")
cropped_k = ConvTranspose1d(input_size=4, kernel_size=3, padding=1, first=1, weight="k")

BAND = "[w_1, w_2, w_3, 0, 0, 0], [0, w_1, w_2, w_3, 0, 0], [0, 0, w_1, w_2, w_3, 0]"
WIDE = f"Matrix([{BAND}, [0, 0, 0, w_1, w_2, w_3]])"
TALL = (
    "Matrix([[w_1, 0, 0, 0], [w_2, w_1, 0, 0], [w_3, w_2, w_1, 0], [0, w_3, w_2, w_1], "
    "[0, 0, w_3, w_2], [0, 0, 0, w_3]])"
)
TRIDIAGONAL = "Matrix([[w_2, w_3, 0, 0], [w_1, w_2, w_3, 0], [0, w_1, w_2, w_3], [0, 0, w_1, w_2]])"
NUMBERS = "Matrix([[2, 3, 0, 0], [1, 2, 3, 0], [0, 1, 2, 3], [0, 0, 1, 2]])"
OUTPUT = (
    "Vector([x_1*w_2 + x_2*w_3, x_1*w_1 + x_2*w_2 + x_3*w_3, "
    "x_2*w_1 + x_3*w_2 + x_4*w_3, x_3*w_1 + x_4*w_2])"
)
UPSTREAM = "Vector([dL_do[1], dL_do[2], dL_do[3], dL_do[4]])"
GRADIENT = (
    "Vector([dL_do[1]*w_2 + dL_do[2]*w_1, dL_do[1]*w_3 + dL_do[2]*w_2 + dL_do[3]*w_1, "
    "dL_do[2]*w_3 + dL_do[3]*w_2 + dL_do[4]*w_1, dL_do[3]*w_3 + dL_do[4]*w_2])"
)
MIDDLE = (
    "k_2*x_1 + k_1*x_2, k_3*x_1 + k_2*x_2 + k_1*x_3, k_3*x_2 + k_2*x_3 + k_1*x_4, k_3*x_3 + k_2*x_4"
)


def backward() -> Array:
    """The upstream gradient, padded by 1, correlated with the reversed kernel."""
    return back.output(tap=back.reversed_tap)


def losses() -> tuple[Unknown, tuple[Formula, ...]]:
    """An unknown loss of the four outputs, and its four partial derivatives there."""
    outputs = (conv.linear_map() @ table([conv.signal(i) for i in range(4)])).entries
    units = [tuple(int(o == chosen) for o in range(4)) for chosen in range(4)]
    return Unknown("L", outputs), tuple(Unknown("L", outputs, orders) for orders in units)


@claim(expect=Proved, given=FAMILIES, role="source", source=("dl2.q4.matrix",))
def matrix_form() -> Statement:
    r"""On the padded input the convolution is a banded $4 \times 6$ matrix."""
    return Equation(WIDE, bare.matrix())


@claim(expect=Proved, given=FAMILIES, role="source", source=("dl2.q4.question.matrix",))
def product_is_convolution() -> Statement:
    r"""The matrix times the padded input is the convolution with padding 1."""
    return Equation(Mul((bare.linear_map().table(), padded_input())), conv.output())


@claim(expect=Proved, given=FAMILIES, role="source", source=("dl2.q4.output",))
def output_entries() -> Statement:
    """The four output entries, written out."""
    return Equation(OUTPUT, conv.output())


@claim(expect=Proved, given=FAMILIES)
def forward_derivation() -> Statement:
    """The output, from the matrix to its entries."""
    product = Mul((bare.linear_map().table(), padded_input()))
    return Derivation(
        conv.output(),
        (
            Link(product, "each row of the matrix holds the kernel, one step further right"),
            Link(OUTPUT, "multiply out; the padding contributes nothing"),
        ),
    )


@claim(expect=Proved, given=FAMILIES, role="source", source=("dl2.q4.chain",))
def chain_rule() -> Statement:
    r"""For every differentiable loss $L$, the row $\partial L/\partial x$ is the row
    $\partial L/\partial o$ times the Jacobian $\partial o/\partial x$."""
    loss, partials = losses()
    derivative = differentiate(loss, conv.signal(Symbol("i")))
    gradient = Array((formula(4),), ("i",), derivative)
    return Equation(Mul((table(partials), conv.input_jacobian())), gradient)


@claim(expect=Proved, given=FAMILIES, role="source", source=("dl2.q4.jacobian",))
def jacobian() -> Statement:
    r"""The Jacobian $\partial o/\partial x$ is tridiagonal with $w_2$ on its diagonal."""
    return Equation(TRIDIAGONAL, conv.input_jacobian())


@claim(expect=Proved, given=FAMILIES)
def jacobian_by_sympy() -> Statement:
    """SymPy, which differentiates the written-out output, finds the same Jacobian."""
    return Equation(conv.jacobian(), conv.input_jacobian())


@claim(expect=Refuted, given=FAMILIES, corrected_by="jacobian")
def jacobian_transposed() -> Statement:
    """A near miss: the transposed Jacobian, with the first and last taps exchanged."""
    return Equation(conv.input_jacobian().T, conv.input_jacobian())


@claim(expect=Proved, given=FAMILIES, role="source", source=("dl2.q4.question.grad",))
def input_gradient() -> Statement:
    """The gradient is the upstream row times columns 2 to 5 of the matrix of part 1."""
    columns = Array((formula(4), formula(4)), ("o", "i"), bare.entry(Symbol("o"), Symbol("i") + 1))
    return Equation(Mul((upstream(), columns)), conv.input_gradient())


@claim(expect=Proved, given=FAMILIES)
def gradient_derivation() -> Statement:
    """The gradient with respect to the input, from the chain rule to one convolution."""
    return Derivation(
        conv.input_gradient(),
        (
            Link(f"{UPSTREAM} * {TRIDIAGONAL}", "the chain rule, with the Jacobian written out"),
            Link(GRADIENT, "multiply out"),
            Link(backward(), "windows of the padded upstream gradient times the reversed kernel"),
        ),
    )


@claim(expect=Proved, given=FAMILIES, role="source", source=("dl2.q4.op",))
def padded_and_reversed() -> Statement:
    """Pad the upstream gradient by 1 and convolve it with the reversed kernel."""
    return Equation(backward(), conv.input_gradient())


@claim(expect=Refuted, given=FAMILIES, corrected_by="padded_and_reversed")
def reversed_twice() -> Statement:
    """A near miss: the convolution of signal processing, which reverses the kernel once more."""
    return Equation(back.output(), conv.input_gradient())


@claim(
    expect=HoldsUnder,
    given="N, K, S: positive integer; P: nonnegative integer; P <= K - 1; K <= N + 2*P; "
    "w, dL_do: indexed real",
    needs="S = 1", role="source", source=("dl2.q4.question.op",),
)  # fmt: skip
def padded_and_reversed_in_general() -> Statement:
    r"""In general: pad the upstream gradient by $K-1-P$ and convolve it with the reversed kernel,
    provided that the stride is 1."""
    K, P = Symbol("K"), Symbol("P")
    layer = Conv1d(input_size=Symbol("N"), kernel_size=K, stride=Symbol("S"), padding=P)
    size = layer.output_size()
    way_back = Conv1d(input_size=size, kernel_size=K, padding=K - 1 - P, input="dL_do")
    return Equation(way_back.output(tap=way_back.reversed_tap), layer.input_gradient())


@claim(expect=Proved, given=FAMILIES, role="source", source=("dl2.q4.question.tconv",))
def transposed_matrix_form() -> Statement:
    r"""The transposed convolution is a $6 \times 4$ matrix whose columns hold the kernel."""
    return Equation(TALL, up.matrix())


@claim(expect=Proved, given=FAMILIES, role="source", source=("dl2.q4.transpose",))
def matrix_is_transpose() -> Statement:
    r"""It is the transpose $W^\top$ of the matrix of part 1."""
    return Equation(up.matrix(), bare.matrix().T)


@claim(
    expect=HoldsUnder,
    given="N, K, S, D: positive integer; P: nonnegative integer; D*(K - 1) < N + 2*P; "
    "w: indexed real",
    needs="S divides N + 2*P - D*(K - 1) - 1",
)
def matrix_is_transpose_in_general() -> Statement:
    """For every kernel, padding, dilation and stride: the transposed convolution of the output
    has the transposed matrix, provided that the stride divides the span of the window."""
    layer = Conv1d.symbolic()
    transposed = ConvTranspose1d(
        input_size=layer.output_size(),
        kernel_size=layer.kernel_size,
        stride=layer.stride,
        padding=layer.padding,
        dilation=layer.dilation,
    )
    return Equation(transposed.matrix(), layer.matrix().T)


@claim(expect=Refuted, given=FAMILIES, corrected_by="matrix_is_transpose")
def undoes_the_convolution() -> Statement:
    r"""A common belief: the transposed convolution is the inverse, $W W^\top = I$."""
    same = Bracket(Compare("=", Symbol("a"), Symbol("b")))
    identity = Array((formula(4), formula(4)), ("a", "b"), same)
    return Equation(Mul((bare.matrix(), up.matrix())), identity)


@claim(expect=Proved, given=FAMILIES, role="source", source=("dl2.q4.tconv-output",))
def transposed_output() -> Statement:
    """The six output entries of the transposed convolution."""
    return Equation(f"Vector([k_1*x_1, {MIDDLE}, k_3*x_4])", up_k.output())


@claim(expect=Proved, given=FAMILIES)
def transposed_derivation() -> Statement:
    """The output of the transposed convolution, from the scatter rule to its entries."""
    return Derivation(
        up_k.output(),
        (
            Link(
                Mul((up_k.linear_map().table(), table([up_k.signal(i) for i in range(4)]))),
                r"input $x_i$ adds the kernel, scaled by its value, from position $i$ on",
            ),
            Link(f"Vector([k_1*x_1, {MIDDLE}, k_3*x_4])", "multiply out"),
        ),
    )


@claim(expect=Proved, role="source", source=("dl2.q4.tconv-size",))
def transposed_size() -> Statement:
    r"""It takes $\mathbb R^4$ to $\mathbb R^6$: steps between inputs, and a kernel at the last."""
    return Equation("(4 - 1)*1 - 2*0 + 3", up.output_size())


@claim(expect=Proved, given=FAMILIES, role="source", source=("dl2.q4.tconv-pad",))
def padding_one_drops_both_ends() -> Statement:
    """With padding 1 the first and the last entry disappear."""
    return Equation(f"Vector([{MIDDLE}])", cropped_k.output())


@claim(
    expect=Refuted, given=FAMILIES, role="source", source=("dl2.q4.tconv-pad",),
    corrected_by="padding_one_drops_both_ends",
)  # fmt: skip
def padding_zero_drops_both_ends() -> Statement:
    """With padding zero the first and the last entry disappear (the wording of the source)."""
    return Equation(f"Vector([{MIDDLE}])", up_k.output())


@claim(expect=Proved)
def example_output() -> Statement:
    """The example forwards, without the zeros and the columns that meet them."""
    return Equation(f"{NUMBERS}*Vector([1, 2, 3, 4])", "Vector([8, 14, 20, 11])")


@claim(expect=Proved)
def example_gradient() -> Statement:
    """The example backwards: the row comes from the left."""
    return Equation(f"Vector([1, 1, 1, 1])*{NUMBERS}", "Vector([3, 6, 6, 5])")


def padded_input() -> Formula:
    """The input with a zero at both ends."""
    return table([0, *(conv.signal(i) for i in range(4)), 0])


def upstream() -> Formula:
    """The row of upstream derivatives."""
    return table([conv.member("dL_do", o) for o in range(4)])


def band_picture() -> Grid:
    """The matrix of part 1, coloured by kernel tap."""
    grid = bare.linear_map().grid()
    return Grid(
        cells=tuple(
            tuple(Cell() if tap is None else Cell(f"w_{tap + 1}", tap) for tap in row)
            for row in grid
        ),
        rows=("o_1", "o_2", "o_3", "o_4"),
        columns=("0", "x_1", "x_2", "x_3", "x_4", "0"),
        legend=("w_1", "w_2", "w_3"),
    )


MATRIX = Part(
    "1",
    "Pad the input with one zero at each end. Write the convolution as a matrix and compute its "
    "output.",
    (
        Say(
            "rows",
            r"Append the zeros first: $x' = (0, x_1, x_2, x_3, x_4, 0)^\top$. Output $o_r$ reads "
            r"the three entries of $x'$ from position $r$ on, so row $r$ of the matrix holds the "
            r"kernel, shifted $r-1$ places to the right.",
        ),
        Figure(
            "band",
            r"The matrix $W$, coloured by kernel tap: constant along each diagonal, that is, a "
            r"Toeplitz matrix.",
            band_picture(),
        ),
        Show(forward_derivation),
        Box("output", "The output of the convolution is", output_entries),
        Say("numbers", r"For example, with $w = (1, 2, 3)$ and $x = (1, 2, 3, 4)$:"),
        Show(example_output),
    ),
)
GRADIENT_BY_CHAIN_RULE = Part(
    "2",
    r"Compute $\partial L/\partial x$ by the chain rule.",
    (
        Say(
            "chain",
            r"The chain rule multiplies the row $\partial L/\partial o$ by the Jacobian. Since "
            r"$o = W x'$ and the outer two entries of $x'$ are constants, the Jacobian consists of "
            r"columns 2 to 5 of $W$.",
        ),
        Box("jacobian", "The Jacobian is tridiagonal:", jacobian),
        Say("numbers_back", r"In the example, with $\partial L/\partial o = (1, 1, 1, 1)$:"),
        Show(example_gradient),
    ),
)
GRADIENT_AS_CONVOLUTION = Part(
    "3",
    r"Which operation on $\partial L/\partial o$ yields $\partial L/\partial x$?",
    (
        Say(
            "window",
            r"Multiply the row by the Jacobian and read the result entry by entry: entry $i$ holds "
            r"neighbours of $\partial L/\partial o_i$, with the taps in the opposite order.",
        ),
        Show(gradient_derivation),
        Box(
            "operation",
            r"Pad the upstream gradient by $K - 1 - P = 1$ and convolve it with the kernel read "
            r"backwards.",
        ),
    ),
)
TRANSPOSED = Part(
    "4",
    r"A transposed convolution with the same kernel, stride 1 and padding 0 takes a vector with "
    r"four entries to $\mathbb R^6$. Give its matrix, compare it with part 1, and say what padding "
    r"1 changes.",
    (
        Say(
            "scatter",
            r"A transposed convolution scatters: input $x_i$ adds $x_i w$ to the three outputs "
            r"from position $i$ on. Column $i$ of its matrix is therefore the kernel, shifted "
            r"$i-1$ places down. (The source writes $k$ for the kernel here.)",
        ),
        Show(transposed_derivation),
        Box("transpose", "Its matrix is the transpose of the one in part 1:", matrix_is_transpose),
        Say(
            "crop",
            r"Padding crops a transposed convolution: with $P = 1$ one entry is cut at each end, "
            r"and the output has $(4-1) \cdot 1 - 2 \cdot 1 + 3 = 4$ entries.",
        ),
    ),
)

ANSWER = Answer(
    problem=Problem(
        title="The gradient of a convolution",
        points=15,
        statement=(
            r"A one-dimensional convolution with a kernel $w$ of three taps and stride 1 is "
            r"applied to a vector $x$ with four entries. Its output $o$ feeds a loss $L$."
        ),
        notation=(
            r"Convolution means cross-correlation, as in every deep-learning library. Gradients "
            r"with respect to vectors are rows; Jacobians have one row for each output."
        ),
        parts=(MATRIX, GRADIENT_BY_CHAIN_RULE, GRADIENT_AS_CONVOLUTION, TRANSPOSED),
    ),
    claims=(
        matrix_form, product_is_convolution, output_entries, forward_derivation,
        chain_rule, jacobian, jacobian_by_sympy, jacobian_transposed,
        input_gradient, gradient_derivation, padded_and_reversed, reversed_twice,
        padded_and_reversed_in_general,
        transposed_matrix_form, matrix_is_transpose, matrix_is_transpose_in_general,
        undoes_the_convolution, transposed_output, transposed_derivation, transposed_size,
        padding_one_drops_both_ends, padding_zero_drops_both_ends,
        example_output, example_gradient,
    ),
)  # fmt: skip
