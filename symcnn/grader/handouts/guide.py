"""The marking guide: each question's key, what else counts and for how much, and the totals.

For staff: it holds every key. It says what marking does; it decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from symcnn.errors import AuthorError
from symcnn.grader.assignment import Assignment, Question
from symcnn.grader.handouts.filling import fill
from symcnn.grader.handouts.guide_words import WORDS, word
from symcnn.grader.handouts.prose import markdown
from symcnn.grader.marking.references import granted
from symcnn.grader.outputs.texts import amount

_BAR = re.compile(r"(?<!\\)\|")
_SHOWN_AS_MATH = ("formula", "number", "matrix", "chain")


def guide(assignment: Assignment, language: str | None = None) -> str:
    """The guide in Markdown; the language is the assignment's own unless "en" or "fa" is named.

    Raises AuthorError for another language.

    >>> whole = Assignment("A", (Question("q1", "formula", Fraction(2), key="K^2"),))
    >>> [line for line in guide(whole).split("\\n") if line.startswith("**Key**")]
    ['**Key**: `K^2`, that is $K^{2}$']
    """
    chosen = language or assignment.language
    if chosen not in ("en", "fa"):
        raise AuthorError(f"there is no guide in {chosen!r}; write en or fa")
    return _Guide(assignment, chosen).text()


class _Guide:
    """One guide in one language."""

    def __init__(self, assignment: Assignment, language: str) -> None:
        self.assignment = assignment
        self.language = language
        self.persian = language == "fa"

    def text(self) -> str:
        whole = self.assignment
        values = {
            "word": {code: self.say(code) for code in WORDS if "{" not in WORDS[code][0]},
            "title": self.say("title", title=" ".join(whole.title.split())),
            "facts": self.facts(),
            "questions": [self.question(each) for each in whole.questions],
            "total": self.points(whole.full),
        }
        return re.sub(r"\n{3,}", "\n\n", fill("guide.md.j2", values))

    def say(self, code: str, **values: str) -> str:
        """A sentence of ours as Markdown."""
        return markdown(word(code, self.language, **values), self.persian)

    def points(self, value: Fraction) -> str:
        return amount(value, self.language)

    def code(self, text: str) -> str:
        """A formula as it was typed, each line by itself."""
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        shown = [f"`` {line} ``" if "`" in line else f"`{line}`" for line in lines]
        isolated = [f"\u2066{each}\u2069" if self.persian else each for each in shown]
        return "<br>".join(isolated)

    def facts(self) -> list[str]:
        """What holds for the whole of it."""
        whole = self.assignment
        bonus = sum((each.points for each in whole.questions if each.bonus), Fraction(0))
        full = "one" if whole.full == 1 else "full"
        totals = [self.say(full, points=self.points(whole.full))]
        totals += [self.say("extra", points=self.points(bonus))] if bonus else []
        if whole.totals.cap is not None:
            totals.append(self.say("cap", points=self.points(whole.totals.cap)))
        if whole.totals.factor:
            totals.append(self.say("factor", name=whole.totals.factor))
        if whole.totals.step:
            totals.append(self.say("step", points=self.points(whole.totals.step)))
        facts = [("؛ " if self.persian else "; ").join(totals) + "."]
        facts += [self.say("due", due=whole.due.replace("T", " "))] if whole.due else []
        if whole.given:
            facts.append(self.say("given", given=" ".join(whole.given.split())))
        facts.append(self.say("told", before=whole.feedback.before, after=whole.feedback.after))
        return [*facts, self.say("levels"), self.say("otherwise")]

    def question(self, each: Question) -> dict[str, Any]:
        """A question as the template shows it."""
        share = self.share_of(each)
        return {
            "id": each.id,
            "kind": self.say(each.kind),
            "points": self.points(each.points) if each.kind != "statement" else "",
            "bonus": self.say("bonus") if each.bonus else "",
            "prompt": markdown(each.prompt, self.persian),
            "options": [(name, markdown(text, self.persian)) for name, text in each.options],
            "key": self.key(each),
            "start": self.code(each.start),
            "rules": self.rules(each, share),
            "conventions": [
                (
                    self.cell(convention.name),
                    self.cell_code(convention.key),
                    share(convention.credit),
                    self.cell(convention.note),
                )
                for convention in each.conventions
            ],
            "milestones": [
                (self.code(stone.key), share(stone.credit)) for stone in each.milestones
            ],
            "mistakes": [
                (f"`{kind}`", self.slip(kind), share(credit)) for kind, credit in each.mistakes
            ],
            "rubric": [
                (markdown(line.text, self.persian), self.points(line.points))
                for line in each.rubric
            ],
            "accept": [self.code(text) for text in each.accept],
            "reject": [self.code(text) for text in each.reject],
        }

    def cell(self, text: str) -> str:
        """A text of the author in a cell of a table."""
        return _BAR.sub(r"\\|", markdown(" ".join(text.split()), self.persian))

    def cell_code(self, text: str) -> str:
        """A formula in a cell of a table."""
        return self.code(text).replace("|", "\\|")

    def share_of(self, question: Question) -> Callable[[Fraction], str]:
        return lambda credit: self.points(question.points * credit)

    def key(self, question: Question) -> str:
        if question.kind == "truth":
            return self.say(f"truth {question.key}")
        if question.kind == "choice":
            return self.code(question.key.replace(",", ", "))
        if question.kind not in _SHOWN_AS_MATH:
            return ""
        from symcnn.formula.latex import latex
        from symcnn.reading import read

        shown = latex(read(question.key, granted(self.assignment, question)).formula)
        if shown == question.key:
            return self.code(question.key)
        if self.persian:
            return f"{self.code(question.key)}، یعنی \u2066${shown}$\u2069"
        return f"{self.code(question.key)}, that is ${shown}$"

    def rules(self, each: Question, share: Callable[[Fraction], str]) -> list[str]:
        """What counts besides the key, a sentence each."""
        rules = []
        if each.given:
            rules.append(self.say("given", given=" ".join(each.given.split())))
        for name, other in each.uses:
            points = share(each.carried)
            rules.append(self.say("uses", name=name, question=other, points=points))
        rules += [self.say("aliases", other=other, name=name) for other, name in each.aliases]
        if each.tolerance:
            rules.append(self.say("tolerance", tolerance=each.tolerance.replace("%", " %")))
        if each.unit:
            rules.append(self.say("unit", unit=str(each.unit)))
        if each.form:
            form = self.say("number form" if each.form == "number" else each.form)
            rules.append(self.say("form", form=form, points=share(each.form_credit)))
        if each.conditional:
            rules.append(self.say("conditional", points=share(each.conditional)))
        if each.entries:
            rules.append(self.say("entries"))
        if each.reason:
            rules.append(self.say("reason", points=share(each.reason)))
        if each.kind == "manual":
            rules.append(self.say("by"))
        if each.kind == "statement":
            rules.append(self.say("recorded"))
        if each.feedback is not None:
            levels = {"before": each.feedback.before, "after": each.feedback.after}
            rules.append(self.say("told", **levels))
        return rules

    def slip(self, kind: str) -> str:
        """The sentence about a mistake that has a name."""
        from symcnn.diagnosis import MISTAKES

        found = next((each for each in MISTAKES if each.kind == kind), None)
        if found is None:
            return ""
        return self.cell(found.persian if self.persian else found.english)
