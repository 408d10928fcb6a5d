"""``symcnn explain``: one mark, how it was read, decided and counted, and how to see it again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from symcnn.commands.output import folded, print_json
from symcnn.grader.outputs.texts import spoken, visible
from symcnn.grader.outputs.words import say
from symcnn.grader.people.words import word

if TYPE_CHECKING:
    import argparse

    from symcnn.grader.people.explain import Explanation
    from symcnn.grader.people.tried import Tried

_INDENT = "  "


def run(arguments: argparse.Namespace) -> int:
    """0; an unknown student or question is 2."""
    from symcnn.grader.people.explain import explained
    from symcnn.grader.people.runs import read_run

    found = explained(read_run(arguments.run), arguments.student, arguments.question)
    if arguments.json:
        print_json(_record(found))
    else:
        print("\n".join(_lines(found)))
    return 0


def _lines(found: Explanation) -> Iterator[str]:
    language, mark, question = found.language, found.mark, found.question
    yield word(
        "explain-head",
        language,
        student=visible(found.student),
        question=question.id,
        kind=question.kind,
        points=question.points,
    )
    answer = visible(mark.answer).split("\n") if mark.answer.strip() else []
    place = [f"({visible(mark.place)})"] if mark.place else []
    yield f"{word('explain-answer', language)}:"
    yield from (_INDENT + each for each in answer or [word("explain-none", language)])
    yield from (_INDENT + each for each in place)
    yield from _part("explain-read", [mark.read] if mark.read else [], found)
    yield from _part("explain-domains", found.names, found)
    for each in found.tried:
        head = word(f"explain-{each.what}", language, name=each.name)
        yield f"{head}:"
        yield from _indented((each.key, *each.evidence))
    if not found.tried and question.key:
        yield from _part("key", [question.key], found)
    yield from _part("explain-mistake", [mark.mistake] if mark.mistake else [], found)
    outcome = say("decided" if mark.by else mark.outcome, language)
    again = [word("explain-again", language, outcome=say(found.again, language))]
    differs = again if mark.by or found.again != mark.outcome else []
    yield from _part("explain-outcome", [outcome, *differs], found)
    yield from _part("explain-points", [found.counted], found)
    yield from _part("group", [found.group] if found.group else [], found)
    for told in found.told:
        head = word(f"explain-{told.phase}", language, level=told.level)
        yield f"{head}:"
        yield from _indented(told.words or ("-",))
    replays = [each.replay for each in found.tried if each.replay]
    if replays:
        yield f"{word('explain-replay', language)}:"
        yield from (_INDENT + each for each in replays)  # never folded: to be pasted


def _part(key: str, lines: Iterable[str], found: Explanation) -> Iterator[str]:
    lines = list(lines)
    if lines:
        yield f"{word(key, found.language)}:"
        yield from _indented(lines)


def _indented(lines: Iterable[str]) -> Iterator[str]:
    """Each line further in; long ones are folded where a blank lets them be."""
    for each in lines:
        text = spoken(each)
        if len(text) + len(_INDENT) <= 80:
            yield _INDENT + text
        else:
            yield folded(_INDENT + text)


def _record(found: Explanation) -> dict[str, Any]:
    """Schema 1: everything as texts; points are null where the mark is open."""
    mark = found.mark
    return {
        "schema": 1,
        "student": found.student,
        "question": mark.question,
        "answer": mark.answer,
        "place": mark.place,
        "read": mark.read,
        "domains": list(found.names),
        "tried": [_tried(each) for each in found.tried],
        "mistake": mark.mistake,
        "outcome": mark.outcome,
        "again": found.again,
        "points": None if mark.points is None else str(mark.points),
        "of": str(mark.of),
        "by": mark.by,
        "counted": found.counted,
        "group": found.group,
        "told": [
            {"phase": each.phase, "level": each.level, "words": list(each.words)}
            for each in found.told
        ],
    }


def _tried(each: Tried) -> dict[str, Any]:
    return {
        "what": each.what,
        "name": each.name,
        "key": each.key,
        "kind": each.kind,
        "evidence": list(each.evidence),
        "replay": each.replay,
    }
