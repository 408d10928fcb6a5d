"""Blocks of an answer are told apart by kind and key, so that another language can say them."""

from __future__ import annotations

import pytest

from symcnn.claims import Answer, Box, Part, Problem, Say
from symcnn.errors import AuthorError


def answer(*solutions: tuple[Say | Box, ...]) -> Answer:
    parts = tuple(Part(str(n), "Why?", blocks) for n, blocks in enumerate(solutions, 1))
    return Answer(Problem("Title", "Statement.", parts), ())


def test_two_blocks_of_one_kind_and_key_are_refused_across_parts() -> None:
    with pytest.raises(AuthorError, match="two Say blocks of 'Title' have the key 'example'"):
        answer((Say("example", "One."),), (Say("example", "Two."),))


def test_blocks_of_different_kinds_may_share_a_key() -> None:
    found = answer((Say("sum", "Add."), Box("sum", "The sum")))
    more = found.joined((Part("2", "And?", (Say("rest", "More."),)),), ())
    assert [part.key for part in more.problem.parts] == ["1", "2"]
    with pytest.raises(AuthorError, match="key 'sum'"):
        found.joined((Part("2", "And?", (Say("sum", "Again."),)),), ())
