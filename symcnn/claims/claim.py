"""One claim is one function: name = id, docstring = sentence, return value = statement."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeAlias

from symcnn.claims.statements import Statement, resolve
from symcnn.claims.verdict import HoldsUnder, Proved, Refuted, Undecided, Verdict
from symcnn.errors import AUTHOR_MISTAKES, AuthorError, ParseError, mistake
from symcnn.formula.domains import Given
from symcnn.formula.frozen import frozen

Role: TypeAlias = Literal["source", "own"]
GivenText: TypeAlias = str | Mapping[str, Any] | None


@frozen
class Claim:
    """A sentence, the statement that it stands for, and the verdict that its author expects.

    ``given`` is what the question grants, ``needs`` what the author adds. ``source`` names the
    places that make the claim; ``corrected_by`` names the claim that puts a wrong one right.
    """

    name: str
    sentence: str
    build: Callable[..., Statement]
    expect: type[Verdict]
    given: GivenText = None
    needs: GivenText = None
    role: Role = "own"
    source: tuple[str, ...] = ()
    corrected_by: str = ""
    file: str = ""

    def parameters(self) -> tuple[str, ...]:
        """The numbers of the question that the claim's function asks for by name."""
        code = self.build.__code__
        return code.co_varnames[: code.co_argcount]

    def granted(self, numbers: Mapping[str, int] | None = None) -> Given:
        """Domains and relations of the claim, and the numbers of the question as relations.

        A claim that declares a name in ``given``, and does not ask for its number, is about every
        value of that name; all other names have the values that the question gives.
        """
        granted = self._read(self.given)
        general = {name for name, _ in granted.domains}.difference(self.parameters())
        pinned = [
            f"{name} = {value}" for name, value in (numbers or {}).items() if name not in general
        ]
        if not pinned:
            return granted
        relations = self._read("; ".join(pinned)).relations
        return Given(granted.domains, (*granted.relations, *relations))

    def needed(self) -> Given:
        """What the author adds to ``given``."""
        return self._read(self.needs)

    def statement(self, numbers: Mapping[str, int] | None = None) -> Statement:
        """The statement, every side a Formula. Raises AuthorError that names file and claim."""
        wanted = self.parameters()
        missing = [name for name in wanted if name not in (numbers or {})]
        if missing:
            raise AuthorError(f"{self.where()}: the problem gives no number for {missing[0]}")
        arguments = {name: (numbers or {})[name] for name in wanted}
        try:
            return resolve(self.build(**arguments), self.granted(numbers))
        except (AuthorError, ParseError) as error:
            raise AuthorError(f"{self.where()}: {error}") from error
        except AUTHOR_MISTAKES as error:
            raise AuthorError(f"{self.where()}: {mistake(error, self.file)}") from error

    def where(self) -> str:
        """File and claim, as messages name them."""
        return f"{self.file}: claim {self.name}"

    def _read(self, text: GivenText) -> Given:
        if not text:
            return Given()
        from symcnn.reading import read_given

        try:
            return read_given(text)
        except ParseError as error:
            raise AuthorError(f"{self.where()}: {error}") from error


def claim(
    *,
    expect: type[Verdict],
    given: GivenText = None,
    needs: GivenText = None,
    role: Role = "own",
    source: tuple[str, ...] = (),
    corrected_by: str = "",
) -> Callable[[Callable[..., Statement]], Claim]:
    """Wraps a function into a `Claim`; registers nothing.

    >>> from symcnn.claims import Equation, Proved, claim
    >>> @claim(expect=Proved, given="K: integer")
    ... def square():
    ...     "The square of a sum."
    ...     return Equation("(K+1)^2", "K^2 + 2*K + 1")
    >>> square.name, square.sentence
    ('square', 'The square of a sum.')
    """

    def wrap(build: Callable[..., Statement]) -> Claim:
        from inspect import cleandoc

        where = f"{build.__code__.co_filename}: claim {build.__name__}"
        if expect not in (Proved, HoldsUnder, Refuted, Undecided):
            raise AuthorError(f"{where}: expect is Proved, HoldsUnder, Refuted or Undecided")
        if not build.__doc__:
            raise AuthorError(f"{where}: write its sentence as the docstring")
        if needs and expect is Proved:
            raise AuthorError(f"{where}: with needs, expect=HoldsUnder (or drop needs)")
        if expect is HoldsUnder and not needs:
            raise AuthorError(f"{where}: expect=HoldsUnder needs the assumptions in needs=")
        if role == "source" and not source:
            raise AuthorError(f"{where}: role='source' names its entries in source=(...)")
        return Claim(
            name=build.__name__,
            sentence=cleandoc(build.__doc__),
            build=build,
            expect=expect,
            given=given,
            needs=needs,
            role=role,
            source=source,
            corrected_by=corrected_by,
            file=build.__code__.co_filename,
        )

    return wrap
