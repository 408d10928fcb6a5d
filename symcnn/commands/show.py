"""``symcnn show``: one question with its claims, or one claim with its verdict."""

from __future__ import annotations

import argparse
from difflib import get_close_matches

from symcnn.claims.answer import Answer, Box, Figure, Say, Show
from symcnn.claims.claim import Claim
from symcnn.commands.output import folded, words_of
from symcnn.errors import AuthorError


def run(arguments: argparse.Namespace) -> int:
    """Prints the question as its author wrote it, or the claim as it is decided."""
    from symcnn.checking import numbers
    from symcnn.resources import load_answer, select

    name, _, claim_name = arguments.id.partition(":")
    chosen = select([name], arguments.answers)
    if len(chosen) > 1:
        ids = ", ".join(answer_id for answer_id, _ in chosen)
        raise AuthorError(f"{name} is a document; show one of its answers: {ids}")
    [(answer_id, path)] = chosen
    answer = load_answer(path)
    if claim_name:
        lines = _claim(_find(answer, claim_name, answer_id), numbers(answer, {}))
    else:
        lines = _question(answer_id, answer)
    print("\n".join(lines))
    return 0


def _find(answer: Answer, name: str, answer_id: str) -> Claim:
    for each in answer.claims:
        if each.name == name:
            return each
    names = [each.name for each in answer.claims]
    near = get_close_matches(name, names, n=2, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else f"it has {', '.join(names)}"
    raise AuthorError(f"{answer_id} has no claim {name}; {hint}")


def _claim(claim: Claim, own: dict[str, int]) -> list[str]:
    from symcnn.claims.as_text import given_lines, statement_lines, verdict_lines
    from symcnn.prover import check_claim

    finding = check_claim(claim, own)
    parts = (
        ("claim", [claim.name]),
        ("sentence", [claim.sentence]),
        ("source", list(claim.source)),
        ("statement", statement_lines(finding.statement)),
        ("given", given_lines(finding.given)),
        ("needs", given_lines(finding.needs)),
        ("verdict", verdict_lines(finding.verdict)),
        ("expected", [words_of(claim.expect.kind)]),
        ("corrected by", [claim.corrected_by] if claim.corrected_by else []),
    )
    lines: list[str] = []
    for head, body in parts:
        if body:
            lines += [head, *(folded(line, "    ") for line in body)]
    return lines


def _question(answer_id: str, answer: Answer) -> list[str]:
    problem = answer.problem
    lines = [f"{answer_id}  {problem.title}", "", folded(problem.statement)]
    if problem.notation:
        lines += ["", folded(problem.notation)]
    if problem.given:
        lines += ["", "given: " + ", ".join(f"{name} = {n}" for name, n in problem.given.items())]
    for part in problem.parts:
        lines += ["", folded(f"({part.key}) {part.question}")]
        for block in part.solution:
            match block:
                case Say(_, text):
                    lines += ["", folded(text, "    ")]
                case Show(claim):
                    lines += ["", f"    -> {answer_id}:{claim.name}"]
                case Box(_, text, claim):
                    lines += ["", folded(f"=> {text}", "    ")]
                    lines += [f"    -> {answer_id}:{claim.name}"] if claim else []
                case Figure(_, caption, _):
                    lines += ["", folded(f"[figure] {caption}", "    ")]
    lines += ["", "claims"]
    for each in answer.claims:
        lines.append(f"    {each.name}  (expected {words_of(each.expect.kind)})")
    return lines
