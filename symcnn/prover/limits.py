"""Limits of rational functions, with ``c^n`` and ``exp(c*n)``, by leading terms or by putting in.

Towards infinity numerator and denominator are compared by how fast they grow; towards a point it
is put in once common factors have cancelled. The number that comes out is compared with the claim.
Anything else stays undecided.
"""

from __future__ import annotations

from symcnn.claims.certificate import Certificate, Obligation
from symcnn.claims.statements import Limit
from symcnn.claims.verdict import Proved, Refuted, Undecided, Verdict, Witness
from symcnn.formula.binders import Sum
from symcnn.formula.conditions import Compare
from symcnn.formula.domains import Domain
from symcnn.formula.frozen import replace
from symcnn.formula.nodes import (
    Add,
    Call,
    Formula,
    Mul,
    Pow,
    Rational,
    Symbol,
    mul,
    negative,
    number,
)
from symcnn.formula.plain import plain
from symcnn.formula.traverse import free_names, substitute
from symcnn.formula.values import Undefined
from symcnn.prover import signs
from symcnn.prover.definedness import needs_of
from symcnn.prover.domains import Facts, constant
from symcnn.prover.equations import decide_equation
from symcnn.prover.growth import Unknown, eventually_nonzero, faster, leading, nonzero
from symcnn.prover.identities import known_terms
from symcnn.prover.ladder import QUICK, SLOW, climb
from symcnn.prover.outside import pulled
from symcnn.prover.points import Sampler
from symcnn.prover.proof import Notes, Question
from symcnn.prover.rational import Full, Ring, Stopped, capacity
from symcnn.prover.unroll import unroll
from symcnn.prover.witness import value_at

INFINITY = Call("infinity", ())
_CONTINUOUS = ("exp", "tanh", "sigmoid", "erf", "sin", "cos", "abs", "relu", "max", "min")


def decide_limit(limit: Limit, facts: Facts) -> Verdict:
    """The verdict on "the expression tends to the value", for all parameters inside the facts.

    >>> from symcnn.formula.domains import Given
    >>> n = Symbol("n")
    >>> decide_limit(Limit(n / (n + 1), "n", INFINITY, Rational(1)), Facts(Given(), (n,))).kind
    'proved'
    """
    name, to, value = limit.variable, limit.to, limit.value
    if name in free_names(to) or name in free_names(value):
        return Undecided("the limit or its place mentions the variable")
    hindrance = _unreachable(name, to, facts)
    if hindrance:
        return Undecided(hindrance, (), "a variable that is free to tend there")
    try:
        if _infinite(to):
            found = _far(limit.expression, name, _infinite(to), facts)
        else:
            found = _near(limit.expression, name, to, facts)
    except (Unknown, Stopped) as stopped:
        return Undecided("the limit is not found", (f"leading terms: {stopped}",), "a bound")
    return _compared(found, value, limit, facts)


def _compared(found: Formula, value: Formula, limit: Limit, facts: Facts) -> Verdict:
    inside = _parameters(limit.variable, facts)
    rule = "leading terms" if _infinite(limit.to) else "putting in"
    if _infinite(found) or _infinite(value):
        if found == value or _infinite(found) == _infinite(value):
            return Proved(rule, _evidence(rule, value, limit, facts))
        return _elsewhere(found, value, inside)
    verdict = decide_equation(found, value, inside)
    match verdict:
        case Proved():
            premises = (_evidence(rule, found, limit, facts), verdict.certificate)
            certificate = Certificate(rule, _goal(limit.expression, value, limit), premises)
            return replace(verdict, method=rule, certificate=certificate)
        case Refuted():
            return replace(verdict, message=f"the limit is {plain(found)}")
    return verdict


def _goal(expression: Formula, value: Formula, limit: Limit) -> str:
    return f"{plain(expression)} -> {plain(value)} as {limit.variable} -> {plain(limit.to)}"


def _evidence(rule: str, found: Formula, limit: Limit, facts: Facts) -> Certificate:
    """The limit that was found, of the expression with its sums closed."""
    f = pulled(unroll(limit.expression), _parameters(limit.variable, facts))
    same = None
    if f != limit.expression:
        same = climb(Question(limit.expression, f, facts), (*QUICK, *SLOW), Notes())
    if same is None:
        f = limit.expression
    text = _goal(f, found, limit)
    granted = known_terms(f, found, facts)
    if granted:
        text += f" with {granted}"
    goal = _goal(limit.expression, found, limit)
    premises = () if same is None else (same.certificate,)
    return Certificate(rule, goal, premises, Obligation("limit", text))


def _elsewhere(found: Formula, value: Formula, facts: Facts) -> Verdict:
    """One of the two is infinite and the other is not, or the signs differ."""
    for point in Sampler(facts, (found, value)).points():
        ends = [
            Undefined(plain(side)) if _infinite(side) else value_at(side, point)
            for side in (found, value)
        ]
        message = f"the limit is {plain(found)}"
        return Refuted(Witness(tuple(point.items()), ends[0], ends[1]), (), message)
    return Undecided("no admissible point")


def _infinite(f: Formula) -> int:
    """1 for infinity, -1 for minus infinity, 0 for anything else."""
    if f == INFINITY:
        return 1
    return -1 if f == negative(INFINITY) else 0


