"""Every sentence that marking tells a student, in English and in Persian, by code.

Formulas and names inside a Persian sentence are isolated, so that they run from left to right.
Nothing here knows what is right.
"""

from __future__ import annotations

from symcnn.grader.marks import Remark

_LTR, _END = "\u2066", "\u2069"

SENTENCES: dict[str, tuple[str, str]] = {
    "read": ("Read as {formula}.", "این‌گونه خوانده شد: {formula}"),
    "named": (
        "What follows {name} = was taken as the answer.",
        "آنچه پس از {name} = آمده پاسخ دانسته شد.",
    ),
    "alias": ("{alias} was read as {name}.", "{alias} همان {name} خوانده شد."),
    "unreadable": (
        "This cannot be read, so it is not marked yet: {message}.",
        "این پاسخ خواندنی نیست و هنوز نمره ندارد: {message}.",
    ),
    "unknown": (
        "The question does not declare {names}, so the answer is not marked yet.",
        "{names} در پرسش تعریف نشده است، پس پاسخ هنوز نمره ندارد.",
    ),
    "did-you-mean": ("Did you mean {names}?", "آیا منظور {names} بود؟"),
    "declared": ("The names of the question are {names}.", "نام‌های این پرسش: {names}"),
    "ambiguous": (
        "The text has two readings, {first} and {second}, and they are not worth the same: "
        "write brackets, or a point as the decimal mark.",
        "متن دو خوانش دارد، {first} و {second}، که ارزش یکسانی ندارند: پرانتز بگذارید یا ممیز را "
        "با نقطه بنویسید.",
    ),
    "condition-for-formula": (
        "An equation or a condition stands where a formula is asked for.",
        "به‌جای یک عبارت، معادله یا شرط نوشته شده است.",
    ),
    "formula-for-condition": (
        "A formula stands where an equation or a condition is asked for.",
        "به‌جای معادله یا شرط، یک عبارت نوشته شده است.",
    ),
    "identity": (
        "The equation that is asked for holds everywhere, so a person looks at this one.",
        "معادلهٔ خواسته‌شده همه‌جا برقرار است، پس این پاسخ را یک نفر می‌بیند.",
    ),
    "undefined": (
        "It has no value anywhere, as after a division by zero.",
        "این عبارت هیچ‌جا مقدار ندارد، مانند تقسیم بر صفر.",
    ),
    "index-missing": (
        "An index is missing: {names} stands for a whole family, so write {example}.",
        "اندیس {names} جا افتاده است: بنویسید {example}.",
    ),
    "number-asked": (
        "A number is asked for, and {names} has no value here.",
        "پاسخ باید عدد باشد و {names} اینجا مقداری ندارد.",
    ),
    "suffix-refused": (
        "What {suffix} stands for is not said here: write the number in full.",
        "معنای {suffix} در این پرسش گفته نشده است: عدد را کامل بنویسید.",
    ),
    "bits": (
        "{suffix} may mean bits: write the number of bytes in full.",
        "{suffix} می‌تواند به معنای بیت باشد: شمار بایت‌ها را کامل بنویسید.",
    ),
    "matrix-asked": ("A matrix is asked for.", "پاسخ باید ماتریس باشد."),
    "rows": ("The rows have different lengths.", "طول سطرها یکسان نیست."),
    "right": ("Right.", "درست است."),
    "right-tolerance": (
        "Right, within the tolerance of {tolerance}.",
        "درست است، با رواداری {tolerance}.",
    ),
    "except": (
        "It says nothing unless {condition}.",
        "جایی که {condition} برقرار نباشد، این پاسخ چیزی نمی‌گوید.",
    ),
    "wrong": ("This is not equal to the right answer.", "این پاسخ با پاسخ درست برابر نیست."),
    "undecided": (
        "It was neither proved nor refuted, so a person looks at it.",
        "برابری نه ثابت شد و نه رد، پس یک نفر آن را می‌بیند.",
    ),
    "convention": ("It follows the convention {name}.", "بر پایهٔ قرارداد «{name}» است."),
    "form": (
        "The value is right, but not in the form that is asked for: {form}.",
        "مقدار درست است، ولی به شکل خواسته‌شده نیست: {form}.",
    ),
    "form expanded": ("multiplied out, without brackets", "بدون پرانتز و بازشده"),
    "form factored": ("as a product of factors", "به‌صورت حاصل‌ضرب عامل‌ها"),
    "form single fraction": ("as one fraction", "به‌صورت یک کسر"),
    "form lowest terms": ("as a fraction in lowest terms", "به‌صورت کسر ساده‌شده"),
    "form number": ("as a number that is worked out", "به‌صورت عدد نهایی"),
    "carried": (
        "It is right for your own answer to {questions}: {formula}.",
        "با پاسخ خودتان به {questions}، یعنی {formula}، درست است.",
    ),
    "condition": (
        "It would be right only if {condition}.",
        "تنها در حالتی درست می‌بود که {condition}.",
    ),
    "conditional": (
        "It is right only if {condition}; the question does not grant that.",
        "تنها در حالتی درست است که {condition}؛ پرسش چنین شرطی ندارد.",
    ),
    "and": (" and ", " و "),
    "or": (" or ", " یا "),
    "comma": (", ", "، "),
    "step": ("{equality} does not hold.", "تساوی {equality} برقرار نیست."),
    "steps": (
        "The sides of this calculation are not worth the same, so a person looks at it.",
        "طرف‌های این محاسبه با هم نمی‌خوانند، پس یک نفر آن را می‌بیند.",
    ),
    "where undefined": ("It has no value at some point.", "در نقطه‌ای مقدار ندارد."),
    "where shape": ("The shape is wrong: this is {shape}.", "اندازه نادرست است: این {shape} است."),
    "where matrix": ("This is a matrix or vector.", "این یک ماتریس یا بردار است."),
    "where number": ("This is a number.", "این یک عدد است."),
    "where case": ("It fails in the case when {case}.", "در حالت {case} نادرست است."),
    "where otherwise": ("It fails in the case otherwise.", "در حالت «در غیر این صورت» نادرست است."),
    "where entry": ("It fails in entry {entry}.", "در درایهٔ {entry} نادرست است."),
    "witness": (
        "At {point} yours is {own}, the right one {right}.",
        "در {point} پاسخ شما {own} و پاسخ درست {right} است.",
    ),
    "witness-undefined": (
        "At {point} yours has no value, the right one is {right}.",
        "در {point} پاسخ شما مقدار ندارد و پاسخ درست {right} است.",
    ),
    "witness-values": (
        "Yours is {own}, the right one {right}.",
        "پاسخ شما {own} و پاسخ درست {right} است.",
    ),
    "witness-condition": (
        "At {point} one of the two holds and the other does not.",
        "در {point} یکی از آن دو برقرار است و دیگری نیست.",
    ),
    "key": ("The right answer is {formula}.", "پاسخ درست: {formula}"),
    "key-text": ("The right answer: {text}.", "پاسخ درست: {text}."),
    "missing": ("There is no answer.", "پاسخی داده نشده است."),
    "unclear": (
        "Which answer is meant is not clear, so a person looks at it.",
        "معلوم نیست کدام پاسخ منظور است، پس یک نفر آن را می‌بیند.",
    ),
    "person": ("A person marks this.", "این پاسخ را یک نفر نمره می‌دهد."),
    "rubric": ("{points}: {text}", "{points}: {text}"),
    "statement": ("Recorded; it has no points.", "ثبت شد؛ نمره ندارد."),
    "shape-asked": (
        "Yours is {own}, a matrix of {right} is asked for.",
        "پاسخ شما {own} است و ماتریس {right} خواسته شده است.",
    ),
    "transposed": ("This is the transpose of what is asked for.", "این ترانهادهٔ پاسخ است."),
    "row-wrong": ("Row {number} is wrong.", "سطر {number} نادرست است."),
    "row-shifted": ("Row {number} is shifted.", "سطر {number} جابه‌جا شده است."),
    "row-flipped": ("Row {number} is flipped.", "سطر {number} وارونه است."),
    "column-wrong": ("Column {number} is wrong.", "ستون {number} نادرست است."),
    "column-shifted": ("Column {number} is shifted.", "ستون {number} جابه‌جا شده است."),
    "column-flipped": ("Column {number} is flipped.", "ستون {number} وارونه است."),
    "more-rows": ("{number} more rows are wrong.", "{number} سطر دیگر هم نادرست است."),
    "entries": (
        "{right} of the {all} entries that tell something are right, {wrong} of the others wrong.",
        "از {all} درایه‌ای که چیزی می‌گویند {right} تا درست است و از بقیه {wrong} تا نادرست.",
    ),
    "chain-right": (
        "Every step holds, from the question to the answer.",
        "همهٔ گام‌ها، از پرسش تا پاسخ، درست است.",
    ),
    "chain-broken": ("Some step does not follow.", "گامی از خط پیش به دست نمی‌آید."),
    "chain-line": (
        "Line {line} does not follow from the line before.",
        "خط {line} از خط پیش به دست نمی‌آید.",
    ),
    "chain-differs": ("There {before} became {after}.", "آنجا {before} به {after} تبدیل شده است."),
    "chain-witness": (
        "At {point} the line before is worth {before}, this one {after}.",
        "در {point} خط پیش {before} می‌ارزد و این خط {after}.",
    ),
    "chain-values": (
        "The line before is worth {before}, this one {after}.",
        "خط پیش {before} می‌ارزد و این خط {after}.",
    ),
    "chain-open": (
        "It is not decided whether line {line} follows.",
        "معلوم نشد که خط {line} به دست می‌آید یا نه.",
    ),
    "chain-invalid": (
        "Line {line} has no single meaning, or no value at all.",
        "خط {line} یک معنای یگانه ندارد، یا هیچ مقداری ندارد.",
    ),
    "chain-unread": (
        "Line {line} cannot be read: {message}.",
        "خط {line} خواندنی نیست: {message}.",
    ),
    "chain-no-steps": (
        "A derivation is asked for: this has no step that leads anywhere.",
        "استدلال گام‌به‌گام خواسته شده است و این پاسخ گامی به جلو ندارد.",
    ),
    "chain-start": (
        "The first line is not what the question starts from.",
        "خط نخست با آغاز پرسش برابر نیست.",
    ),
    "chain-end": ("The last line is not what was asked for.", "خط پایانی پاسخ پرسش نیست."),
    "chain-end-form": (
        "Every step holds, but the last line is not written as what was asked for; "
        "a person looks at it.",
        "همهٔ گام‌ها درست است، ولی خط پایانی به شکل خواسته‌شده نیست؛ یک نفر آن را می‌بیند.",
    ),
    "chain-direction": (
        "The signs between the lines do not add up to what is asked for.",
        "نشانه‌های میان خط‌ها روی هم خواستهٔ پرسش را نمی‌دهند.",
    ),
    "chain-milestone": (
        "Proved steps lead to {formula}.",
        "گام‌های درست به {formula} می‌رسند.",
    ),
    "chain-empty": ("No formula was found in it.", "در آن عبارتی پیدا نشد."),
    "truth-unclear": (
        "It does not begin with true or false.",
        "با «درست» یا «نادرست» آغاز نمی‌شود.",
    ),
    "truth-right": ("The choice is right.", "انتخاب درست است."),
    "truth-wrong": ("The choice is wrong.", "انتخاب نادرست است."),
    "truth-reason": (
        "The choice earns {own} of {all} points; a person gives up to {rest} for the reason.",
        "انتخاب {own} نمره از {all} دارد؛ برای دلیل تا {rest} نمره را یک نفر می‌دهد.",
    ),
    "true": ("true", "درست"),
    "false": ("false", "نادرست"),
    "choice-unclear": (
        "Which options are meant is not clear: write their letters, such as {options}.",
        "معلوم نیست کدام گزینه‌ها انتخاب شده‌اند: نام آن‌ها را بنویسید، مانند {options}.",
    ),
    "choice-read": ("Chosen: {options}.", "انتخاب‌شده: {options}."),
    "choice-wrong": ("These are not the right options.", "گزینه‌ها درست نیست."),
    "choice-one": ("This is not the right option.", "این گزینه درست نیست."),
}  # fmt: skip


