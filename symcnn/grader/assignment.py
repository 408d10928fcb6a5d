"""An assignment as values: what is asked, what is right, and what each answer is worth.

Keys are text, read as a student's would be. Nothing here knows files, submissions or verdicts.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from symcnn.errors import AuthorError
from symcnn.formula.frozen import frozen

KINDS = ("formula", "number", "matrix", "chain", "truth", "choice", "manual", "statement")
FORMS = ("expanded", "factored", "single fraction", "lowest terms", "number")
PHASES = ("before", "after")
NOTHING: Mapping[str, str] = {}


@frozen
class Convention:
    """Another key that counts, as ``FLOPs, two for each MAC``; ``credit`` is a share of the points.

    ``note`` is what a student is told whose answer follows it.
    """

    name: str
    key: str
    credit: Fraction = Fraction(1)
    note: str = ""


@frozen
class Criterion:
    """A line of the rubric by which a person marks."""

    text: str
    points: Fraction


@frozen
class Milestone:
    """A line of the key's derivation that earns a share of the points when it is reached."""

    key: str
    credit: Fraction


@frozen
class Feedback:
    """How much students are told: a level before the due date, and one after it."""

    before: str = "where"
    after: str = "solution"

    def at(self, phase: str) -> str:
        """The level of a phase.

        >>> Feedback().at("before")
        'where'
        """
        return self.before if phase == "before" else self.after


@frozen
class Question:
    """One thing that is asked, and its key.

    ``kind`` is one of `KINDS`. ``given`` declares domains in the grammar of ``given``; ``aliases``
    maps other spellings of a name to it. ``form`` is one of `FORMS`, or empty; ``form_credit`` is
    the share of a right answer in another form. ``tolerance`` is text: ``0.01`` or ``1%``.
    ``unit`` is what K, M, G mean in a number: 1000 or 1024, 0 where they are refused.
    ``options`` are the choices, of which ``key`` names the right ones with commas. ``start`` and
    ``milestones`` belong to a chain. ``uses`` maps a name of the key to the question whose answer
    it stands for; ``carried`` is the share for a right answer to one's own wrong value.
    ``mistakes`` maps the name of a mistake to the share that it leaves, ``conditional`` is the
    share of an answer that holds under more than the question grants. ``entries`` says that a
    matrix earns for its entries. ``reason`` is the share that a person gives for the reason.
    """

    id: str
    kind: str
    points: Fraction = Fraction(0)
    prompt: str = ""
    key: str = ""
    given: str = ""
    aliases: tuple[tuple[str, str], ...] = ()
    conventions: tuple[Convention, ...] = ()
    form: str = ""
    form_credit: Fraction = Fraction(0)
    tolerance: str = ""
    unit: int = 0
    options: tuple[tuple[str, str], ...] = ()
    start: str = ""
    milestones: tuple[Milestone, ...] = ()
    uses: tuple[tuple[str, str], ...] = ()
    carried: Fraction = Fraction(1)
    mistakes: tuple[tuple[str, Fraction], ...] = ()
    conditional: Fraction = Fraction(0)
    entries: bool = False
    reason: Fraction = Fraction(0)
    rubric: tuple[Criterion, ...] = ()
    accept: tuple[str, ...] = ()
    reject: tuple[str, ...] = ()
    feedback: Feedback | None = None
    bonus: bool = False


@frozen
class Totals:
    """How marks become one number: exact fractions, one rounding at the end, half upwards.

    ``cap`` bounds the total (bonus included), ``step`` is what it is rounded to (0: not at all),
    ``factor`` names the column of the roster with a factor for each student.
    """

    cap: Fraction | None = None
    step: Fraction = Fraction(0)
    factor: str = ""


@frozen
class Assignment:
    """The whole of it; ``given`` holds for every question, ``due`` is text as in ISO 8601."""

    title: str
    questions: tuple[Question, ...]
    language: str = "en"
    given: str = ""
    due: str = ""
    feedback: Feedback = Feedback()
    totals: Totals = Totals()

    def question(self, name: str) -> Question:
        """The question of that id. Raises AuthorError where there is none."""
        for each in self.questions:
            if each.id == name:
                return each
        raise AuthorError(f"there is no question {name!r} in {self.title!r}")

    def level(self, question: Question, phase: str) -> str:
        """How much a student is told about an answer to this question."""
        return (question.feedback or self.feedback).at(phase)

    @property
    def full(self) -> Fraction:
        """The points that there are without any bonus.

        >>> Assignment("A", (Question("a", "formula", Fraction(3, 2)),)).full
        Fraction(3, 2)
        """
        return sum((each.points for each in self.questions if not each.bonus), Fraction(0))
