"""What is told about files and answers, in English and Persian, and the words that forms use.

Each sentence has a message and what to do next, for both languages.
"""

from __future__ import annotations

from symcnn.grader.formats.found import Trouble
from symcnn.grader.formats.words_archives import ARCHIVE_SENTENCES
from symcnn.grader.formats.words_files import FILE_SENTENCES
from symcnn.grader.ids import folded_id
from symcnn.grader.submission import Problem

STUDENT_WORDS = frozenset(
    {"student", "student id", "student number", "id", "شماره دانشجویی", "شمارهٔ دانشجویی", "دانشجو"}
)
NAME_WORDS = frozenset({"name", "full name", "student name", "نام", "نام و نام خانوادگی"})
ANSWER_WORDS = frozenset({"answers", "پاسخ ها", "پاسخها", "پاسخ‌ها"})

SENTENCES: dict[str, tuple[str, str, str, str]] = {
    "twice": (
        "two different answers to {question}, {one} and {other}; neither is marked",
        "delete one of them, or decide by hand",
        "برای {question} دو پاسخ متفاوت هست، {one} و {other}، و هیچ‌کدام تصحیح نمی‌شود",
        "یکی را پاک کنید، یا خودتان تصمیم بگیرید",
    ),
    "missing": (
        "no answer to {questions}", "",
        "برای {questions} پاسخی نیست", "",
    ),
    "extra": (
        "there is no question {question}, and its answer is left out", "",
        "پرسشی به نام {question} نیست و پاسخ آن کنار گذاشته شد", "",
    ),
    "extra-near": (
        "there is no question {question}, and its answer is left out", "did you mean {near}?",
        "پرسشی به نام {question} نیست و پاسخ آن کنار گذاشته شد", "آیا منظور {near} بود؟",
    ),
    "extra-more": (
        "and {count} more answers to questions that there are not", "",
        "و {count} پاسخ دیگر به پرسش‌هایی که نیستند", "",
    ),
    "long": (
        "the answer to {question} has more than {limit} characters; it is not marked",
        "write a shorter one",
        "پاسخ {question} بیش از {limit} نویسه دارد و تصحیح نمی‌شود", "پاسخ کوتاه‌تری بنویسید",
    ),
    "clash": (
        "{count} submissions for the student {student}: {files}; none of them is marked",
        "leave one, or write the right id into each",
        "{count} پرونده برای دانشجوی {student} هست: {files}؛ هیچ‌کدام تصحیح نمی‌شود",
        "یکی را نگه دارید، یا در هر یک شمارهٔ درست را بنویسید",
    ),
    "no-id": (
        "nothing says whose answers these are", "write the student's id: student: 40012345",
        "معلوم نیست این پاسخ‌ها از کیست", "شمارهٔ دانشجو را بنویسید: student: 40012345",
    ),
    "id-long": (
        "the student's id is too long: {student}", "write the id alone",
        "شمارهٔ دانشجو بیش از اندازه بلند است: {student}", "تنها شماره را بنویسید",
    ),
    "id-control": (
        "the student's id holds an invisible character: {student}",
        "type it again, or rename the file",
        "در شمارهٔ دانشجو نویسه‌ای پنهان هست: {student}",
        "آن را دوباره بنویسید، یا نام پرونده را عوض کنید",
    ),
    "id-path": (
        "{student} cannot be a student's id", "write letters, digits and blanks, without slashes",
        "{student} نمی‌تواند شمارهٔ دانشجو باشد", "حرف و رقم و فاصله بنویسید، بی خط کج",
    ),
    "id-shortened": (
        "a spreadsheet has shortened the student's id to {student}",
        "format the column as text and type the id again",
        "صفحه‌گسترده شمارهٔ دانشجو را به {student} کوتاه کرده است",
        "ستون را از نوع متن کنید و شماره را دوباره بنویسید",
    ),
    **FILE_SENTENCES,
    **ARCHIVE_SENTENCES,
}  # fmt: skip


def told(trouble: Trouble, file: str, language: str = "en") -> Problem:
    """The problem for a person: where, what, and what to do next.

    >>> print(told(Trouble("missing", "", (("questions", "q1a"),)), "ali.md"))
    ali.md: no answer to q1a
    """
    english, hint, persian, persian_hint = SENTENCES[trouble.code]
    details = {key: value.strip() for key, value in trouble.details}
    if language == "fa":
        details = {key: f"\u2066{value}\u2069" for key, value in details.items()}
        english, hint = persian, persian_hint
    return Problem(place_in(file, trouble.place), english.format(**details), hint.format(**details))


def place_in(file: str, place: str) -> str:
    """``ali.md, line 12``.

    >>> place_in("ali.md", "line 12"), place_in("ali.md", "")
    ('ali.md, line 12', 'ali.md')
    """
    return f"{file}, {place}" if file and place else file or place


def field_of(word: str) -> str:
    """What a key or the head of a column says: student, name, answers, or nothing known.

    >>> field_of(" Student_ID"), field_of("نام"), field_of("q1a")
    ('student', 'name', '')
    """
    plain = folded_id(word.replace("\u200c", " ").replace("_", " ").replace("-", " ")).casefold()
    if plain in STUDENT_WORDS:
        return "student"
    if plain in NAME_WORDS:
        return "name"
    return "answers" if plain in ANSWER_WORDS else ""
