"""What a form tells those who fill it in, in English and in Persian."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "student": ("Student id", "شماره دانشجویی"),
        "name": ("Name", "نام"),
        "due": ("Due: {due}", "مهلت: {due}"),
        "points": ("{points} points", "{points} نمره"),
        "point": ("1 point", "۱ نمره"),
        "bonus": ("{points}, bonus", "{points}، امتیازی"),
        "none": ("no points", "بدون نمره"),
        "how": ("How to type", "چگونه بنویسید"),
        "place": (
            "Write each answer into its own place and leave the marks around it as they are. A "
            "place that stays empty counts as no answer.",
            "هر پاسخ را در جای خودش بنویسید و نشانه‌های دور آن را تغییر ندهید. جایی که خالی بماند "
            "بی‌پاسخ شمرده می‌شود.",
        ),
        "formula": (
            "A formula may be typed as in `2*K^2*C_in + floor(N/S)` or as LaTeX, as in "
            "`2K^2C_{{in}} + \\lfloor N/S \\rfloor`. Write the formula alone, without a name and = "
            "before it.",
            "فرمول را می‌توان مانند `2*K^2*C_in + floor(N/S)` یا به LaTeX مانند "
            "`2K^2C_{{in}} + \\lfloor N/S \\rfloor` نوشت. تنها خود فرمول را بنویسید، بدون نام و "
            "علامت = پیش از آن.",
        ),
        "names": (
            "Use the names of the question; another name cannot be marked.",
            "از همان نام‌های پرسش استفاده کنید؛ پاسخی با نام دیگر تصحیح‌پذیر نیست.",
        ),
        "given": ("Given: `{given}`", "داده: `{given}`"),
        "dollars": (
            "Formulas stand between dollar signs, as in `$K^2 C_{{in}}$`.",
            "فرمول‌ها میان دو علامت دلار می‌آیند، مانند `$K^2 C_{{in}}$`.",
        ),
        "rows": (
            "One row for each student; type each answer into its column.",
            "هر دانشجو یک سطر؛ هر پاسخ در ستون خودش.",
        ),
        "block": (
            "Type each answer on the lines below its id, indented by four blanks.",
            "هر پاسخ را در خط‌های زیر شناسهٔ آن و با چهار فاصله از آغاز خط بنویسید.",
        ),
        "number": (
            "A number, exact: `112`, `7/3` or `0.25`.",
            "یک عدد دقیق: `112` یا `7/3` یا `0.25`.",
        ),
        "near": (
            "A number; {tolerance} off is near enough.",
            "یک عدد؛ اختلاف تا {tolerance} پذیرفته است.",
        ),
        "unit": (
            "K, M and G stand for powers of {unit}, as in `3.5M`.",
            "K و M و G توان‌های {unit} هستند، مانند `3.5M`.",
        ),
        "matrix": (
            "A matrix: `Matrix([[a, b], [c, d]])`, or LaTeX with `bmatrix`.",
            "یک ماتریس: `Matrix([[a, b], [c, d]])` یا `bmatrix` در LaTeX.",
        ),
        "chain": (
            "One step on each line; from the second line on, each begins with =.",
            "هر گام در یک خط؛ از خط دوم به بعد هر خط با = آغاز می‌شود.",
        ),
        "start": ("The first line is `{start}`.", "خط نخست `{start}` است."),
        "truth": ("Write true or false.", "بنویسید درست یا نادرست."),
        "reason": (
            "Write true or false on the first line, and your reason below it.",
            "در خط نخست بنویسید درست یا نادرست، و دلیل را در خط‌های بعدی بیاورید.",
        ),
        "choice": (
            "Write the names of all that apply, with commas, as in `{example}`.",
            "نام همهٔ گزینه‌های درست را با ویرگول بنویسید، مانند `{example}`.",
        ),
        "manual": (
            "In your own words; a person marks it. Hand in drawings as the course asks.",
            "به زبان خودتان؛ تصحیح‌کننده آن را می‌خواند. شکل‌ها را به روش معمول درس تحویل دهید.",
        ),
        "statement": ("In your own words; it is recorded only.", "به زبان خودتان؛ تنها ثبت می‌شود."),
        "expanded": ("Multiply everything out.", "همهٔ پرانتزها را باز کنید."),
        "factored": ("Give it as a product.", "به صورت حاصل‌ضرب بنویسید."),
        "single fraction": ("Give it as one fraction.", "به صورت یک کسر بنویسید."),
        "lowest terms": ("Give it in lowest terms.", "کسر را ساده‌شده بنویسید."),
        "number form": ("Give the number itself.", "خود عدد را بنویسید."),
        "aliases": ("You may write {aliases}.", "می‌توانید بنویسید {aliases}."),
        "alias": ("`{other}` for `{name}`", "`{other}` به جای `{name}`"),
        "or": (", ", "، "),
    }
)


def word(code: str, language: str, **values: str) -> str:
    """The sentence of a code.

    >>> word("points", "en", points="2")
    '2 points'
    """
    return WORDS[code][language == "fa"].format(**values)
