"""A derivation with its verdicts as lines, as JSON, as LaTeX and as HTML."""

from __future__ import annotations

from html import escape
from typing import Any

from symcnn.errors import printable
from symcnn.formula.latex import latex
from symcnn.formula.plain import plain
from symcnn.verifying.chain import Chain, Step
from symcnn.verifying.display import names_text, outcome_lines
from symcnn.verifying.display_json import result_json
from symcnn.verifying.result import Known, Result

_HEADS = {
    "proved": "proved: every step holds",
    "refuted": "not correct",
    "undecided": "undecided: some step is open",
    "invalid": "invalid: some line cannot be read, or has no single meaning",
    "withheld": "read; the verdict is not told here",
}
_TEX = {"<=": r"\le", ">=": r"\ge", "!=": r"\neq", "~": r"\approx"}


def chain_lines(chain: Chain) -> list[str]:
    """The whole first, then each link with its line, then both ends."""
    lines = [_HEADS[chain.kind]]
    if chain.first_broken is not None:
        lines[0] += f": step {chain.first_broken + 1} is the first that is broken"
    for number, step in enumerate(chain.links, 1):
        lines.append(f"step {number} (line {step.line}): {_shown(step)}")
        if step.result.kind == "withheld":
            continue
        lines += [f"    {each}" for each in outcome_lines(step.result.verdict)]
        if step.result.where is not None:
            lines.append(f"    where: {step.result.where.text}")
        if step.differs is not None:
            lines.append(f"    {_differs(step)}")
    for title, end in (("first line", chain.start), ("last line", chain.target)):
        if end is not None and end.kind != "withheld":
            lines.append(f"{title}: {_end(title, end)}")
            lines += [f"    {each}" for each in outcome_lines(end.verdict)]
            lines += [f"    where: {end.where.text}"] if end.where is not None else []
    names = names_text(_known(chain))
    return [*lines, f"names: {names}"] if names else lines


def _shown(step: Step) -> str:
    result = step.result
    if step.unread:
        return printable(" ".join(step.unread.split()))
    if result.rhs is None:
        return plain(result.lhs)
    return f"{plain(result.lhs)} {step.relation} {plain(result.rhs)}"


def _end(title: str, end: Result) -> str:
    wanted = "what the question starts from" if title == "first line" else "what was asked"
    said = {"proved": "this is", "refuted": "this is not", "undecided": "not decided whether it is"}
    return f"{said.get(end.kind, 'cannot be compared with')} {wanted}"


def _differs(step: Step) -> str:
    assert step.differs is not None
    before, after = step.differs
    return f"smallest difference: {plain(before)} became {plain(after)}"


def _known(chain: Chain) -> tuple[Known, ...]:
    results = [step.result for step in chain.links]
    results += [each for each in (chain.start, chain.target) if each is not None]
    return tuple({known.name: known for each in results for known in each.known}.values())


def chain_json(chain: Chain) -> dict[str, Any]:
    """``links``, ``first_broken`` counted from 0, and the verdicts on both ends (or null)."""
    return {
        "schema": 1,
        "links": [_step_json(step) for step in chain.links],
        "first_broken": chain.first_broken,
        "start": None if chain.start is None else result_json(chain.start),
        "target": None if chain.target is None else result_json(chain.target),
    }


def _step_json(step: Step) -> dict[str, Any]:
    out = result_json(step.result)
    if step.differs is not None:
        out["diagnosis"].append({"kind": "smallest difference", "message": _differs(step)})
    return out


def chain_latex(chain: Chain) -> str:
    """The chain in an ``aligned`` block; the sign of a broken link is struck out."""
    rows = []
    for number, step in enumerate(chain.links):
        result = step.result
        sign = _TEX.get(step.relation, step.relation)
        sign = rf"\not{sign}" if result.kind == "refuted" else sign
        right = "" if result.rhs is None else latex(result.rhs)
        follows = number > 0 and chain.links[number - 1].result.rhs == result.lhs
        left = "" if follows else _left(step)
        rows.append(f"{left} &{sign} {right}" if right else f"{left} &")
    body = r" \\ ".join(rows)
    return rf"$\displaystyle \begin{{aligned}} {body} \end{{aligned}}$"


def _left(step: Step) -> str:
    return rf"\text{{line {step.line}: ?}}" if step.unread else latex(step.result.lhs)


def chain_html(chain: Chain) -> str:
    """A block with one row a link: the formula, and what was found."""
    rows = []
    for step in chain.links:
        result = step.result
        sign = _TEX.get(step.relation, step.relation)
        right = "" if result.rhs is None else f" {sign} {latex(result.rhs)}"
        said = [] if result.kind == "withheld" else outcome_lines(result.verdict)
        said += [_differs(step)] if step.differs is not None else []
        words = "".join(f"<div>{escape(each)}</div>" for each in said)
        rows.append(f'<tr><td dir="ltr">{_cell(step, right)}</td><td>{words}</td></tr>')
    ends = [line for line in chain_lines(chain) if line.startswith(("first line", "last line"))]
    head = chain_lines(chain)[0]
    return (
        f'<div class="symcnn symcnn-{escape(chain.kind)}"><div><b>{escape(head)}</b></div>'
        f"<table>{''.join(rows)}</table>"
        f"<small>{''.join(f'<div>{escape(each)}</div>' for each in ends)}</small></div>"
    )


def _cell(step: Step, right: str) -> str:
    from symcnn.formula.mathml import mathml

    return escape(printable(step.unread)) if step.unread else mathml(latex(step.result.lhs) + right)
