"""Whether the formulas of a question can be used: read as a student's would be, and of one meaning.

Reads keys, conventions, milestones and domains; decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from symcnn.formula.conditions import Compare, Condition
from symcnn.formula.domains import Given
from symcnn.formula.nodes import Formula, Symbol
from symcnn.formula.traverse import free_names
from symcnn.grader.assignment import Question
from symcnn.grader.yaml_entries import Entry, meant
from symcnn.reading import read, read_given
from symcnn.verifying.keys import is_claim_id


def check_keys(entry: Entry, fields: Mapping[str, Entry], question: Question, shared: str) -> None:
    """Raises AuthorError, naming the field, for a formula of the question that cannot be used."""
    given = _granted(fields, question, shared)
    key = _formula(fields["key"], given)
    for each in _formulas(fields):
        _of_one_kind(each, _formula(each, given), key)
    found = dict.fromkeys(free_names(key))
    known = (*found, *(name for name, _ in given.domains))
    _check_names(fields, tuple(found), known)
    if question.kind == "number":
        loose = [name for name in found if name not in dict(question.uses)]
        if loose:
            raise fields["key"].error(
                f"a number has no names, and {loose[0]} is one",
                "write a number, type: formula, or uses: {" + loose[0] + ": the question}",
            )


def _granted(fields: Mapping[str, Entry], question: Question, shared: str) -> Given:
    whole = "\n".join(each for each in (shared, question.given) if each)
    if "given" in fields and question.given:
        fields["given"].read(read_given)  # the position is told within the question's own text
        return fields["given"].read(lambda _: read_given(whole))
    return read_given(whole)


def _formula(entry: Entry, given: Given) -> Formula:
    if is_claim_id(entry.text()):
        raise entry.error(
            "a key is a formula, not the name of a claim",
            f"`symcnn assignment new {entry.text()}` writes it out",
        )
    reading = entry.read(lambda text: read(text, given))
    if reading.alternatives:
        raise entry.error("a slash between Persian digits has two meanings", "write brackets")
    formula = reading.formula
    if isinstance(formula, Compare) and formula.op == "=" and isinstance(formula.lhs, Symbol):
        name = formula.lhs.name
        if given.domain(name) is None and name not in free_names(formula.rhs):
            raise entry.error(f"{name} = names the answer", "write the right side alone")
    return formula


def _formulas(fields: Mapping[str, Entry]) -> Iterator[Entry]:
    """Every other formula with the place where it stands."""
    if "start" in fields:
        yield fields["start"]
    for name in ("conventions", "milestones"):
        for each in fields[name].items() if name in fields else ():
            yield dict(each.pairs())["key"]


def _of_one_kind(entry: Entry, formula: Formula, key: Formula) -> None:
    if isinstance(formula, Condition) != isinstance(key, Condition):
        other = "a condition" if isinstance(key, Condition) else "a formula"
        raise entry.error(f"it is of another kind than the key, which is {other}")


def _check_names(
    fields: Mapping[str, Entry], found: tuple[str, ...], known: tuple[str, ...]
) -> None:
    for name, place in fields["uses"].pairs() if "uses" in fields else ():
        if name not in found:
            raise place.error(f"{name} does not stand in the key", meant(name, found))
    for name, place in fields["aliases"].pairs() if "aliases" in fields else ():
        target = place.filled()
        if target not in known:
            raise place.error(f"{target} is no name of the question", meant(target, known))
        if name in found:
            raise place.error(f"{name} stands in the key itself", "choose another alias")
    for name, place in fields["mistakes"].pairs() if "mistakes" in fields else ():
        _known_mistake(name, place)


def _known_mistake(name: str, place: Entry) -> None:
    from symcnn.diagnosis import KINDS

    if name not in KINDS:
        raise place.error(f"there is no mistake {name!r}", meant(name, KINDS))
