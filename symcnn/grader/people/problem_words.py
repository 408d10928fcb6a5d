"""What is told about decisions and about runs marked again, with what to do, in both languages."""

from __future__ import annotations

from fractions import Fraction

from symcnn.grader.people.words import told
from symcnn.grader.submission import Problem

_NO_HINT = ("", "")
PROBLEMS: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "no-question": (
        (
            "there is no question {question}; the decision is not applied",
            "پرسشی به نام {question} نیست؛ این تصمیم به کار نمی‌رود",
        ),
        ("the questions are {known}", "پرسش‌ها این‌ها هستند: {known}"),
    ),
    "agree": (
        (
            "{question} is decided for the same answers on lines {lines}: they agree, and count "
            "once",
            "دربارهٔ همان پاسخ‌های {question} در سطرهای {lines} تصمیم گرفته شده است: یکسان‌اند و "
            "یک بار به شمار می‌آیند",
        ),
        ("keep one of them", "یکی را نگه دارید"),
    ),
    "differ": (
        (
            "{question} is decided for the same answers on lines {lines}: they differ, and none is "
            "applied",
            "دربارهٔ همان پاسخ‌های {question} در سطرهای {lines} تصمیم گرفته شده است: یکسان نیستند و "
            "هیچ‌کدام به کار نمی‌رود",
        ),
        ("keep one of them", "یکی را نگه دارید"),
    ),
    "disputed": (
        (
            "answers to {question} that are proved equal get different points (lines {lines})",
            "پاسخ‌هایی به {question} که برابری‌شان ثابت شده نمره‌های متفاوت می‌گیرند (سطرهای {lines})",
        ),
        (
            "give them the same points, or leave it so if their wording matters",
            "نمرهٔ یکسان بدهید، یا اگر شیوهٔ نوشتن مهم است همین‌گونه بماند",
        ),
    ),
    "no-group": (
        (
            "no answer to {question} belongs to the group {group}",
            "هیچ پاسخی به {question} در گروه {group} نیست",
        ),
        (
            "delete it, or look up the group in queue.html",
            "آن را پاک کنید، یا نام گروه را در queue.html ببینید",
        ),
    ),
    "no-student": (
        (
            "it is about a student who is not in this run",
            "دربارهٔ دانشجویی است که در این اجرا نیست",
        ),
        ("delete it, or mend the id", "آن را پاک کنید یا شماره را اصلاح کنید"),
    ),
    "near-student": (
        (
            "it is about a student who is not in this run",
            "دربارهٔ دانشجویی است که در این اجرا نیست",
        ),
        ("did you mean {near}?", "آیا منظور {near} بود؟"),
    ),
    "overruled": (
        (
            "{question} was marked by the program ({before}); the decision of {by} stands: "
            "{points}",
            "{question} را برنامه نمره داده بود ({before})؛ تصمیم {by} برقرار است: {points}",
        ),
        _NO_HINT,
    ),
    "new-question": (
        (
            "the run holds no answers to it, because it was no question then",
            "آن اجرا پاسخی به این پرسش ندارد، چون آن زمان پرسشی نبود",
        ),
        (
            "mark the files themselves with `symcnn grade`",
            "خود پرونده‌ها را با `symcnn grade` تصحیح کنید",
        ),
    ),
    "old-question": (
        (
            "it is no question any more; its answers are left out",
            "دیگر پرسش نیست؛ پاسخ‌هایش کنار گذاشته می‌شود",
        ),
        _NO_HINT,
    ),
    "old-problems": (
        (
            "problems of the first run that are not told again: {count}",
            "نکته‌های اجرای نخست که دوباره گفته نمی‌شود: {count}",
        ),
        _NO_HINT,
    ),
}


def problem(code: str, language: str, where: str, **values: str | int | Fraction) -> Problem:
    """The problem of that name in "en" or "fa".

    >>> str(problem("no-group", "en", "decisions.yaml, line 2", question="q1", group="gx"))
    'decisions.yaml, line 2: no answer to q1 belongs to the group gx; delete it, or look up ...'
    """
    parts = told(values, language)
    message, hint = (pair[language == "fa"].format(**parts) for pair in PROBLEMS[code])
    return Problem(where, message, hint)
