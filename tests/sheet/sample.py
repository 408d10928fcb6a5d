"""A small report made by hand: all four verdicts, a chain, tables, a picture, words in Persian.

The verdicts are written down, not decided: a sheet does not know how a verdict was reached.
"""

from __future__ import annotations

from fractions import Fraction

from symcnn.claims import (
    Answer,
    Box,
    Cell,
    Certificate,
    Derivation,
    Equation,
    Figure,
    Finding,
    Grid,
    HoldsUnder,
    Link,
    Part,
    Problem,
    Proved,
    Refuted,
    Relation,
    Report,
    Say,
    Show,
    Statement,
    Undecided,
    Verdict,
    Witness,
    claim,
)
from symcnn.formula import Bracket, Call, Compare, Formula, Index, Mul, Rational, Sum, Symbol, table
from symcnn.formula.domains import Domain, Given
from symcnn.formula.values import ArrayValue, Family

DONE = Certificate("rational normal form", "0 = 0")
K, S, N, P = (Symbol(name) for name in "KSNP")
COUNT = Domain("integer", Rational(1))
REALS = Domain("real", indices=1)


def w(k: int) -> Formula:
    """Kernel tap k."""
    return Index("w", (Rational(k),))


def x(k: int) -> Formula:
    """Input entry k."""
    return Index("x", (Rational(k),))


ZERO = Rational(0)
BAND = table([[w(1), w(2), w(3), 0], [0, w(1), w(2), w(3)]])
OUTPUT = table([w(1) * x(1) + w(2) * x(2) + w(3) * x(3), w(1) * x(2) + w(2) * x(3) + w(3) * x(4)])
INPUT = table([x(1), x(2), x(3), x(4)])
SIZE = Call("floor", ((N + 2 * P - K) / S,)) + 1


@claim(expect=Proved)
def forward() -> Statement:
    """The output, from the matrix to its entries."""
    product = Mul((BAND, INPUT))
    return Derivation(
        table([Index("o", (Rational(1),)), Index("o", (Rational(2),))]),
        (
            Link(product, "each row of the matrix holds the kernel"),
            Link(OUTPUT, "multiply out"),
        ),
    )


@claim(expect=Proved, role="source", source=("sample.entries",))
def entries() -> Statement:
    """The two output entries, written out."""
    return Equation(Mul((BAND, INPUT)), OUTPUT)


@claim(expect=HoldsUnder, needs="S = 1", role="source", source=("sample.size",))
def same_size() -> Statement:
    r"""With padding $P = (K-1)/2$ the output of a layer is as long as its input."""
    return Equation(SIZE, N)


@claim(expect=Refuted, role="source", source=("sample.inverse",), corrected_by="entries")
def inverse() -> Statement:
    r"""The transposed convolution undoes the convolution: $W W^\top = I$."""
    return Equation(Mul((BAND, Call("transpose", (BAND,)))), table([[1, 0], [0, 1]]))


@claim(expect=Undecided)
def rounded() -> Statement:
    """The sum of the weights, to four digits (from `Conv1d`)."""
    j = Symbol("j")
    inside = Bracket(Compare("<=", ZERO, j))
    total = Sum(Index("w", (j,)) * inside, "j", ZERO, K - 1)
    return Relation(Compare("~", total, Rational(Fraction(182, 10000), 4)))


PICTURE = Grid(
    cells=tuple(
        tuple(
            Cell(f"w_{column - row + 1}", column - row) if 0 <= column - row < 3 else Cell()
            for column in range(4)
        )
        for row in range(2)
    ),
    rows=("o_1", "o_2"),
    columns=("x_1", "x_2", "x_3", "x_4"),
    legend=("w_1", "w_2", "w_3"),
)

