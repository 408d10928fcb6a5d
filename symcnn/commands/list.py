"""``symcnn list``: the answers there are."""

from __future__ import annotations

import argparse

from symcnn.commands.output import print_json, print_table


def run(arguments: argparse.Namespace) -> int:
    """Prints id, title and number of claims of every answer."""
    from symcnn.resources import languages, load_answer, select

    found = [(name, path, load_answer(path)) for name, path in select((), arguments.answers)]
    if arguments.json:
        print_json(
            [
                {
                    "answer": name,
                    "title": answer.problem.title,
                    "claims": [claim.name for claim in answer.claims],
                    "languages": [answer.language, *languages(path)],
                    "file": str(path),
                }
                for name, path, answer in found
            ]
        )
        return 0
    rows = [
        (name, answer.problem.title, str(len(answer.claims)), answer.language, *languages(path))
        for name, path, answer in found
    ]
    print_table(
        ("id", "title", "claims", "languages"),
        [(name, title, claims, ", ".join(spoken)) for name, title, claims, *spoken in rows],
    )
    return 0
