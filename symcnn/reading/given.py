"""The grammar of ``given``: domains of names, and relations that hold.

    K, C_in: positive integer; P: nonnegative integer; alpha != 0; S divides N+2*P-F
    p: real in (0,1); m: integer >= 2; u: indexed real; X: indexed real support 0..9
    W: indexed by 2 real support 0..3 x 0..K-1; A, B: matrix n x n; v: vector n; phi: function

Items end with ``;`` or a line end. A mapping from names to domains (text, number or `Domain`) works
too. The item ``cnn`` declares `USUAL`. Whether the relations have a common point is not asked here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from symcnn.errors import ParseError
from symcnn.formula.conditions import Compare, Condition, Not
from symcnn.formula.domains import Domain, Given
from symcnn.formula.nodes import Formula, Index, Rational, Symbol, formula
from symcnn.reading.domain_phrase import read_domain
from symcnn.reading.limits import MAX_CHARACTERS
from symcnn.reading.messages import failure
from symcnn.reading.reading import read

GivenText: TypeAlias = "str | Given | Mapping[str, str | int | Fraction | Domain] | None"

# What ``given="cnn"`` declares; eps is read as epsilon. sigma is left out on purpose: it is a
# deviation or the sigmoid.
USUAL = (
    "N, M, B, C, C_in, C_out, H, W, H_in, W_in, H_out, W_out, K, K_h, K_w, F, S, D, G, L,"
    " R, m, n, k, s, d, g, r, t, kernel_size, stride, dilation, groups, in_channels,"
    " out_channels: positive integer;"
    " P, padding, output_padding: nonnegative integer;"
    " alpha, beta, gamma, mu: real; epsilon: nonnegative real"
)
_ITEM = re.compile(r"[^;\n]+")
_NAMES = re.compile(r"\s*([^:]*?)\s*:(?!=)\s*(.*?)\s*$", re.DOTALL)
_PLAIN_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*'*")


class _Item(NamedTuple):
    text: str
    offset: int


class _Declaration(NamedTuple):
    names: tuple[str, ...]
    phrase: str
    offset: int
    source: str


def read_given(text: GivenText) -> Given:
    """Domains and relations from text or a mapping; ParseError with the position otherwise.

    >>> given = read_given("K: positive integer; K divides N")
    >>> given.domain("K").low, given.relations
    (Rational(1), (Compare('divides', Symbol('K'), Symbol('N')),))
    """
    if text is None:
        return Given()
    if isinstance(text, Given):
        return text
    return _from_text(text) if isinstance(text, str) else _from_mapping(text)


def _from_mapping(mapping: Mapping[str, str | int | Fraction | Domain]) -> Given:
    domains: dict[str, Domain] = {}
    relations: list[Formula] = []
    for key, value in mapping.items():
        if isinstance(value, str):
            part = _from_text(f"{key}: {value}")
            domains.update(part.domains)
            relations.extend(part.relations)
            continue
        name = _name(key, 0, key)
        if isinstance(value, Domain):
            domains[name] = value
        elif type(value) in (int, Fraction):
            exact = formula(value)
            kind = "integer" if Fraction(value).denominator == 1 else "real"
            domains[name] = Domain(kind, exact, exact)
        else:
            raise failure("given-domain", key, 0, str(value))
    return Given(tuple(domains.items()), tuple(relations))


def _from_text(text: str) -> Given:
    if len(text) > MAX_CHARACTERS:
        raise failure("too-long", text[:80], 0, "", limit=str(MAX_CHARACTERS))
    declarations: list[_Declaration] = []
    conditions: list[_Item] = []
    for item in _items(text):
        if item.text == "cnn":
            usual = (_declaration(each, USUAL) for each in _items(USUAL))
            declarations.extend(each for each in usual if each is not None)
            continue
        found = _declaration(item, text)
        if found is None:
            conditions.append(item)
        else:
            declarations.append(found)
    outline = _outline(declarations)
    domains: dict[str, Domain] = {}
    relations: list[Formula] = []
    for each in declarations:
        said = read_domain(each.phrase, each.offset, each.source, outline)
        for name in each.names:
            family = _family(name, said.domain)
            clash = [d for d in declarations if family in d.names and d.source == each.source]
            if family != name and clash:
                raise failure("given-clash", each.source, each.offset, name, family=family)
            domains[family] = said.domain
            if said.parity is not None:
                relations.append(_parity(name, said.parity))
    given = Given(tuple(domains.items()))
    relations.extend(_relation(item, text, given) for item in conditions)
    return Given(given.domains, tuple(relations))


def _items(text: str) -> Iterator[_Item]:
    for found in _ITEM.finditer(text):
        stripped = found.group().strip()
        if stripped:
            yield _Item(stripped, found.start() + found.group().index(stripped))


def _declaration(item: _Item, source: str) -> _Declaration | None:
    found = _NAMES.match(item.text)
    if found is None:
        return None
    names = _name_list(found.group(1), item.offset + found.start(1), source)
    return _Declaration(names, found.group(2), item.offset + found.start(2), source)


def _name_list(names: str, offset: int, text: str) -> tuple[str, ...]:
    found = []
    for piece in names.split(","):
        found.append(_name(piece.strip(), offset + names.index(piece), text))
    return tuple(found)


def _name(piece: str, offset: int, text: str) -> str:
    if _PLAIN_NAME.fullmatch(piece):
        return piece
    try:
        formula = read(piece).formula
    except ParseError as error:
        raise failure("given-name", text, offset, piece) from error
    if isinstance(formula, Symbol):
        return formula.name
    if isinstance(formula, Index):
        return formula.name
    raise failure("given-name", text, offset, piece)


def _family(name: str, domain: Domain) -> str:
    """``n_k: indexed`` declares the family n, whose members are written n_k, n_j, n_1."""
    base, _, index = name.partition("_")
    return base if domain.indices and len(index) == 1 and index.isalpha() else name


def _outline(declarations: list[_Declaration]) -> Given:
    """Every name with a rough domain, enough to read the bounds that mention other names."""
    rough: dict[str, Domain] = {}
    for each in declarations:
        domain = Domain(indices=1 if "indexed" in each.phrase else 0)
        rough.update((_family(name, domain), domain) for name in each.names)
    return Given(tuple(rough.items()))


def _parity(name: str, parity: str) -> Formula:
    even = Compare("divides", Rational(2), Symbol(name))
    return even if parity == "even" else Not(even)


def _relation(item: _Item, text: str, given: Given) -> Formula:
    try:
        found = read(item.text, given).formula
    except ParseError as error:
        raise ParseError(
            error.message,
            text=text,
            offset=item.offset + error.offset,
            piece=error.piece,
            hint=error.hint,
            code=error.code,
            details=error.details,
        ) from error
    if not isinstance(found, Condition):
        raise failure("given-item", text, item.offset, item.text)
    return found
