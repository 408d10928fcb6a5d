"""Every sentence that outputs bring along, in English and in Persian."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from symcnn.grader.outputs.texts import amount

_WORDS: Mapping[str, tuple[str, str]] = {
    # how an answer fared
    "right": ("right", "درست"),
    "conditional": ("right only under a condition", "درست تنها با یک شرط"),
    "form": ("right, but not in the form asked for", "درست، اما نه به شکل خواسته‌شده"),
    "partial": ("partly right", "بخشی درست"),
    "carried": ("right for your own earlier answer", "درست بر پایهٔ پاسخ پیشین خودتان"),
    "wrong": ("wrong", "نادرست"),
    "credited": ("wrong, with part of the points", "نادرست، با بخشی از نمره"),
    "missing": ("no answer", "بی‌پاسخ"),
    "unreadable": ("not readable, a person will look at it", "خوانده نشد؛ تصحیح‌کننده می‌بیند"),
    "undecided": ("not decided, a person will mark it", "داوری نشد؛ تصحیح‌کننده نمره می‌دهد"),
    "manual": ("a person will mark it", "تصحیح‌کننده نمره می‌دهد"),
    "statement": ("recorded", "ثبت شد"),
    "decided": ("marked by a person", "نمرهٔ تصحیح‌کننده"),
    "later": ("the mark is told later", "نمره بعداً اعلام می‌شود"),
    # totals
    "points": ("{points} of {of}", "{points} از {of}"),
    "of": ("of {of}", "از {of}"),
    "open": ("open", "باز"),
    "open_of": ("open, of {of}", "باز، از {of}"),
    "total": ("{points} of {full} points", "{points} از {full} نمره"),
    "marked": (
        "{points} of {marked} marked, {open} open",
        "{points} از {marked} نمرهٔ تصحیح‌شده، {open} پاسخ در انتظار تصحیح",
    ),
    "bonus_only": (
        "bonus points {points}, {open} open",
        "نمرهٔ امتیازی {points}، {open} پاسخ در انتظار تصحیح",
    ),
    "unmarked": (
        "nothing is marked yet, {open} open",
        "هنوز نمره‌ای نیست، {open} پاسخ در انتظار تصحیح",
    ),
    "total_later": ("the marks are told later", "نمره‌ها بعداً اعلام می‌شود"),
    "total_later_open": (
        "the marks are told later, {open} open",
        "نمره‌ها بعداً اعلام می‌شود، {open} پاسخ در انتظار تصحیح",
    ),
    "exact": (
        "{exact} points by the questions; factor, cap and rounding make it {points}.",
        "جمع نمرهٔ پرسش‌ها {exact} است که با ضریب، سقف و گرد کردن {points} می‌شود.",
    ),
    # parts of a page
    "answer": ("Answer", "پاسخ"),
    "read": ("Read as", "خوانده شد"),
    "question": ("Question", "پرسش"),
    "outcome": ("Outcome", "نتیجه"),
    "mark": ("Points", "نمره"),
    "remarks": ("Remarks", "توضیح‌ها"),
    "bonus": ("bonus", "امتیازی"),
    "place": ("in {place}", "در {place}"),
    "student": ("Student", "دانشجو"),
    "name": ("Name", "نام"),
    "sum": ("Total", "جمع"),
    "problems": ("About the files", "دربارهٔ پرونده‌ها"),
    "cut": ("[cut: {count} more characters]", "[بریده شد: {count} نویسهٔ دیگر]"),
    "more": ("{count} more are not shown here.", "{count} مورد دیگر اینجا نیامده است."),
    "too_long": (
        "{count} students are left out here: the summary may hold {size} kB.",
        "{count} دانشجو اینجا نیامده‌اند: این خلاصه حداکثر {size} کیلوبایت جا دارد.",
    ),
    "too_long_one": (
        "The rest is left out here: the summary may hold {size} kB.",
        "ادامه اینجا نیامده است: این خلاصه حداکثر {size} کیلوبایت جا دارد.",
    ),
    "empty": ("There are no submissions.", "هیچ پاسخ‌نامه‌ای نیست."),
    "total_so_far": (
        "Total so far (staff only): {standing}. Students see no total while something is open.",
        "جمع تا اینجا (تنها برای تصحیح‌کننده): {standing}. تا پاسخی باز است دانشجو جمع را نمی‌بیند.",
    ),
    # whose level a remark has, as the heading above it
    "note": ("Note", "یادداشت"),
    "level_readable": ("How it was read", "خوانش"),
    "level_verdict": ("Verdict", "داوری"),
    "level_where": ("Where", "جای ایراد"),
    "level_hint": ("What may have happened", "ایراد احتمالی"),
    "level_witness": ("An example", "نمونه"),
    "level_solution": ("Solution", "پاسخ درست"),
    # the class
    "class": ("Class summary", "خلاصهٔ کلاس"),
    "students": ("Students", "دانشجویان"),
    "students_marked": ("with everything marked", "با تصحیح کامل"),
    "answers_open": ("answers left for a person", "پاسخ در انتظار تصحیح"),
    "median": ("median share of the marked points", "میانهٔ سهم از نمرهٔ تصحیح‌شده"),
    "distribution": ("How the class did", "پراکندگی نمره‌ها"),
    "distribution_note": (
        "Each bar counts students by their share of the points that are marked.",
        "هر ستون شمار دانشجویان را بر پایهٔ سهمشان از نمرهٔ تصحیح‌شده نشان می‌دهد.",
    ),
    "whole": ("everything marked", "تصحیح کامل"),
    "some_open": ("something open", "دارای پاسخ باز"),
    "none_marked": (
        "Students without any mark yet, in no bar: {count}.",
        "شمار دانشجویانی که هنوز نمره‌ای ندارند و در هیچ ستونی نیستند: {count}.",
    ),
    "bin": ("{low} to {high} %: {count}", "{low} تا {high} درصد: {count}"),
    "share_axis": ("share of the marked points, %", "درصد از نمرهٔ تصحیح‌شده"),
    "questions": ("Questions", "پرسش‌ها"),
    "average": ("Mean", "میانگین"),
    "mistakes": ("Commonest mistakes", "اشتباه‌های رایج"),
    "mistakes_note": (
        "Answers in which the slip was found, by question.",
        "شمار پاسخ‌هایی که این اشتباه در آن‌ها دیده شد، به تفکیک پرسش.",
    ),
    "no_mistakes": ("No mistake was named.", "هیچ اشتباهی شناسایی نشد."),
    "count": ("Answers", "شمار"),
    "mistake": ("Mistake", "اشتباه"),
    "staff": (
        "For staff: this page holds everything. The pages of students hold what they may be told.",
        "برای تصحیح‌کنندگان: این صفحه همه چیز را دارد. صفحهٔ هر دانشجو تنها آنچه را دارد که به "
        "او گفته می‌شود.",
    ),
    "factor": ("factor {factor}", "ضریب {factor}"),
}


def say(code: str, language: str, **values: str | int | Fraction) -> str:
    """The sentence of a code; numbers in it are written as the language writes them.

    >>> say("marked", "en", points=Fraction(29, 2), marked=Fraction(18), open=2)
    '14.5 of 18 marked, 2 open'
    """
    persian = language == "fa"
    told = {
        name: each if isinstance(each, str) else amount(each, language)
        for name, each in values.items()
    }
    return _WORDS[code][persian].format(**told)


def is_said(code: str) -> bool:
    """Whether there is such a sentence."""
    return code in _WORDS


class Words:
    """The sentences of one language, as templates take them: ``word.answer``."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __getattr__(self, code: str) -> str:
        if code not in _WORDS:
            raise AttributeError(code)
        return _WORDS[code][self.language == "fa"]
