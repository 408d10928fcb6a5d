"""Sentences about files that cannot be read, or not in part: message, hint, both in Persian."""

from __future__ import annotations

FILE_SENTENCES: dict[str, tuple[str, str, str, str]] = {
    "empty": (
        "the file is empty", "hand in the filled form",
        "پرونده خالی است", "فرم پرشده را بفرستید",
    ),
    "utf-16": (
        "the file is UTF-16", "save it as UTF-8",
        "پرونده UTF-16 است", "آن را با UTF-8 ذخیره کنید",
    ),
    "nul": (
        "the file holds a NUL character: it is no text, or not UTF-8", "save it as UTF-8 text",
        "در پرونده نویسهٔ NUL هست: متن نیست، یا UTF-8 نیست", "آن را متنی و با UTF-8 ذخیره کنید",
    ),
    "encoding": (
        "the byte {byte} is not UTF-8", "save the file as UTF-8 (it may be Windows-1256)",
        "بایت {byte} از UTF-8 نیست", "پرونده را با UTF-8 ذخیره کنید (شاید Windows-1256 باشد)",
    ),
    "extension": (
        "{suffix} is no form that is read",
        "hand in one of {known}",
        "پروندهٔ {suffix} خوانده نمی‌شود", "یکی از این‌ها را بفرستید: {known}",
    ),
    "large": (
        "the file has {size} bytes, more than {limit}", "take pictures and outputs out of it",
        "پرونده {size} بایت دارد، بیش از {limit}", "تصویرها و خروجی‌ها را از آن بردارید",
    ),
    "unopened": (
        "the file cannot be opened: {said}", "make it readable, or hand it in again",
        "پرونده باز نمی‌شود: {said}", "اجازهٔ خواندن بدهید، یا دوباره بفرستید",
    ),
    "special": (
        "this is no ordinary file", "hand in a file",
        "این پرونده‌ای عادی نیست", "یک پرونده بفرستید",
    ),
    "link": (
        "a symbolic link is not followed", "hand in the file itself",
        "پیوند نمادین دنبال نمی‌شود", "خود پرونده را بفرستید",
    ),
    "nobody": (
        "there is no submission in it", "name a folder of {known}",
        "هیچ پاسخ‌نامه‌ای در آن نیست", "پوشه‌ای از این‌ها را نام ببرید: {known}",
    ),
    "run": (
        "the results of a run are not read as submissions", "",
        "نتیجه‌های یک اجرا پاسخ‌نامه شمرده نمی‌شوند", "",
    ),
    "absent": (
        "there is no such file", "check the name",
        "چنین پرونده‌ای نیست", "نام را بررسی کنید",
    ),
    "deep": (
        "it is nested too deep", "no more than {limit} levels",
        "تودرتویی آن بیش از اندازه است", "بیش از {limit} لایه نباشد",
    ),
    "too-many": (
        "there are more than {limit} entries", "fill in the form as it is",
        "بیش از {limit} مورد هست", "فرم را همان‌گونه که هست پر کنید",
    ),
    "yaml": (
        "this is no YAML: {said}", "check indentation, quotes and brackets",
        "این YAML نیست: {said}", "تورفتگی، گیومه‌ها و کروشه‌ها را بررسی کنید",
    ),
    "yaml-escape": (
        "a backslash in double quotes begins an escape",
        "use single quotes for LaTeX, or a block after |",
        "ممیز وارونه در گیومهٔ دوتایی معنای دیگری دارد",
        "برای LaTeX گیومهٔ تکی به کار ببرید، یا متن را زیر | بنویسید",
    ),
    "yaml-colon": (
        "this is no YAML: a second colon on the line", "put the answer into single quotes",
        "این YAML نیست: دونقطهٔ دوم در یک سطر", "پاسخ را در گیومهٔ تکی بگذارید",
    ),
    "yaml-bar": (
        "text stands behind the bar", "begin on the line below, indented by four blanks",
        "پس از نشانهٔ | متن آمده است", "از سطر بعد و با چهار فاصله آغاز کنید",
    ),
    "yaml-left": (
        "a line here or above stands too far left", "indent the answer's lines by four blanks",
        "سطری در این‌جا یا بالاتر زیادی به چپ آمده است", "سطرهای پاسخ را چهار فاصله جلو ببرید",
    ),
    "yaml-alias": (
        "*{name} is an alias of YAML, and none is followed",
        "put an answer that begins with * into single quotes",
        "*{name} در YAML ارجاع است و دنبال نمی‌شود",
        "پاسخی را که با * آغاز می‌شود در گیومهٔ تکی بگذارید",
    ),
    "yaml-anchor": (
        "&{name} is an anchor of YAML, and none is read",
        "put an answer that begins with & into single quotes",
        "&{name} در YAML لنگر است و خوانده نمی‌شود",
        "پاسخی را که با & آغاز می‌شود در گیومهٔ تکی بگذارید",
    ),
    "yaml-tag": (
        "{name} is a tag of YAML, and none is read",
        "put an answer that begins with ! into single quotes",
        "{name} در YAML برچسب است و خوانده نمی‌شود",
        "پاسخی را که با ! آغاز می‌شود در گیومهٔ تکی بگذارید",
    ),
    "yaml-documents": (
        "a second document begins", "leave one in each file",
        "سند دومی آغاز می‌شود", "در هر پرونده یک سند بگذارید",
    ),
    "yaml-key": (
        "a list or a mapping stands where a name should", "write name: answer",
        "به جای نام، فهرست یا نگاشت آمده است", "بنویسید name: answer",
    ),
    "json": (
        "this is no JSON: {said}", "check quotes, commas and brackets",
        "این JSON نیست: {said}", "گیومه‌ها، ویرگول‌ها و کروشه‌ها را بررسی کنید",
    ),
    "json-escape": (
        "a backslash begins an escape in JSON ({said})", "write every backslash twice",
        "ممیز وارونه در JSON معنای دیگری دارد ({said})", "هر ممیز وارونه را دو بار بنویسید",
    ),
    "toml": (
        "this is no TOML: {said}", "check quotes and brackets",
        "این TOML نیست: {said}", "گیومه‌ها و کروشه‌ها را بررسی کنید",
    ),
    "toml-escape": (
        "a backslash in double quotes begins an escape", "use single quotes for LaTeX",
        "ممیز وارونه در گیومهٔ دوتایی معنای دیگری دارد", "برای LaTeX گیومهٔ تکی به کار ببرید",
    ),
    "toml-digits": (
        "a number has too many digits", "put the answer into single quotes",
        "عددی رقم‌های بسیار زیادی دارد", "پاسخ را در گیومهٔ تکی بگذارید",
    ),
    "no-mapping": (
        "student, name and answers are expected here", "begin from the form of the assignment",
        "این‌جا student و name و answers انتظار می‌رود", "از فرم تکلیف آغاز کنید",
    ),
    "no-answers": (
        "there is no field answers", "write answers: and the questions below it",
        "بخش answers نیست", "بنویسید answers: و پرسش‌ها را زیر آن بیاورید",
    ),
    "answers-near": (
        "there is no field answers", "did you mean answers by {key}?",
        "بخش answers نیست", "آیا منظور از {key} همان answers بود؟",
    ),
    "answers-no-mapping": (
        "answers are no mapping from questions to texts", "write q1a: the answer",
        "answers نگاشتی از پرسش‌ها به متن‌ها نیست", "بنویسید q1a: پاسخ",
    ),
    "fields-twice": (
        "the field {field} stands twice", "leave one",
        "بخش {field} دو بار آمده است", "یکی را نگه دارید",
    ),
    "field-no-text": (
        "{field} has to be a text", "write {field}: and the text",
        "{field} باید متن باشد", "بنویسید {field}: و سپس متن",
    ),
    "two-students": (
        "the file names two students", "leave one of them",
        "پرونده از دو دانشجو نام می‌برد", "یکی را نگه دارید",
    ),
    "stray": (
        "{key} stands beside student, name and answers, and is left out",
        "answers stand below answers",
        "{key} کنار student و name و answers آمده و کنار گذاشته شد",
        "پاسخ‌ها زیر answers می‌آیند",
    ),
    "no-text": (
        "the answer to {question} is no text; it is not marked", "put it into quotes",
        "پاسخ {question} متن نیست و تصحیح نمی‌شود", "آن را در گیومه بگذارید",
    ),
    "assignment": (
        "this is an assignment and no submission", "name the submissions",
        "این تکلیف است، نه پاسخ‌نامه", "پاسخ‌نامه‌ها را نام ببرید",
    ),
}  # fmt: skip