class Teller:
    """Tells sentences in one language.

    >>> Teller("en").remark("readable", "read", "read", formula="K^2").text
    'Read as K^2.'
    """

    __slots__ = ("_place", "lang")

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._place = 1 if lang == "fa" else 0

    def ltr(self, text: str) -> str:
        """A formula or a name as it stands inside a sentence."""
        return f"{_LTR}{text}{_END}" if self._place else text

    def say(self, code: str, **parts: object) -> str:
        """The sentence; its parts are formulas, names and numbers."""
        shown = {name: self.ltr(str(part)) for name, part in parts.items()}
        return SENTENCES[code][self._place].format(**shown)

    def listed(self, parts: tuple[str, ...] | list[str], last: str = "and") -> str:
        """``a, b and c``, each part from left to right."""
        shown = [self.ltr(each) for each in parts]
        if len(shown) < 2:
            return "".join(shown)
        return self.say("comma").join(shown[:-1]) + self.say(last) + shown[-1]

    def put(self, code: str, **parts: str) -> str:
        """The sentence with parts that are sentences or lists already."""
        return SENTENCES[code][self._place].format(**parts)

    def remark(self, level: str, kind: str, code: str, **parts: object) -> Remark:
        """`say` as a remark."""
        return Remark(level, kind, self.say(code, **parts))