def _unreachable(name: str, to: Formula, facts: Facts) -> str:
    """Why the variable may not tend there inside its domain; empty where it can."""
    for relation in facts.relations:
        if name not in free_names(relation):
            continue
        if _harmless(relation, bool(_infinite(to))):
            continue
        return f"{plain(relation)} restricts the variable"
    for other_name, domain in facts.domains.items():
        ends = (domain.low, domain.high, *domain.shape)
        if other_name != name and any(end is not None and name in free_names(end) for end in ends):
            return f"the domain of {other_name} depends on the variable"
    domain = facts.domains.get(name, Domain())
    if domain.kind not in ("integer", "real") or domain.indices:
        return "the variable is no number"
    if any(end is not None and constant(end) is None for end in (domain.low, domain.high)):
        return "the ends of the variable are no numbers"
    bounds = facts.bounds(name)
    direction = _infinite(to)
    if direction:
        end = bounds.high if direction > 0 else bounds.low
        return "" if end is None else "the variable is bounded"
    if domain.kind == "integer":
        return "an integer does not tend to a number"
    place = constant(to)
    if bounds.low is None and bounds.high is None:
        return ""
    if place is None or bounds.empty or bounds.low == bounds.high:
        return "the variable may not come near"
    low, high = bounds.low, bounds.high
    inside = (low is None or low <= place) and (high is None or place <= high)
    return "" if inside else "the variable does not come near"


def _harmless(relation: Formula, far: bool) -> bool:
    """It bounds the variable by a number, excludes one, or asks for multiples of one."""
    match relation:
        case Compare("<" | "<=" | ">" | ">=" | "!=", Symbol(), other):
            return constant(other) is not None
        case Compare("<" | "<=" | ">" | ">=" | "!=", other, Symbol()):
            return constant(other) is not None
        case Compare("divides", divisor, Symbol()):
            return far and constant(divisor) not in (None, 0)
    return False


def _parameters(name: str, facts: Facts) -> Facts:
    """What is known without the variable, which is only known to be a number."""
    other = facts.binding(Sum(Rational(0), name, Rational(1), INFINITY))
    if facts.domains.get(name, Domain()).kind != "integer":
        other.domains[name] = Domain()
    return other


def _far(expression: Formula, name: str, direction: int, facts: Facts) -> Formula:
    """The limit towards plus or minus infinity. Raises `Unknown` or `Stopped`."""
    inside = _parameters(name, facts)  # only values from 1 on matter
    if direction < 0:
        expression = substitute(expression, {name: negative(Symbol(name))})
    f = pulled(unroll(expression), inside)
    for need in needs_of(expression, inside):
        ring, num, _ = _pair(need.part, inside)
        plainly = need.kind == "nonzero" and not need.guards and not need.bound
        if not plainly or not eventually_nonzero(leading(ring, num, name, inside), name, inside):
            raise Unknown(f"{plain(need.part)} must be {need.kind}")
    ring, num, den = _pair(f, inside)
    above, below = leading(ring, num, name, inside), leading(ring, den, name, inside)
    if not eventually_nonzero(below, name, inside):
        raise Unknown("the leading coefficient of the denominator may be 0")
    order = faster(above.growth, below.growth)
    if order < 0:
        return Rational(0)
    quotient = above.coefficient / below.coefficient
    if name in free_names(quotient):
        raise Unknown("the leading coefficient changes its sign")
    if order == 0:
        return _tidy(quotient)
    if not above.growth.positive:
        raise Unknown("a sign that may change")
    for sign in (1, -1):
        if signs.positive(mul((Rational(sign), quotient)), inside):
            return INFINITY if sign > 0 else negative(INFINITY)
    raise Unknown("the sign of the leading coefficient is not known")


def _tidy(f: Formula) -> Formula:
    value = constant(f)
    return f if value is None else number(value)


def _pair(f: Formula, facts: Facts) -> tuple[Ring, object, object]:
    count = capacity((f,))
    while True:
        ring = Ring(facts, count)
        try:
            num, den = ring.lowest(*ring.pair(f))
            return ring, num, den
        except Full:
            count *= 2
            if count > 4096:
                raise Stopped("the formula has more atoms than the budget allows") from None


def _near(expression: Formula, name: str, to: Formula, facts: Facts) -> Formula:
    """The limit towards a point. Raises `Unknown` or `Stopped`."""
    inside = facts.binding(Sum(Rational(0), name))
    inside.domains[name] = Domain()
    at = {name: to}
    for need in needs_of(expression, inside):
        ring, num, _ = _pair(need.part, inside)
        plainly = need.kind == "nonzero" and not need.guards and not need.bound
        if not plainly or not (
            _shown_at(need.part, at, inside) or _few_zeros(ring, num, name, inside)
        ):
            raise Unknown(f"{plain(need.part)} must be {need.kind}")
    ring, num, den = _pair(pulled(unroll(expression), inside), inside)
    for atom in ring.atoms:
        if not _continuous(atom, name):
            raise Unknown(f"{plain(atom)} may jump")
    above, below = (substitute(ring.as_formula(part), at) for part in (num, den))
    if not nonzero(below, inside):
        raise Unknown("the denominator may vanish there")
    return _tidy(above / below)


def _shown_at(part: Formula, at: dict[str, Formula], facts: Facts) -> bool:
    return all(_continuous(part, name) for name in at) and nonzero(substitute(part, at), facts)


def _few_zeros(ring: Ring, num: object, name: str, facts: Facts) -> bool:
    """A polynomial of the variable that is not 0: its zeros are isolated."""
    plainly = all(atom == Symbol(name) or name not in free_names(atom) for atom in ring.atoms)
    return plainly and eventually_nonzero(leading(ring, num, name, facts), name, facts)


def _continuous(f: Formula, name: str) -> bool:
    """Continuous in the variable everywhere, by how it is built."""
    if name not in free_names(f) or f == Symbol(name):
        return True
    match f:
        case Add(args) | Mul(args):
            return all(_continuous(arg, name) for arg in args)
        case Pow(base, Rational(value=value)):
            return value >= 0 and value.denominator == 1 and _continuous(base, name)
        case Call(function, args) if function in _CONTINUOUS:
            return all(_continuous(arg, name) for arg in args)
    return False
