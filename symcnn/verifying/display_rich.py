"""Results in a notebook: LaTeX of what was judged, and a small HTML block with MathML."""

from __future__ import annotations

from html import escape

from symcnn.formula.conditions import Condition
from symcnn.formula.latex import latex
from symcnn.formula.plain import plain
from symcnn.verifying.display import names_text, outcome_lines
from symcnn.verifying.result import Result

_SIGN = {"proved": "=", "refuted": r"\neq"}
_BETWEEN_CONDITIONS = {"proved": r"\iff", "refuted": r"\not\iff"}


def result_latex(result: Result) -> str:
    r"""What was judged between dollars, with the sign that the verdict puts between the sides.

    >>> from symcnn import verify
    >>> result_latex(verify("K + K", against="2*K"))
    '$\\displaystyle K + K = 2 K$'
    """
    return rf"$\displaystyle {_statement(result)}$"


def _statement(result: Result) -> str:
    if result.rhs is None:
        return latex(result.lhs)
    sign = _SIGN.get(result.kind, r"\overset{?}{=}")
    if isinstance(result.lhs, Condition):
        sign = _BETWEEN_CONDITIONS.get(result.kind, r"\overset{?}{\iff}")
    return f"{latex(result.lhs)} {sign} {latex(result.rhs)}"


def result_html(result: Result) -> str:
    """A block that says the verdict, shows the formulas, and lists the names."""
    from symcnn.formula.mathml import mathml

    head, *rest = outcome_lines(result.verdict)
    if result.where is not None:
        rest.append(result.where.text)
    rest += [each.message for each in result.diagnosis]
    names = names_text(result.known)
    rest += [names] if names else []
    rest += [plain(each) for each in result.relations]
    rest += list(result.notes)
    lines = "".join(f"<div>{escape(line)}</div>" for line in rest)
    formula = mathml(_statement(result), display=True)
    return (
        f'<div class="symcnn symcnn-{escape(result.kind)}"><div><b>{escape(head)}</b></div>'
        f'<div dir="ltr">{formula}</div><small>{lines}</small></div>'
    )
