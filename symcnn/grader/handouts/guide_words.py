"""The sentences of a marking guide, in English and in Persian."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "title": ("Marking guide: {title}", "راهنمای تصحیح: {title}"),
        "one": ("1 point", "۱ نمره"),
        "full": ("{points} points", "{points} نمره"),
        "extra": ("{points} more as a bonus", "{points} نمرهٔ امتیازی افزون بر آن"),
        "cap": ("no more than {points} in all", "در مجموع حداکثر {points}"),
        "step": (
            "the total is rounded to {points}, half upwards",
            "جمع به {points} گرد می‌شود، نیمه رو به بالا",
        ),
        "factor": (
            "multiplied by the column `{name}` of the roster",
            "ضرب در ستون `{name}` فهرست کلاس",
        ),
        "total": ("Total", "جمع"),
        "due": ("Due: {due}", "مهلت: {due}"),
        "told": (
            "Students are told up to `{before}` before the due date, and up to `{after}` after it.",
            "به دانشجو پیش از مهلت تا سطح `{before}` و پس از آن تا سطح `{after}` گفته می‌شود.",
        ),
        "levels": (
            "Levels: `readable` how it was read, `verdict` right or not, `where` the place, `hint` "
            "the likely slip, `witness` numbers that show it, `solution` the key.",
            "سطح‌ها: `readable` خوانش پاسخ، `verdict` درست یا نادرست، `where` جای ایراد، `hint` "
            "لغزش احتمالی، `witness` عددهایی که آن را نشان می‌دهد، `solution` پاسخ درست.",
        ),
        "given": ("Given: `{given}`", "داده: `{given}`"),
        "question": ("Question", "پرسش"),
        "kind": ("Kind", "نوع"),
        "points": ("Points", "نمره"),
        "key": ("Key", "کلید"),
        "start": ("Begins with", "آغاز"),
        "uses": (
            "`{name}` is the answer to `{question}`; right for one's own wrong answer: {points}.",
            "`{name}` پاسخ `{question}` است؛ درست بر پایهٔ پاسخ نادرست خود دانشجو: {points}.",
        ),
        "aliases": ("`{other}` is read as `{name}`.", "`{other}` به جای `{name}` خوانده می‌شود."),
        "form": (
            "Asked for in this form: {form}. Right in another form: {points}.",
            "به این شکل خواسته شده است: {form}. درست به شکلی دیگر: {points}.",
        ),
        "tolerance": ("Accepted within {tolerance}.", "با اختلاف تا {tolerance} پذیرفته است."),
        "unit": ("K, M and G are powers of {unit}.", "K و M و G توان‌های {unit} هستند."),
        "conditional": (
            "Right only under a condition that the question does not grant: {points}.",
            "درست تنها با شرطی که در پرسش نیامده است: {points}.",
        ),
        "entries": (
            "A wrong matrix of the right shape earns for the entries that it found.",
            "ماتریس نادرست با اندازهٔ درست برای درایه‌هایی که یافته است نمره می‌گیرد.",
        ),
        "reason": (
            "Of these, {points} are for the reason, which a person marks.",
            "از این، {points} برای دلیل است که تصحیح‌کننده می‌دهد.",
        ),
        "conventions": ("Also accepted", "پاسخ‌های پذیرفتهٔ دیگر"),
        "milestones": ("Reached on the way", "گام‌های میانی"),
        "mistakes": ("Mistakes", "لغزش‌ها"),
        "mistake": ("Mistake", "لغزش"),
        "leaves": ("Points left", "نمرهٔ مانده"),
        "answer": ("Answer", "پاسخ"),
        "note": ("Told to the student", "گفته به دانشجو"),
        "name": ("Name", "نام"),
        "what": ("What was done", "شرح"),
        "rubric": ("By a person", "به دست تصحیح‌کننده"),
        "accept": ("Right, for instance", "نمونه‌های درست"),
        "reject": ("Wrong, for instance", "نمونه‌های نادرست"),
        "by": (
            "A person marks it from the start.",
            "از آغاز تصحیح‌کننده نمره می‌دهد.",
        ),
        "recorded": ("Recorded only.", "تنها ثبت می‌شود."),
        "otherwise": (
            "Proved equal to the key: all the points. Another mistake that is refuted: 0. What "
            "cannot be read or decided is left open for a person, never 0.",
            "برابری اثبات‌شده با کلید: نمرهٔ کامل. نادرستی اثبات‌شدهٔ دیگر: صفر. پاسخی که خوانده "
            "یا داوری نشود برای تصحیح‌کننده باز می‌ماند و صفر نمی‌شود.",
        ),
        "truth true": ("true", "درست"),
        "truth false": ("false", "نادرست"),
        "formula": ("formula", "فرمول"),
        "number": ("number", "عدد"),
        "matrix": ("matrix", "ماتریس"),
        "chain": ("derivation", "اثبات گام‌به‌گام"),
        "truth": ("true or false", "درست یا نادرست"),
        "choice": ("choice", "گزینه‌ای"),
        "manual": ("by a person", "دستی"),
        "statement": ("statement", "اظهار"),
        "expanded": ("multiplied out", "بازشده"),
        "factored": ("a product", "حاصل‌ضرب"),
        "single fraction": ("one fraction", "یک کسر"),
        "lowest terms": ("lowest terms", "کسر ساده‌شده"),
        "number form": ("the number itself", "خود عدد"),
        "bonus": (", bonus", "، امتیازی"),
    }
)


def word(code: str, language: str, **values: str) -> str:
    """The sentence of a code.

    >>> word("cap", "en", points="20")
    'no more than 20 in all'
    """
    return WORDS[code][language == "fa"].format(**values)
