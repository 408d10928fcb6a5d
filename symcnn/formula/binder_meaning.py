"""The meaning of what binds a variable: sums, products, arrays by rule; and of written tables."""

from __future__ import annotations

from fractions import Fraction

from symcnn.formula import array_meaning as arrays
from symcnn.formula.arithmetic import integer
from symcnn.formula.arrays import Array, Table
from symcnn.formula.balls import enclosure
from symcnn.formula.binders import Binder, Product, Sum
from symcnn.formula.evaluation import Evaluation, Rule, Work
from symcnn.formula.nodes import Call, Formula, Mul, Rational
from symcnn.formula.support import Support
from symcnn.formula.values import ArrayValue, Undefined, Unevaluable

_MISSING = object()


def _binder(f: Binder, at: Evaluation) -> Work:
    word = "sum" if isinstance(f, Sum) else "product"
    ends: list[int | None] = []
    for end, side in ((f.low, -1), (f.high, 1)):
        if end is None or _infinite(end) == side:
            ends.append(None)
            continue
        value = at.values[type(end)](end, at)
        if type(value) is Undefined:
            return value
        ends.append(integer(value))
        if ends[-1] is None:
            return Undefined(f"a {word} from or to a number that is no integer")
    low, high = ends
    if low is None or high is None:
        low, high = _support(f, low, high, at)
    return _over(f, low, high, at)


def _infinite(end: Formula) -> int:
    if isinstance(end, Mul) and end.args[0] == Rational(-1) and len(end.args) == 2:
        return -_infinite(end.args[1])
    return int(isinstance(end, Call) and end.name == "infinity")


def _support(f: Binder, low: int | None, high: int | None, at: Evaluation) -> tuple[int, int]:
    def value(part: Formula) -> Work:
        found = at.values[type(part)](part, at)
        public = isinstance(found, (int, Fraction, Undefined, ArrayValue))
        return found if public else enclosure(found, at)

    if isinstance(f, Sum):
        low, high = Support(value, at.point).of_sum(f.body, f.variable, (low, high))
        if low is not None and high is not None:
            return low, high
    raise Unevaluable("a sum or product over infinitely many integers, with no finite support seen")


def _over(f: Binder, low: int, high: int, at: Evaluation) -> Work:
    if low > high:
        return 0 if isinstance(f, Sum) else 1
    at.spend(high - low + 1)
    combine = arrays.plus if isinstance(f, Sum) else arrays.times
    body, name, symbols = f.body, f.variable, at.symbols
    rule = at.values[type(body)]
    outer = symbols.get(name, _MISSING)
    symbols[name] = low
    total = rule(body, at)
    for k in range(low + 1, high + 1):
        if type(total) is Undefined:
            break
        symbols[name] = k
        total = combine(total, rule(body, at), at)
    _restore(symbols, name, outer)
    return total


def _restore(symbols: dict[str, Work], name: str, outer: object) -> None:
    if outer is _MISSING:
        symbols.pop(name, None)
    else:
        symbols[name] = outer


def _array(f: Array, at: Evaluation) -> Work:
    shape, count = [], 1
    for length in f.shape:
        value = at.values[type(length)](length, at)
        if type(value) is Undefined:
            return value
        whole = integer(value)
        if whole is None or whole < 0:
            return Undefined("the length of an array is an integer >= 0")
        shape.append(whole)
        count *= whole
    at.spend(count)
    outer = [(name, at.symbols.get(name, _MISSING)) for name in f.variables]
    entries = []
    for place in arrays.positions(tuple(shape)):
        at.symbols.update(zip(f.variables, place, strict=True))
        entries.append(_entry(f.entry, at))
    for name, value in outer:
        _restore(at.symbols, name, value)
    return ArrayValue(tuple(shape), tuple(entries))


def _entry(f: Formula, at: Evaluation) -> Work:
    value = at.values[type(f)](f, at)
    return Undefined("an array as an entry") if isinstance(value, ArrayValue) else value


def _table(f: Table, at: Evaluation) -> Work:
    return ArrayValue(f.size, tuple(_entry(entry, at) for entry in f.entries))


BINDER_RULES: dict[type[Formula], Rule] = {
    Sum: _binder, Product: _binder, Array: _array, Table: _table,
}  # fmt: skip
