"""The sentences of the queue, of decisions and of explanations, in English and in Persian."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from symcnn.grader.outputs.texts import amount, isolated

WORDS: dict[str, tuple[str, str]] = {
    # the queue
    "queue": ("Open answers", "پاسخ‌های باز"),
    "nothing": (
        "Nothing is open: every answer is marked.",
        "هیچ پاسخی باز نمانده است: همه نمره گرفته‌اند.",
    ),
    "waiting": (
        "{answers} of {all} answers are open, in {groups} groups of equal ones. A decision about "
        "a group holds for everybody in it.",
        "از {all} پاسخ، {answers} پاسخ باز است، در {groups} گروه از پاسخ‌های برابر. هر تصمیم دربارهٔ "
        "یک گروه برای همهٔ اعضای آن است.",
    ),
    "howto": (
        "Copy the lines under an answer into `decisions.yaml` beside the assignment, fill in "
        "`points`, `words` (the student reads them) and `by` (who you are), and run the same "
        "command again.",
        "سطرهای زیر هر پاسخ را در `decisions.yaml`، کنار پروندهٔ تکلیف، بگذارید، `points` (نمره)، "
        "`words` (سخنی که دانشجو می‌خواند) و `by` (نام شما) را پر کنید و همان فرمان را دوباره اجرا "
        "کنید.",
    ),
    "question": ("question", "پرسش"),
    "groups": ("groups", "گروه‌ها"),
    "answers": ("open answers", "پاسخ‌های باز"),
    "points": ("points", "نمره"),
    "full": ("out of {points}", "از {points} نمره"),
    "student": ("1 student", "۱ دانشجو"),
    "students": ("{count} students", "{count} دانشجو"),
    "group": ("group", "گروه"),
    "prompt": ("Question", "پرسش"),
    "answer": ("Answer", "پاسخ"),
    "also": ("also written as", "به این صورت هم نوشته شده است"),
    "more": ("and {count} more spellings", "و {count} نوشتار دیگر"),
    "read": ("Read as", "این‌گونه خوانده شد"),
    "key": ("Key", "کلید"),
    "why": ("Why it is open", "چرا باز است"),
    "rubric": ("Rubric", "سنجه"),
    "decision": ("For decisions.yaml", "برای decisions.yaml"),
    "unreadable": (
        "The program could not read this answer.",
        "برنامه نتوانست این پاسخ را بخواند.",
    ),
    "undecided": (
        "The program could neither prove nor refute that this answer equals the key.",
        "برنامه نتوانست ثابت یا رد کند که این پاسخ با کلید برابر است.",
    ),
    "manual": ("A person marks this question.", "این پرسش را یک نفر می‌سنجد."),
    "truth": (
        "Its reason is for a person; true or false alone is worth {points}.",
        "دلیل آن را یک نفر می‌سنجد؛ درست یا نادرست به‌تنهایی {points} نمره دارد.",
    ),
    # why a mark differs between two runs
    "decision-added": ("decided by {by}", "تصمیم {by}"),
    "decision-removed": ("the decision of {by} is gone", "تصمیم {by} دیگر نیست"),
    "decision-changed": ("the decision is another one, by {by}", "تصمیم دیگری است، از {by}"),
    "text-changed": ("another text was handed in", "متن دیگری تحویل داده شده است"),
    "key-changed": ("key: {before} became {after}", "کلید: {before} شده است {after}"),
    "points-changed": ("points: {before} became {after}", "نمرهٔ پرسش: {before} شده است {after}"),
    "convention-added": ("convention added: {name}", "قرارداد افزوده: {name}"),
    "convention-changed": ("convention changed: {name}", "قرارداد دگرگون‌شده: {name}"),
    "convention-removed": ("convention removed: {name}", "قرارداد حذف‌شده: {name}"),
    "field-changed": ("{field} of the question changed", "در پرسش، {field} تغییر کرده است"),
    "given-changed": ("given of the assignment changed", "دامنه‌های تکلیف (given) تغییر کرده است"),
    "uses-changed": (
        "it uses {question}, which differs",
        "به {question} تکیه دارد، که فرق کرده است",
    ),
    "question-added": ("the question is new", "پرسش تازه است"),
    "question-removed": ("there is no such question any more", "این پرسش دیگر نیست"),
    "questions-changed": ("the questions changed", "پرسش‌ها تغییر کرده‌اند"),
    "student-added": ("handed in since", "پس از آن تحویل داده است"),
    "student-removed": ("no submission any more", "دیگر پاسخ‌نامه‌ای ندارد"),
    "marks-changed": ("marks changed", "نمره‌هایی تغییر کرده‌اند"),
    "rule-changed": (
        "totals, {rule}: {before} became {after}",
        "جمع، {rule}: {before} شده است {after}",
    ),
    "factor-changed": ("factor: {before} became {after}", "ضریب: {before} شده است {after}"),
    "none": ("none", "هیچ"),
    "version": ("symcnn {before} became {after}", "نسخهٔ symcnn: {before} شده است {after}"),
    "unknown": (
        "nothing in the records differs: another environment, or a limit of time",
        "در این دو سابقه تفاوتی نیست: محیط دیگری، یا مرز زمان",
    ),
    "student-column": ("student", "دانشجو"),
    "before-column": ("before", "پیش"),
    "after-column": ("after", "پس"),
    "cause-column": ("because", "زیرا"),
    "total-column": ("total before", "جمع پیش"),
    "lower": (" (lower)", " (کمتر)"),
    "open": ("open", "باز"),
    "versions": ("symcnn {before}, then {after}", "نخست symcnn {before}، سپس {after}"),
    "nothing-differs": ("nothing differs", "هیچ تفاوتی نیست"),
    "times": ("{count} x {cause}", "{count} بار: {cause}"),
    "changed": (
        "marks that differ: {marks}, of them lower: {lower}; totals that differ: {totals}, of them "
        "lower: {fallen}",
        "نمره‌هایی که فرق کرده‌اند: {marks}، کمتر: {lower}؛ جمع‌هایی که فرق کرده‌اند: {totals}، کمتر: "
        "{fallen}",
    ),
    # one mark explained
    "proved": ("proved by {method}", "ثابت شد، به روش {method}"),
    "wherever": ("wherever {condition}", "هر جا که {condition}"),
    "more-steps": ("and {count} more obligations", "و {count} گام دیگر"),
    "refuted": (
        "refuted at {point}: the answer is {own}, the key {right}",
        "رد شد، در {point}: پاسخ {own} است و کلید {right}",
    ),
    "refuted-values": (
        "refuted: the answer is {own}, the key {right}",
        "رد شد: پاسخ {own} است و کلید {right}",
    ),
    "refuted-at": ("refuted at {point}", "رد شد، در {point}"),
    "would-hold": ("it would be right when {condition}", "درست می‌بود اگر {condition}"),
    "not-decided": ("undecided: {reason}", "نه ثابت شد و نه رد: {reason}"),
    "tried-rungs": ("tried: {rungs}", "آزموده شد: {rungs}"),
    "not-valid": ("no verdict: {reason}", "رأیی نیست: {reason}"),
    "where-fails": ("where: {where}", "کجا: {where}"),
    "off-by": (
        "the answer is {own}, the key {right}: off by {off}",
        "پاسخ {own} است و کلید {right}: {off} فاصله دارد",
    ),
    "allowed": ("allowed from {low} to {high}", "مجاز از {low} تا {high}"),
    "counted": ("{sum}: {rule}", "{sum}: {rule}"),
    "counted-open": (
        "open: there are no points until a person decides",
        "باز: تا کسی تصمیم نگیرد نمره‌ای ندارد",
    ),
    "counted-by": (
        "{points} of {of}, decided by {by}",
        "{points} از {of}، با تصمیم {by}",
    ),
    "rule-right": ("the answer is right", "پاسخ درست است"),
    "rule-wrong": ("nothing in it earns points", "چیزی در آن نمره ندارد"),
    "rule-missing": ("there is no answer", "پاسخی نیست"),
    "rule-statement": ("a statement has no points", "این بخش نمره ندارد"),
    "rule-conditional": (
        "the share of an answer that is right under a condition",
        "سهم پاسخی که با یک شرط درست است",
    ),
    "rule-form": (
        "the share of a right answer in another form",
        "سهم پاسخ درستی که به شکل دیگری است",
    ),
    "rule-carried": (
        "the share of what is right for one's own earlier answer",
        "سهم آنچه برای پاسخ پیشین خود دانشجو درست است",
    ),
    "rule-convention": (
        "the credit of the convention {name}",
        "سهم قرارداد {name}",
    ),
    "rule-mistake": (
        "the mistake {name} leaves this share",
        "اشتباه {name} این سهم را باقی می‌گذارد",
    ),
    "rule-entries": ("the share of the entries found", "سهم درایه‌هایی که پیدا شده"),
    "rule-milestones": ("the milestones reached", "گام‌های میانی که به دست آمده"),
    "rule-partial": ("a part of it is right", "بخشی از آن درست است"),
    "explain-head": (
        "{student}, {question} ({kind}, out of {points})",
        "{student}، {question} ({kind}، از {points} نمره)",
    ),
    "explain-answer": ("answer", "پاسخ"),
    "explain-none": ("there is no answer", "پاسخی نیست"),
    "explain-read": ("read as", "خوانده شد"),
    "explain-domains": ("domains", "دامنه‌ها"),
    "explain-key": ("against the key", "در برابر کلید"),
    "explain-chain": ("line by line, to the key", "خط به خط، تا کلید"),
    "explain-convention": ("against the convention {name}", "در برابر قرارداد {name}"),
    "explain-own": (
        "against the key for the student's own earlier answer",
        "در برابر کلید با پاسخ پیشین خود دانشجو",
    ),
    "explain-mistake": ("named mistake", "اشتباه نام‌دار"),
    "explain-outcome": ("outcome", "نتیجه"),
    "explain-again": (
        "the program of today finds: {outcome}",
        "برنامهٔ امروز این را می‌یابد: {outcome}",
    ),
    "explain-points": ("points", "نمره"),
    "explain-before": (
        "the student reads before the due date, at the level {level}",
        "دانشجو پیش از مهلت، در سطح {level}، می‌خواند",
    ),
    "explain-after": (
        "the student reads after the due date, at the level {level}",
        "دانشجو پس از مهلت، در سطح {level}، می‌خواند",
    ),
    "explain-stopped": (
        "marking was stopped, so this is not decided again here; in the shell nothing stops it",
        "تصحیح متوقف شده بود و اینجا از نو انجام نمی‌شود؛ در خط فرمان چیزی آن را متوقف نمی‌کند",
    ),
    "explain-replay": ("the same in the shell", "همین در خط فرمان"),
    # what a decision says to the student
    "decided": ("A person decided this mark.", "دربارهٔ این نمره یک نفر تصمیم گرفته است."),
}


def word(key: str, language: str, **values: str | int | Fraction) -> str:
    """The sentence in "en" or "fa", its numbers in the digits of the language.

    >>> word("students", "en", count=12), word("full", "fa", points=Fraction(5, 2))
    ('12 students', 'از ۲٫۵ نمره')
    """
    return WORDS[key][language == "fa"].format(**told(values, language))


def told(values: Mapping[str, str | int | Fraction], language: str) -> dict[str, str]:
    """The parts of a sentence: texts with their own direction, numbers in the language's digits."""
    return {
        name: isolated(each, language)
        if isinstance(each, str)
        else amount(Fraction(each), language)
        for name, each in values.items()
    }
