"""Where answers, their translations and the templates lie, and how an answer file becomes a value.

Answers are found on a path: the directories that a caller names, ``$SYMCNN_ANSWERS``, the checkout
beside the package, the copy inside an installed package. Nothing else in symcnn knows these places.

A question is one file, ``<document>/<question>.py``. A long one is a folder of that name: its
``question.py`` exports the ANSWER without parts, and each other file exports a PART and its CLAIMS.
"""

from __future__ import annotations

import importlib.util
import os
import tomllib
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

from symcnn.claims.answer import Answer, Part
from symcnn.claims.claim import Claim
from symcnn.errors import AUTHOR_MISTAKES, AuthorError, mistake

_PACKAGE = Path(__file__).resolve().parent
_SHIPPED = _PACKAGE / "_data"
_WHOLE = "question.py"


def answer_directories(directories: Sequence[Path] = ()) -> tuple[Path, ...]:
    """The directories that are searched, in order, each once.

    Raises AuthorError for a directory that a caller or ``$SYMCNN_ANSWERS`` names and that is none.
    """
    from_environment = os.environ.get("SYMCNN_ANSWERS", "")
    named = [(each, "--answers") for each in directories]
    named += [
        (Path(each), "$SYMCNN_ANSWERS") for each in from_environment.split(os.pathsep) if each
    ]
    for each, origin in named:
        if not each.is_dir():
            raise AuthorError(f"{origin}: {each} is no directory: name one that holds answers")
    places = [each for each, _ in named] + _own_directories("answers")
    return tuple(dict.fromkeys(each.resolve() for each in places))


def template_directories() -> tuple[Path, ...]:
    """The directories that hold the templates, in the order of search."""
    return tuple(_own_directories("templates"))


def _own_directories(name: str) -> list[Path]:
    checkout = _PACKAGE.parent
    places = [checkout / name] if (checkout / "pyproject.toml").is_file() else []
    return [each for each in (*places, _SHIPPED / name) if each.is_dir()]


def answer_files(directories: Sequence[Path] = ()) -> dict[str, Path]:
    """Every answer file by its id ``<document>/<question>``, in the order of the ids.

    Files and folders whose names begin with ``_`` or ``.`` hold no answers. Raises AuthorError when
    two files have one id, and names both.
    """
    found: dict[str, Path] = {}
    for directory in answer_directories(directories):
        for path in sorted((*directory.glob("*/*.py"), *directory.glob(f"*/*/{_WHOLE}"))):
            place = path.parent if path.name == _WHOLE else path.with_suffix("")
            answer_id = f"{place.parent.name}/{place.name}"
            if any(each.startswith(("_", ".")) for each in answer_id.split("/")):
                continue
            if answer_id in found:
                raise AuthorError(
                    f"the id {answer_id} stands twice: {found[answer_id]} and {path}; rename one"
                )
            found[answer_id] = path
    return dict(sorted(found.items(), key=lambda item: _natural(item[0])))


def _natural(answer_id: str) -> tuple[tuple[int, int | str], ...]:
    """Sorts q2 before q10."""
    pieces: list[str] = [""]
    for letter in answer_id:
        if letter.isdecimal() != pieces[-1].isdecimal():
            pieces.append("")
        pieces[-1] += letter
    return tuple((0, int(piece)) if piece.isdecimal() else (1, piece) for piece in pieces)


def select(wanted: Sequence[str], directories: Sequence[Path] = ()) -> tuple[tuple[str, Path], ...]:
    """The answers that are asked for by id or by document; all of them when nothing is.

    Raises AuthorError for a name that is neither, with the nearest names there are.
    """
    files = answer_files(directories)
    if not files:
        raise AuthorError(
            "there are no answers: name a directory with --answers DIR, or make one with "
            "`symcnn new question mine/q1`"
        )
    chosen: dict[str, Path] = {} if wanted else files
    for name in wanted:
        asked = name.removesuffix("/")
        matching = {
            each: path
            for each, path in files.items()
            if asked in (each, each.split("/", maxsplit=1)[0])
        }
        if not matching:
            raise AuthorError(_unknown(name, tuple(files)))
        chosen.update(matching)
    return tuple(chosen.items())


