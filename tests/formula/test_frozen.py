"""Frozen values behave like frozen dataclasses, to Python and to the tools of dataclasses."""

from __future__ import annotations

import dataclasses
import pickle
from typing import Any

import pytest

from symcnn.claims import Proved, Undecided
from symcnn.formula.domains import Domain, Given
from symcnn.formula.frozen import replace
from symcnn.formula.nodes import Rational


def test_equality_hash_and_repr() -> None:
    assert Domain("integer") == Domain("integer")
    assert hash(Domain("integer")) == hash(Domain("integer"))
    assert Domain("integer") != Domain("real")
    assert Undecided("a") != Given()
    assert repr(Undecided("a")) == "Undecided(reason='a', tried=(), would_help='')"


def test_values_by_order_by_name_and_by_default_are_the_same() -> None:
    whole = Undecided("a", (), "")
    assert Undecided("a") == Undecided(reason="a") == Undecided("a", would_help="") == whole
    assert Undecided("a", ("b",), "c") == Undecided("a", would_help="c", tried=("b",))


def test_values_do_not_change() -> None:
    value: Any = Domain()
    with pytest.raises(AttributeError, match="does not change"):
        value.kind = "integer"
    with pytest.raises(AttributeError):
        del value.kind
    assert not hasattr(value, "__dict__")


@pytest.mark.parametrize(
    ("args", "named", "said"),
    [((), {}, "lacks a value for reason"), (("a", (), "b", "c"), {}, "3 values"),
     (("a",), {"reason": "b"}, "reason"), (("a",), {"colour": "b"}, "colour")],
)  # fmt: skip
def test_wrong_calls(args: tuple[Any, ...], named: dict[str, Any], said: str) -> None:
    with pytest.raises(TypeError, match=said):
        Undecided(*args, **named)


def test_copies_pickles_and_derived_slots() -> None:
    given = Given((("K", Domain("integer", Rational(1))),))
    again = pickle.loads(pickle.dumps(given))
    assert again == given
    assert again.domain("K") == given.domain("K")
    other = replace(given, domains=(("N", Domain()),))
    assert other.domain("K") is None
    assert other.domain("N") == Domain()


def test_the_tools_of_dataclasses_know_them() -> None:
    value = Undecided("a", ("b",))
    assert dataclasses.is_dataclass(value)
    assert [field.name for field in dataclasses.fields(value)] == ["reason", "tried", "would_help"]
    assert dataclasses.replace(value, reason="c") == Undecided("c", ("b",))
    match value:
        case Undecided(reason, tried):
            assert (reason, tried) == ("a", ("b",))
        case Proved():
            raise AssertionError
