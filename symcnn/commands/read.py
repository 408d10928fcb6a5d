"""``symcnn read``: what is understood of a text; nothing is decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symcnn.commands.output import print_json, text_of
from symcnn.errors import AuthorError, ParseError

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Prints the formula as it was read, its names with their domains, and warnings."""
    from symcnn.claims.as_text import domain_text
    from symcnn.formula.domains import Given
    from symcnn.formula.latex import latex
    from symcnn.formula.plain import plain
    from symcnn.formula.traverse import free_names
    from symcnn.reading import read, read_given

    try:
        given = read_given(arguments.given) if arguments.given else Given()
        reading = read(text_of(arguments.formula), given)
    except (AuthorError, ParseError) as error:
        if not arguments.json:
            raise
        from symcnn.claims.as_json import invalid_json

        print_json(invalid_json(error))
        return 2
    domains = {name: given.domain(name) for name in free_names(reading.formula)}
    names = {name: domain_text(each) if each else "" for name, each in domains.items()}
    if arguments.json:
        print_json(
            {
                "schema": 1,
                "form": reading.form,
                "plain": plain(reading.formula),
                "latex": latex(reading.formula),
                "names": names,
                "notes": list(reading.notes),
                "alternatives": [plain(each) for each in reading.alternatives],
            }
        )
        return 0
    print(f"read:   {plain(reading.formula)}")
    print(f"LaTeX:  {latex(reading.formula)}")
    if names:
        listed = [f"{name}: {each}" if each else name for name, each in names.items()]
        print(f"names:  {'; '.join(listed)}")
    for note in reading.notes:
        print(f"note:   {note}")
    for other in reading.alternatives:
        print(f"or:     {plain(other)}")
    return 0