def _unknown(name: str, ids: Sequence[str]) -> str:
    documents = dict.fromkeys(each.split("/", maxsplit=1)[0] for each in ids)
    near = get_close_matches(name, [*ids, *documents], n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else "`symcnn list` prints all ids"
    return f"there is no answer {name!r}; {hint}"


def course_file(answer: Path) -> Path | None:
    """The ``course.toml`` of an answer: beside it, else in its directory of answers, else None."""
    places = (answer.parent / "course.toml", answer.parent.parent / "course.toml")
    return next((each for each in places if each.is_file()), None)


class _Uncached(SourceFileLoader):
    """Runs a source file as it is now: a cached copy is told apart by whole seconds only."""

    def path_stats(self, path: Any) -> Mapping[str, Any]:
        raise OSError(f"{path} is not cached")


def load_answer(path: Path) -> Answer:
    """The ``ANSWER`` that the file exports, with the parts of its folder where it has one.

    Raises AuthorError, naming file and line, for anything that keeps the file from running, and
    for a file that exports no Answer.
    """
    answer = getattr(_run(path), "ANSWER", None)
    where = _shown(path)
    if answer is None:
        raise AuthorError(
            f"{where}: it exports no ANSWER; end it with "
            "ANSWER = Answer(problem=Problem(...), claims=(...))"
        )
    if not isinstance(answer, Answer):
        raise AuthorError(
            f"{where}: ANSWER is of type {type(answer).__name__}; "
            "it has to be Answer(problem=Problem(...), claims=(...))"
        )
    return _joined(path, answer) if path.name == _WHOLE else answer


def _joined(path: Path, answer: Answer) -> Answer:
    """The answer with the parts and claims of the files beside ``question.py``, in their order."""
    parts: list[Part] = []
    claims: list[Claim] = []
    for each in sorted(path.parent.glob("*.py"), key=lambda file: _natural(file.name)):
        if each == path or each.name.startswith(("_", ".")):
            continue
        module = _run(each)
        part, own = getattr(module, "PART", None), getattr(module, "CLAIMS", None)
        if not isinstance(part, Part) or not isinstance(own, tuple):
            raise AuthorError(
                f"{_shown(each)}: a file of a question in parts exports PART = Part(...) and "
                "CLAIMS = (...)"
            )
        parts.append(part)
        claims += own
    try:
        return answer.joined(tuple(parts), tuple(claims))
    except AUTHOR_MISTAKES as error:
        _report(path, error)


def _run(path: Path) -> ModuleType:
    where = _shown(path)
    if not path.is_file():
        raise AuthorError(f"{where}: there is no such file")
    name = "symcnn_answer_" + "_".join((path.parent.name, path.stem))
    spec = importlib.util.spec_from_file_location(name, path, loader=_Uncached(name, str(path)))
    if spec is None or spec.loader is None:
        raise AuthorError(f"{where}: this is no Python file")
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except AUTHOR_MISTAKES as error:
        _report(path, error)
    return module


def _report(path: Path, error: BaseException) -> NoReturn:
    message = str(error)
    if message.startswith(str(path)):  # a claim that names its file itself
        raise AuthorError(message.replace(str(path), _shown(path), 1)) from error
    raise AuthorError(f"{_shown(path)}: {mistake(error, str(path))}") from error


def _shown(path: Path) -> str:
    """The path as a person at the shell would type it."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def _words(path: Path, language: str) -> list[Path]:
    """The files of words for the answer at ``path``; ``*`` stands for every language."""
    stem = "*" if path.name == _WHOLE else path.stem
    return sorted(path.parent.glob(f"{stem}.{language}.toml"))


def languages(path: Path) -> tuple[str, ...]:
    """The other languages that have a file of words beside the answer at ``path``."""
    found = (each.name.split(".") for each in _words(path, "*"))
    return tuple(sorted({pieces[1] for pieces in found if len(pieces) == 3}))


def translation(path: Path, language: str) -> dict[str, str] | None:
    """The words of another language for the answer at ``path``, or None where there are none.

    They lie in ``<file>.<language>.toml`` beside its files; keys are dotted (``say.padded``,
    ``reasons.chain.0``). Raises AuthorError naming the file when it cannot be read.
    """
    files = _words(path, language)
    flat: dict[str, str] = {}
    for words in files:
        try:
            tree = tomllib.loads(words.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise AuthorError(f"{_shown(words)}: this is no TOML: {error}") from error
        except UnicodeDecodeError as error:
            raise AuthorError(
                f"{_shown(words)}: byte {error.start} is not UTF-8: save it so"
            ) from error
        _flatten(words, "", tree, flat)
    return flat if files else None


def _flatten(path: Path, key: str, value: object, into: dict[str, str]) -> None:
    if isinstance(value, str):
        into[key] = value
    elif isinstance(value, dict):
        for name, each in value.items():
            _flatten(path, f"{key}.{name}" if key else name, each, into)
    elif isinstance(value, list):
        for position, each in enumerate(value):
            _flatten(path, f"{key}.{position}", each, into)
    else:
        raise AuthorError(f'{_shown(path)}: {key} is no text: put it into quotes, "{value}"')
