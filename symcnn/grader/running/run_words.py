"""What students and assistants read about a run, in English and Persian."""

from __future__ import annotations

LANGUAGES = ("en", "fa")
WORDS: dict[str, tuple[str, str]] = {
    "time": (
        "Deciding this answer took longer than is allowed; a person will look at it.",
        "بررسی این پاسخ بیش از زمان مجاز طول کشید؛ یک نفر آن را خواهد دید.",
    ),
    "memory": (
        "Deciding this answer took more memory than is allowed; a person will look at it.",
        "بررسی این پاسخ بیش از حافظهٔ مجاز لازم داشت؛ یک نفر آن را خواهد دید.",
    ),
    "ended": (
        "The process that marked this answer ended before its time; a person will look at it.",
        "فرایند تصحیح این پاسخ پیش از پایان کار متوقف شد؛ یک نفر آن را خواهد دید.",
    ),
    "bug": (
        "A fault of the grader stopped the marking of this answer; a person will look at it.",
        "خطایی در خود برنامه مانع تصحیح این پاسخ شد؛ یک نفر آن را خواهد دید.",
    ),
    "uses": (
        "This goes on from an answer of yours that is not decided yet; a person will look at it.",
        "این پاسخ بر پاسخ دیگری از شما تکیه دارد که هنوز تکلیفش روشن نیست؛ یک نفر آن را خواهد دید.",
    ),
    "stranger": (
        "The roster has no student {0}: correct the id, or add the student.",
        "شمارهٔ \u2066{0}\u2069 در فهرست کلاس نیست: آن را اصلاح کنید یا به فهرست بیفزایید.",
    ),
    "hidden": (
        "Files or ids that cannot be used as they are: {0}. Who ran the grader was told which.",
        "فایل‌ها یا شماره‌هایی که این‌گونه قابل استفاده نیستند: {0}. اجراکننده می‌داند کدام‌اند.",
    ),
}


def told(code: str, language: str, *parts: object) -> str:
    """The sentence of that name, in the language of the assignment, with its parts.

    >>> told("memory", "en")
    'Deciding this answer took more memory than is allowed; a person will look at it.'
    """
    return WORDS[code][LANGUAGES.index(language)].format(*parts)
