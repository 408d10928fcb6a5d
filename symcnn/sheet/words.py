"""The author's own words of an answer by dotted key, and those of another language in their place.

A language is complete or it is refused: no sentence of one language stands in a sheet of another.
"""

from __future__ import annotations

from collections.abc import Mapping

from symcnn.claims.answer import Box, Figure, Say, Show
from symcnn.claims.report import Report
from symcnn.claims.statements import Derivation
from symcnn.errors import SheetError


def question_words(report: Report) -> dict[str, str]:
    """What the question says: title, statement, notation, and each part."""
    problem = report.answer.problem
    words = {"title": problem.title, "statement": problem.statement, "notation": problem.notation}
    words.update((f"parts.{part.key}.question", part.question) for part in problem.parts)
    return {key: text for key, text in words.items() if text}


def solution_words(report: Report) -> dict[str, str]:
    """What the solution says: its blocks, the claims' sentences, the reasons of derivations."""
    words: dict[str, str] = {}
    for part in report.answer.problem.parts:
        for block in part.solution:
            match block:
                case Say(key, text):
                    words[f"say.{key}"] = text
                case Box(key, text, _):
                    words[f"box.{key}"] = text
                case Figure(key, caption, _):
                    words[f"figure.{key}"] = caption
                case Show():
                    pass
    for finding in report.findings:
        name = finding.claim.name
        words[f"claims.{name}"] = finding.claim.sentence
        if isinstance(finding.statement, Derivation):
            for position, link in enumerate(finding.statement.links):
                words[f"reasons.{name}.{position}"] = link.reason
    return {key: text for key, text in words.items() if text}


def words_in(
    report: Report,
    language: str,
    translation: Mapping[str, str] | None = None,
    audience: str = "solutions",
) -> dict[str, str]:
    """Every word that the sheet needs, in the language.

    Raises SheetError that lists each missing sentence by claim or part, and each sentence of the
    translation that belongs to nothing.
    """
    asked, told = question_words(report), solution_words(report)
    own = asked if audience == "students" else {**asked, **told}
    if language == report.answer.language:
        return own
    translated = dict(translation or {})
    missing = [key for key in own if not translated.get(key, "").strip()]
    unknown = [key for key in translated if key not in asked and key not in told]
    if missing or unknown:
        raise SheetError(_complaint(report.answer_id, language, missing, unknown))
    return {key: translated[key] for key in own}


def _complaint(answer_id: str, language: str, missing: list[str], unknown: list[str]) -> str:
    file = f"{answer_id}.{language}.toml"
    lines = []
    if missing:
        lines.append(f"{file}: {len(missing)} sentences are missing; write them there:")
        lines += [f"  {_place(key)}" for key in missing]
    if unknown:
        lines.append(f"{file}: {len(unknown)} sentences belong to nothing in the answer:")
        lines += [f"  {_place(key)}" for key in unknown]
    return "\n".join(lines)


def _place(key: str) -> str:
    """The key as a person looks for it, with its table in the TOML file.

    >>> _place("reasons.chain.1"), _place("claims.chain")
    ('claim chain, reason of step 2   ([reasons] chain)', 'claim chain   ([claims] chain)')
    """
    section, _, rest = key.partition(".")
    name, _, last = rest.partition(".")
    match section:
        case "claims":
            return f"claim {rest}   ([claims] {rest})"
        case "reasons" if last.isdecimal():
            return f"claim {name}, reason of step {int(last) + 1}   ([reasons] {name})"
        case "parts":
            return f"part {name}   ([parts.{name}] {last})"
        case "say" | "box" | "figure":
            return f"{section} {rest}   ([{section}] {rest})"
        case _:
            return key
