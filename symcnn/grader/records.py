"""The values of the grader as JSON and back: the complete record of a run, for staff.

The fields of a class and their types say how it is written and read, so a field that is added to a
value is in the record at once. Fractions are texts (``"5/6"``), tuples are lists, and every key is
there. Nothing here knows files, except `read_results`.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, TypeAlias, TypeVar, get_args, get_origin, get_type_hints, overload

import symcnn
from symcnn.errors import AuthorError
from symcnn.grader.marks import Grading

T = TypeVar("T")
SCHEMA = 1
RESULTS = "results.json"
_PLAIN = frozenset({str, int, bool, NoneType})
_CALLED = {str: "a text", int: "a whole number", bool: "true or false", NoneType: "null"}
_MAX_BYTES = 1 << 30
Reader: TypeAlias = Callable[[Any, str], Any]


def as_record(value: Any) -> Any:
    """What ``json.dumps`` takes, for any value of the grader; a Grading is the record of a run.

    >>> from symcnn.grader.marks import Remark
    >>> as_record((Remark("where", "line", "line 2"), Fraction(5, 6)))
    [{'level': 'where', 'kind': 'line', 'text': 'line 2'}, '5/6']
    """
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is Fraction:
        return str(value)
    if kind is tuple:
        return [as_record(each) for each in value]
    fields = {name: as_record(getattr(value, name)) for name in kind.__match_args__}
    if kind is Grading:
        return {"schema": SCHEMA, "symcnn": symcnn.__version__, **fields}
    return fields


@overload
def from_record(record: Any) -> Grading: ...
@overload
def from_record(record: Any, kind: type[T]) -> T: ...
def from_record(record: Any, kind: Any = Grading) -> Any:
    """The value that `as_record` made the record of: a Grading, or one of another kind.

    Raises AuthorError that names the field for what is no such record.

    >>> from symcnn.grader.submission import Problem
    >>> from_record({"where": "ali.md", "message": "it is empty"}, Problem)
    Problem(where='ali.md', message='it is empty', hint='')
    """
    if kind is Grading and isinstance(record, dict):
        if record.get("schema") != SCHEMA:
            raise AuthorError(f"the record is not of schema {SCHEMA}: mark the submissions again")
        record = {k: v for k, v in record.items() if k not in ("schema", "symcnn")}
    return _reader(kind, {})(record, "")


def results_text(grading: Grading) -> str:
    """The record as the text of a file, a student a line."""
    from json import dumps

    lines = []
    for name, field in as_record(grading).items():
        if isinstance(field, list) and field:
            rows = ",\n".join(dumps(each, ensure_ascii=False) for each in field)
            lines.append(f"{dumps(name)}: [\n{rows}\n]")
        else:
            lines.append(f"{dumps(name)}: {dumps(field, ensure_ascii=False)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def read_results(run: Path) -> Grading:
    """The record of a run: of the directory of the run, or of the file itself.

    Raises AuthorError for what cannot be read, or is no record of a run.
    """
    from json import loads

    path = run / RESULTS if run.is_dir() else run
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise AuthorError(f"{path}: more than {_MAX_BYTES} bytes are no record of a run")
        record = loads(path.read_bytes())
    except OSError as error:
        hint = "name the directory that `symcnn grade -o` has written"
        raise AuthorError(f"{path}: {error.strerror}; {hint}") from error
    except (ValueError, RecursionError) as error:
        raise AuthorError(f"{path} is no JSON: {error}; mark the submissions again") from error
    try:
        return from_record(record)
    except AuthorError as error:
        raise AuthorError(f"{path}: {error}") from error


def _reader(kind: Any, known: dict[Any, Reader]) -> Reader:
    """Reads what `as_record` writes for a type; ``known`` are the readers that were made before."""
    if kind not in known:
        known[kind] = _made(kind, known)
    return known[kind]


def _made(kind: Any, known: dict[Any, Reader]) -> Reader:
    if kind in _PLAIN:
        return _plain(kind)
    if kind is Fraction:
        return _fractions()
    inner = get_args(kind)
    if get_origin(kind) is UnionType:
        [other] = [each for each in inner if each is not NoneType]
        some = _reader(other, known)
        return lambda value, place: None if value is None else some(value, place)
    if get_origin(kind) is tuple:
        if inner[-1] is Ellipsis:
            return _each(_reader(inner[0], known))
        return _row([_reader(each, known) for each in inner])
    return _value(kind, known)


def _plain(kind: type[Any]) -> Reader:
    def read(value: Any, place: str) -> Any:
        return value if type(value) is kind else _refuse(place, _CALLED[kind])

    return read


def _fractions() -> Reader:
    met: dict[str, Fraction] = {}  # a class has few different numbers

    def read(value: Any, place: str) -> Any:
        try:
            if value not in met:
                met[value] = Fraction(value) if type(value) is str else _refuse(place, "a fraction")
            return met[value]
        except (TypeError, ValueError, ZeroDivisionError):
            return _refuse(place, 'a fraction such as "5/6"')

    return read


def _each(some: Reader) -> Reader:
    def read(value: Any, place: str) -> Any:
        if not isinstance(value, list):
            _refuse(place, "a list")
        return tuple([some(each, f"{place}[{n}]") for n, each in enumerate(value)])

    return read


def _row(readers: list[Reader]) -> Reader:
    def read(value: Any, place: str) -> Any:
        if not isinstance(value, list) or len(value) != len(readers):
            _refuse(place, f"a list of {len(readers)}")
        return tuple(
            some(each, f"{place}[{n}]")
            for n, (some, each) in enumerate(zip(readers, value, strict=True))
        )

    return read


def _value(kind: Any, known: dict[Any, Reader]) -> Reader:
    fields = {
        name: _reader(inner, known)
        for name, inner in get_type_hints(kind).items()
        if name in kind.__match_args__
    }

    def read(value: Any, place: str) -> Any:
        if not isinstance(value, dict):
            _refuse(place, "an object")
        for name in value:
            if name not in fields:
                raise AuthorError(f"{place or 'the record'}: there is no field {name!r}")
        inside = {name: fields[name](each, f"{place}.{name}") for name, each in value.items()}
        try:
            return kind(**inside)
        except TypeError as error:
            raise AuthorError(f"{place or 'the record'}: {error}") from error

    return read


def _refuse(place: str, wanted: str) -> Any:
    raise AuthorError(f"{place or 'the record'}: this is not {wanted}")
