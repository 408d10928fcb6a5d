"""Every sentence exists in both languages, with the same particulars."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from symcnn.grader import formats, submissions
from symcnn.grader.formats.found import Trouble
from symcnn.grader.formats.words import SENTENCES, told


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("code", SENTENCES)
def test_both_languages_say_the_same(code: str) -> None:
    english, hint, persian, persian_hint = SENTENCES[code]
    assert _fields(english) == _fields(persian)
    assert _fields(hint) == _fields(persian_hint)
    assert bool(hint) == bool(persian_hint)
    assert re.search("[آ-ی]", persian) is not None
    assert not re.search("[آ-ی]", english + hint)


def test_every_code_is_used_and_every_used_code_is_known() -> None:
    folder = Path(formats.__file__).parent
    files = [*folder.glob("*.py"), Path(submissions.__file__), folder.parent / "ids.py"]
    whole = "\n".join(
        each.read_text(encoding="utf-8") for each in files if "words" not in each.name
    )
    for code in SENTENCES:
        assert f'"{code}"' in whole, code
    used = re.findall(r'(?:trouble|Unusable)\(\s*"([a-z0-9-]+)"', whole)
    assert set(used) <= set(SENTENCES)
    assert len(used) > 50


def test_particulars_run_from_left_to_right_in_persian() -> None:
    problem = told(Trouble("missing", "", (("questions", "q1, q2"),)), "7.md", "fa")
    assert "\u2066q1, q2\u2069" in problem.message
    assert problem.where == "7.md"
