"""``@frozen``: a class of values with slots, equality, hash, repr and pickling, quickly made.

To the reader and to type checkers it is a frozen dataclass, and `dataclasses.replace`, `fields` and
`is_dataclass` take it for one. It writes no code at import: the standard decorator costs more than
everything else that a start from the shell does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, Never, TypeVar, dataclass_transform, overload

T = TypeVar("T")


def hidden(*, init: Literal[False] = False) -> Any:
    """A slot that is derived from the others: ``__post_init__`` fills it, nothing else sees it."""
    return init


@overload
def frozen(cls: type[T]) -> type[T]: ...
@overload
def frozen(*, repr: bool = True) -> Callable[[type[T]], type[T]]: ...
@dataclass_transform(frozen_default=True, field_specifiers=(hidden,))
def frozen(cls: type[T] | None = None, *, repr: bool = True) -> Any:
    """The class with slots for its annotated names, in the order of writing.

    Defaults are shared, so they have to be values. With ``repr=False`` the class brings its own.

    >>> @frozen
    ... class Pair:
    ...     left: int
    ...     right: int = 0
    >>> Pair(1), Pair(1) == Pair(1, 0), replace(Pair(1), right=2)
    (Pair(left=1, right=0), True, Pair(left=1, right=2))
    """
    if cls is None:
        return lambda inner: _made(inner, repr)
    return _made(cls, repr)


def replace(value: T, /, **changes: Any) -> T:
    """A copy with other values under these names."""
    old = {name: getattr(value, name) for name in type(value).__match_args__}  # type: ignore[attr-defined]
    return type(value)(**{**old, **changes})


def _made(cls: type[Any], with_repr: bool) -> type[Any]:
    space = dict(cls.__dict__)
    slots = [
        name
        for name, kind in space.get("__annotations__", {}).items()
        if not str(kind).startswith(("ClassVar", "typing.ClassVar"))
    ]
    names = tuple(name for name in slots if not name.startswith("_"))
    defaults = {name: space.pop(name) for name in slots if name in space}
    for gone in ("__dict__", "__weakref__"):
        space.pop(gone, None)
    space.update(
        __slots__=tuple(slots),
        __match_args__=names,
        __eq__=_equal,
        __hash__=_hash,
        __reduce__=_reduce,
        __setattr__=_refuse,
        __delattr__=_refuse,
        __replace__=replace,
        __dataclass_fields__=_Fields(),
    )
    if with_repr:
        space["__repr__"] = _repr
    made: type[Any] = type(cls.__name__, cls.__bases__, space)
    made.__qualname__ = cls.__qualname__
    made.__init__ = _initialiser(made, defaults)
    return made


def _initialiser(cls: type[Any], defaults: dict[str, Any]) -> Callable[..., None]:
    names: tuple[str, ...] = cls.__match_args__
    setters = [getattr(cls, name).__set__ for name in names]
    derives = hasattr(cls, "__post_init__")
    needed = len(names)
    while needed and names[needed - 1] in defaults:
        needed -= 1
    usual = tuple(defaults.get(name) for name in names)

    def initialise(self: Any, *args: Any, **named: Any) -> None:
        if named or not needed <= len(args) <= len(names):
            args = _completed(cls.__name__, names, defaults, args, named)
        elif len(args) < len(names):
            args += usual[len(args) :]
        for put, value in zip(setters, args, strict=True):
            put(self, value)
        if derives:
            self.__post_init__()

    return initialise


def _completed(
    title: str,
    names: tuple[str, ...],
    defaults: dict[str, Any],
    args: tuple[Any, ...],
    named: dict[str, Any],
) -> tuple[Any, ...]:
    """A value for each name, from these in order, by name, and by default."""
    if len(args) > len(names):
        raise TypeError(f"{title} takes {len(names)} values, not {len(args)}")
    values = list(args)
    for name in names[len(args) :]:
        if name in named:
            values.append(named.pop(name))
        elif name in defaults:
            values.append(defaults[name])
        else:
            raise TypeError(f"{title} lacks a value for {name}")
    if named:
        raise TypeError(f"{title} has no {next(iter(named))} to be given (again)")
    return tuple(values)


def _values(value: Any) -> tuple[Any, ...]:
    return tuple(getattr(value, name) for name in value.__match_args__)


def _equal(self: Any, other: object) -> Any:
    if type(self) is not type(other):
        return NotImplemented
    return self is other or _values(self) == _values(other)


def _hash(self: Any) -> int:
    return hash((type(self).__name__, _values(self)))


def _reduce(self: Any) -> tuple[Any, ...]:
    return type(self), _values(self)


def _repr(self: Any) -> str:
    inside = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
    return f"{type(self).__qualname__}({inside})"


def _refuse(self: Any, name: str, *_: object) -> Never:
    raise AttributeError(f"a value of type {type(self).__name__} does not change: {name}")


class _Fields:
    """What ``dataclasses`` asks a class for, built when it asks."""

    __slots__ = ()

    def __get__(self, value: object, cls: type[Any]) -> dict[str, Any]:
        from dataclasses import fields, make_dataclass

        made = make_dataclass(cls.__name__, cls.__match_args__)
        return {each.name: each for each in fields(made)}
