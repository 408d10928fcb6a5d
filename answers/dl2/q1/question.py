"""dl2 Q1: batch normalisation. The question without its parts, and what the sheet is worth."""

from __future__ import annotations

from symcnn.claims import Answer, Derivation, Link, Problem, Proved, Statement, claim


@claim(expect=Proved, role="source", source=("dl2.meta.points",))
def points_of_the_sheet() -> Statement:
    """The six questions carry 110 points, of which 10 are optional."""
    return Derivation(
        "20 + 15 + 10 + 15 + 15 + 35",
        (Link("110", "add up"), Link("100 + 10", "10 points are optional")),
    )


ANSWER = Answer(
    problem=Problem(
        title="Batch normalisation",
        points=20,
        statement=(
            r"Batch normalisation subtracts a mean from each number of a layer, divides by the "
            r"root of a variance, and applies a learned scale $\gamma$ and shift $\beta$: "
            r"$y = \gamma \hat x + \beta$ with $\hat x = (x - \mu)/\sqrt{\sigma^2 + \epsilon}$. In "
            r"training $\mu$ and $\sigma^2$ come from the batch; at test time they are stored "
            r"numbers. The parts ask where the numbers come from, what the layer is blind to, and "
            r"what it does to training."
        ),
        notation=(
            r"Samples $n$, features $d$, channels $c$, rows $h$ and columns $w$ are counted from "
            r"0. The variance of a batch is divided by the number of its entries. $\mu_P$ and "
            r"$v_P$ are the stored mean and variance. $\epsilon$ is a small positive number; where "
            r"it may be 0, the formulas say so."
        ),
    ),
    claims=(points_of_the_sheet,),
)