ANSWER = Answer(
    problem=Problem(
        title="A convolution as a matrix",
        statement=r"A kernel $w$ of \given{K} taps reads a vector $x$; no padding & stride 1.",
        notation="Convolution means cross-correlation.",
        points=10,
        given={"K": 3},
        parts=(
            Part(
                "a",
                r"Write the convolution as a matrix $W$.",
                (
                    Say("rows", r"Row $r$ of the matrix holds the kernel, $r - 1$ places in."),
                    Figure("band", "The matrix $W$, coloured by kernel tap.", PICTURE),
                    Show(forward),
                    Box("output", "The output is", entries),
                ),
                points=6,
            ),
            Part(
                "b",
                "When is the output as long as the input?",
                (Say("size", "When the stride is 1 and the padding fits.\n\nNot otherwise."),),
                points=4,
            ),
        ),
    ),
    claims=(forward, entries, same_size, inverse, rounded),
)

PERSIAN = {
    "title": "کانولوشن به شکل ماتریس",
    "statement": r"هسته‌ی $w$ با \given{K} ضریب، بردار $x$ را می‌خواند؛ بدون لایه‌گذاری و با گام 1.",
    "notation": "منظور از کانولوشن همبستگی متقابل است.",
    "parts.a.question": "کانولوشن را به شکل ماتریس $W$ بنویسید.",
    "parts.b.question": "طول خروجی چه زمانی با طول ورودی برابر است؟",
    "say.rows": "سطر $r$ ماتریس، هسته را در بر دارد که $r - 1$ خانه جابه‌جا شده است.",
    "say.size": "هنگامی که گام ۱ و لایه‌گذاری مناسب باشد.\n\nدر غیر این صورت نه.",
    "figure.band": "ماتریس $W$ که خانه‌هایش به رنگ ضریب هسته‌اند.",
    "box.output": "خروجی چنین است:",
    "claims.forward": "خروجی، از ماتریس تا درایه‌ها.",
    "claims.entries": "دو درایه‌ی خروجی به طور صریح.",
    "claims.same_size": "با لایه‌گذاری $P = (K-1)/2$ طول خروجی یک لایه با طول ورودی برابر است.",
    "claims.inverse": r"کانولوشن ترانهاده وارون کانولوشن است: $W W^\top = I$.",
    "claims.rounded": "مجموع وزن‌ها تا چهار رقم (از `Conv1d` در PyTorch).",
    "reasons.forward.0": "هر سطر ماتریس هسته را در بر دارد",
    "reasons.forward.1": "ضرب را انجام می‌دهیم",
}


def verdicts() -> dict[str, Verdict]:
    """One of each kind."""
    one = Fraction(1)
    point = (("N", Fraction(3)), ("P", one), ("K", Fraction(3)), ("S", Fraction(2)))
    family = Family({(1,): one, (2,): Fraction(0)}, Fraction(0))
    matrix = ArrayValue((2, 2), (one, Fraction(0), Fraction(1, 2), one))
    identity = ArrayValue((2, 2), (one, Fraction(0), Fraction(0), one))
    return {
        "forward": Proved("every step", DONE),
        "entries": Proved("rational normal form", DONE, Compare("!=", K, 0)),
        "same_size": HoldsUnder(
            (Compare("=", S, 1), Compare("=", 2 * P, K - 1)),
            "rational normal form",
            DONE,
            Witness(point, Fraction(2), Fraction(3)),
        ),
        "inverse": Refuted(
            Witness((("w", family),), matrix, identity),
            ((Compare("=", w(1), 1), Compare("=", w(2), 0)),),
        ),
        "rounded": Undecided("the sum has no closed form here", ("points",), "a value for w"),
    }


def report() -> Report:
    """The report of the sample."""
    given = Given(
        (("K", COUNT), ("S", COUNT), ("N", COUNT), ("P", Domain("integer", ZERO)), ("w", REALS)),
        (Compare("<=", K, N + 2 * P),),
    )
    found = verdicts()
    findings = tuple(
        Finding(each, each.build(), given, Given(), found[each.name]) for each in ANSWER.claims
    )
    return Report("sample/q2", ANSWER, findings, ANSWER.problem.given)
