"""``symcnn doctor``: what is installed, and the line that mends what is not."""

from __future__ import annotations

import argparse
import sys

from symcnn.commands.output import print_json


def run(arguments: argparse.Namespace) -> int:
    """0 when everything is there, 4 when something is missing."""
    from symcnn.doctor import inspect, install_tex

    if arguments.install_tex:
        install_tex(lambda line: print(line, file=sys.stderr, flush=True))
        return 0
    items = inspect()
    missing = [item for item in items if not item.found]
    if arguments.json:
        print_json(
            [
                {
                    "name": item.name,
                    "found": item.found or None,
                    "used_for": item.used_for,
                    "mend": "" if item.found else item.mend,
                }
                for item in items
            ]
        )
    else:
        width = max(len(item.name) for item in items)
        for item in items:
            print(f"{item.name:{width}}  {item.found or 'MISSING, for ' + item.used_for}")
        for line in dict.fromkeys(item.mend for item in missing):
            print(f"\nto install:\n  {line}")
    return 4 if missing else 0
