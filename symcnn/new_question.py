"""Starts a question: a small answer that is complete, checks and builds, to be rewritten."""

from __future__ import annotations

import re
from pathlib import Path
from string import Template

from symcnn.errors import AuthorError

_ID = re.compile(r"([a-z][a-z0-9_-]*)/([a-z][a-z0-9_-]*)")

_ANSWER = Template('''"""$id: how many multiplications a one-dimensional convolution takes."""

from __future__ import annotations

from symcnn.claims import (
    Answer,
    Box,
    Derivation,
    Equation,
    Link,
    Part,
    Problem,
    Proved,
    Refuted,
    Say,
    Show,
    Statement,
    claim,
)

SIZES = "N, K: positive integer; N >= K"


@claim(expect=Proved, given=SIZES)
def count() -> Statement:
    """Every output takes one multiplication for each kernel tap."""
    return Derivation(
        "K*(N - K + 1)",
        (
            Link("K*N - K*K + K", "multiply out"),
            Link("K*(N + 1) - K^2", "collect"),
        ),
    )


@claim(expect=Refuted, given=SIZES, corrected_by="count")
def count_without_the_last_output() -> Statement:
    """The convolution takes $$K(N - K)$$ multiplications."""
    return Equation("K*(N - K)", "K*(N + 1) - K^2")


@claim(expect=Proved)
def example(N: int, K: int) -> Statement:
    """The count for the numbers of the question."""
    return Equation(f"{K}*({N} - {K} + 1)", K * (N - K + 1))


ANSWER = Answer(
    problem=Problem(
        title="Counting multiplications",
        statement="A kernel with $$K$$ taps slides over $$N$$ numbers, with stride 1, unpadded.",
        given={"N": 10, "K": 4},
        parts=(
            Part(
                key="1",
                question=(
                    r"How many multiplications does it take? "
                    r"Give the number for $$N = \\given{N}$$ and $$K = \\given{K}$$."
                ),
                solution=(
                    Say("outputs", r"There are $$N - K + 1$$ outputs, and each takes $$K$$."),
                    Show(count),
                    Box("number", "For the numbers of the question:", example),
                ),
            ),
        ),
    ),
    claims=(count, count_without_the_last_output, example),
)
''')

_PERSIAN = """title = 'شمارش ضرب‌ها'
statement = 'هسته‌ای با $K$ ضریب با گام ۱ و بدون لایه‌گذاری روی $N$ عدد می‌لغزد.'

[parts.1]
question = 'چند ضرب لازم است؟ آن را برای $N = \\given{N}$ و $K = \\given{K}$ حساب کنید.'

[say]
outputs = 'خروجی $N - K + 1$ درایه دارد و هر کدام $K$ ضرب می‌خواهد.'

[box]
number = 'برای عددهای پرسش:'

[claims]
count = 'هر خروجی برای هر ضریب هسته یک ضرب می‌خواهد.'
count_without_the_last_output = 'کانولوشن به $K(N - K)$ ضرب نیاز دارد.'
example = 'تعداد ضرب‌ها برای عددهای پرسش.'

[reasons]
count = ['پرانتز را باز می‌کنیم', 'جمله‌ها را دسته می‌کنیم']
"""


def new_question(answer_id: str, into: Path) -> tuple[Path, Path]:
    """Writes ``<into>/<document>/<question>.py`` and its Persian words, and returns both paths.

    Raises AuthorError for an id of another form, and when one of the files is there already.
    """
    parts = _ID.fullmatch(answer_id)
    if parts is None:
        raise AuthorError(
            f"{answer_id!r} is no id: write <document>/<question> in small letters, as in mine/q1"
        )
    document, question = parts.groups()
    folder = into / document
    answer, words = folder / f"{question}.py", folder / f"{question}.fa.toml"
    for path in (answer, words):
        if path.exists():
            raise AuthorError(f"{path} is there already: choose another id, or remove it")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        answer.write_text(_ANSWER.substitute(id=answer_id), encoding="utf-8")
        words.write_text(_PERSIAN, encoding="utf-8")
    except OSError as error:
        raise AuthorError(f"{error.filename}: {error.strerror}; choose another --into") from error
    return answer, words
