"""The journal: what stands in it whole is taken again, nothing else is, and nobody else writes."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest

from symcnn.errors import AuthorError
from symcnn.formula.frozen import replace
from symcnn.grader.assignment import Assignment, Feedback, Question
from symcnn.grader.running.journal import NAME, Journal, body_of, digests, line_of
from symcnn.grader.submission import Response, Submission

ASSIGNMENT = Assignment("A", (Question("q", "formula", Fraction(1), key="K"),))
SENT = Submission("7", (("q", Response("K^2", "line 1")), ("r", Response("x"))))
LINES = [line_of([f"d{n}", str(n), [["right", "1", n]], []]) for n in range(5)]
DIGESTS = [f"d{n}" for n in range(5)]


def test_lines_come_back() -> None:
    value = ["d", "علی", [None, "1/3", ["\u2028\n\ud800"]], []]
    assert body_of(line_of(value)) == value
    assert line_of(value).count(b"\n") == 1


def test_a_line_with_any_byte_changed_is_none() -> None:
    [line] = LINES[:1]
    random = Random(1)
    for place in range(len(line)):
        for byte in random.sample(range(256), 8):
            if byte != line[place]:
                assert body_of(line[:place] + bytes([byte]) + line[place + 1 :]) is None
    assert all(body_of(line[:length]) is None for length in range(len(line)))


def test_a_journal_goes_on_where_it_was_cut_at_any_byte(tmp_path: Path) -> None:
    whole = b"".join(LINES[:3])
    for cut in range(0, len(whole) + 1, 7):
        (tmp_path / NAME).write_bytes(whole[:cut])
        with Journal(tmp_path, DIGESTS) as journal:
            done = whole[:cut].count(b"\n")
            assert list(journal.taken.values()) == LINES[:done]
            for line in LINES[done:]:
                journal.add(line)
        assert (tmp_path / NAME).read_bytes() == b"".join(LINES)


def test_what_is_damaged_doubled_foreign_or_in_trouble_is_dropped(tmp_path: Path) -> None:
    trouble = line_of(["d4", "4", [], [["q", "time", "stopped"]]])
    foreign = line_of(["other", "9", [], []])
    damaged = (LINES[1][:-9], b"\n\xff\x00\n")
    data = [LINES[0], *damaged, LINES[2], LINES[2], foreign, trouble, LINES[3]]
    (tmp_path / NAME).write_bytes(b"".join(data))
    with Journal(tmp_path, DIGESTS) as journal:
        assert list(journal.taken) == ["d0", "d2", "d3"]
        assert (tmp_path / NAME).read_bytes() == b"".join([LINES[0], LINES[2], LINES[3]])
        journal.add(LINES[4])
        journal.add(LINES[1])
        journal.finish(DIGESTS)
    assert (tmp_path / NAME).read_bytes() == b"".join(LINES)


def test_a_line_is_with_the_system_as_soon_as_it_is_added(tmp_path: Path) -> None:
    with Journal(tmp_path, DIGESTS) as journal:
        journal.add(LINES[0])
        assert (tmp_path / NAME).read_bytes() == LINES[0]


def test_two_runs_do_not_share_a_directory(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from symcnn.grader.running.journal import Journal\n"
        "with Journal(Path(sys.argv[1]), []): print(flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parent.parent.parent.parent,
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(AuthorError, match="another run is writing there"):
            Journal(tmp_path, [])
        other.kill()
    with Journal(tmp_path, []):
        pass  # whoever was killed holds nothing


def test_the_digest_holds_all_that_marks_depend_on() -> None:
    own = digests(ASSIGNMENT, detail=True)
    assert own(SENT) == digests(ASSIGNMENT, detail=True)(SENT)
    others = [
        own(replace(SENT, student="8")),
        own(replace(SENT, responses=SENT.responses[:1])),
        own(replace(SENT, responses=(("q", Response("K^2", "line 2")), SENT.responses[1]))),
        own(replace(SENT, responses=(("q", Response("K^3", "line 1")), SENT.responses[1]))),
        own(replace(SENT, responses=SENT.responses[::-1])),
        own(replace(SENT, unclear=("s",))),
        digests(ASSIGNMENT, detail=False)(SENT),
        digests(replace(ASSIGNMENT, feedback=Feedback("hint")), detail=True)(SENT),
    ]
    assert len({own(SENT), *others}) == 9
    assert own(replace(SENT, name="Ali", source="ali.md")) == own(SENT)
