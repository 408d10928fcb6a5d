"""Sentences about characters, pasted text and LaTeX, in the form of `sentences.py`."""

from __future__ import annotations

PASTED_SENTENCES: dict[str, tuple[str, str, str, str]] = {
    "several": (
        "this is more than one formula", "give one at a time, or use verify_steps for a derivation",
        "این بیش از یک فرمول است", "هر بار یکی بدهید، یا برای اثبات verify_steps را به کار ببرید",
    ),
    "too-many-lines": (
        "a derivation of more than {limit} lines", "give a shorter one",
        "اثباتی با بیش از {limit} سطر", "اثبات کوتاه‌تری بدهید",
    ),
    "persian-slashes": (
        "too many slashes between Persian digits", "write ÷ or * for division, ٫ for the decimals",
        "خط کج میان رقم‌های فارسی بیش از اندازه است", "تقسیم را ÷ و اعشار را ٫ بنویسید",
    ),
    "look-alike": (
        "{name} is not a letter that formulas are written with",
        "type the Latin or Greek letter that you mean",
        "{name} حرفی نیست که با آن فرمول می‌نویسند", "حرف لاتین یا یونانی را خودتان بنویسید",
    ),
    "control": (
        "an invisible character: {name}", "remove it, or type the formula again",
        "نویسه‌ای پنهان: {name}", "آن را بردارید، یا فرمول را دوباره بنویسید",
    ),
    "python-escape": (
        "LaTeX in a plain Python string: {piece} has lost its backslash",
        "put r before the quote: r\"...\"",
        "LaTeX در رشتهٔ سادهٔ پایتون: {piece} ممیز وارونهٔ خود را از دست داده است",
        "پیش از گیومه r بگذارید: r\"...\"",
    ),
    "unknown-command": (
        "{piece} is not read", "write the formula without it",
        "{piece} خوانده نمی‌شود", "فرمول را بی آن بنویسید",
    ),
    "variants": (
        "{piece} and \\{name} in one text would be one name", "use one of them, or another letter",
        "{piece} و \\{name} در یک متن یک نام می‌شوند", "یکی از آن‌ها یا حرفی دیگر به کار برید",
    ),
    "not-read": (
        "{piece} is not read here", "write it in another way",
        "{piece} این‌جا خوانده نمی‌شود", "جور دیگری بنویسید",
    ),
    "environment": (
        "the environment {name} is not read", "matrices are bmatrix, cases are cases",
        "محیط {name} خوانده نمی‌شود", "ماتریس‌ها bmatrix و حالت‌ها cases اند",
    ),
    "block-open": (
        "the environment {name} has no matching begin and end", "add the missing half",
        "محیط {name} آغاز و پایان جور ندارد", "نیمهٔ گم‌شده را بیفزایید",
    ),
    "name-wanted": (
        "{piece} stands where a name should", "write a letter, or a subscript in braces: x_{{i+1}}",
        "به جای نام، {piece} آمده است", "حرفی بنویسید، یا زیرنویس را در آکولاد: x_{{i+1}}",
    ),
    "prose": (
        "words of a sentence in a formula: {piece}",
        "give the formula alone; names of several letters have to be declared",
        "واژه‌های جمله در فرمول: {piece}",
        "تنها فرمول را بدهید؛ نام‌های چندحرفی را باید اعلام کرد",
    ),
    "words": (
        "{piece} is text and no name", "give the formula without the words",
        "{piece} متن است و نام نیست", "فرمول را بی واژه‌ها بدهید",
    ),
    "accent": (
        "an accent or a font goes over one name", "write \\hat{{x}}_i, not \\hat over a formula",
        "علامت یا قلم روی یک نام می‌آید", "بنویسید \\hat{{x}}_i، نه \\hat روی یک فرمول",
    ),
    "double-script": (
        "a second subscript, superscript or prime at one name", "put braces around the first",
        "زیرنویس، توان یا پریم دوم روی یک نام", "نخستین را در آکولاد بگذارید",
    ),
    "subscript": (
        "{word} may be one word or several indices here",
        "write {name}_{{\\text{{{word}}}}} for a word, {name}_{{{commas}}} for indices",
        "{word} این‌جا می‌تواند یک واژه یا چند اندیس باشد",
        "برای واژه {name}_{{\\text{{{word}}}}} و برای اندیس‌ها {name}_{{{commas}}} بنویسید",
    ),
    "plain-subscript": (
        "{word} may be part of the name or several indices here",
        "write {name}[{commas}] for indices, or declare {name}_{word}",
        "{word} این‌جا می‌تواند بخشی از نام یا چند اندیس باشد",
        "برای اندیس‌ها {name}[{commas}] بنویسید، یا {name}_{word} را اعلام کنید",
    ),
    "unbraced": (
        "a subscript of several characters without braces", "write {braced}, or {apart}",
        "زیرنویس چندحرفی بی آکولاد", "بنویسید {braced} یا {apart}",
    ),
    "unbraced-power": (
        "an exponent of several characters without braces", "write {braced}, or {apart}",
        "توان چندحرفی بی آکولاد", "بنویسید {braced} یا {apart}",
    ),
    "sum-limits": (
        "the range of this sum or product is not understood",
        "write \\sum_{{i=a}}^{{b}}, or \\sum_{{i}} for all integers",
        "بازهٔ این جمع یا ضرب فهمیده نمی‌شود",
        "بنویسید \\sum_{{i=a}}^{{b}} یا برای همهٔ عددهای صحیح \\sum_{{i}}",
    ),
    "set": (
        "this set is not understood", "write \\mathbb{{Z}}, or \\{{a, \\dots, b\\}}",
        "این مجموعه فهمیده نمی‌شود", "بنویسید \\mathbb{{Z}} یا \\{{a, \\dots, b\\}}",
    ),
    "product-condition": (
        "a product over a condition has no ends", "write \\prod_{{i=a}}^{{b}}",
        "ضرب با شرط، ابتدا و انتها ندارد", "بنویسید \\prod_{{i=a}}^{{b}}",
    ),
    "argument": (
        "the argument of the command is not clear", "put it in braces: \\frac{{a}}{{b}}",
        "آرگومان فرمان روشن نیست", "آن را در آکولاد بگذارید: \\frac{{a}}{{b}}",
    ),
    "derivative": (
        "only first derivatives of one name by another are read",
        "write \\frac{{\\partial L}}{{\\partial Z_i}}",
        "تنها مشتق نخست یک نام نسبت به نامی دیگر خوانده می‌شود",
        "بنویسید \\frac{{\\partial L}}{{\\partial Z_i}}",
    ),
    "function-script": (
        "this script at {name} has no single meaning", "write it as a power or list the arguments",
        "این زیرنویس یا توانِ {name} یک معنا ندارد", "آن را توان بنویسید یا آرگومان‌ها را بیاورید",
    ),
    "function-brackets": (
        "how far the argument of {name} reaches is not clear", "write \\{name}(...)",
        "روشن نیست آرگومان {name} تا کجاست", "بنویسید \\{name}(...)",
    ),
    "unknown-function": (
        "{name} is not a known function", "declare it: {name}: function",
        "{name} تابع شناخته‌شده‌ای نیست", "آن را اعلام کنید: {name}: function",
    ),
    "invisible-braces": (
        "braces are invisible in LaTeX, and this sum stands beside a factor",
        "write round brackets",
        "آکولاد در LaTeX دیده نمی‌شود و این مجموع کنار عامل دیگری است", "پرانتز بگذارید",
    ),
    "layer-index": (
        "a bracket above a name may be the number of a layer or a power",
        "write x_l for a layer, x^{{l}} for a power",
        "پرانتز بالای نام، هم شمارهٔ لایه است و هم توان",
        "برای لایه x_l و برای توان x^{{l}} بنویسید",
    ),
    "dots": (
        "these dots have no single meaning",
        "write more terms before them and one after, as in 1 + 2 + ... + n, or a sum or product",
        "این سه‌نقطه یک معنا ندارد",
        "پیش از آن جمله‌های بیشتر و پس از آن یکی بنویسید، مانند 1 + 2 + ... + n، یا جمع یا ضرب",
    ),
    "norm": (
        "norms are not read", "write \\sqrt of the sum of squares",
        "نُرم خوانده نمی‌شود", "ریشهٔ مجموع مربع‌ها را بنویسید",
    ),
    "dollar": (
        "a dollar sign inside the formula", "give one formula at a time",
        "علامت دلار درون فرمول", "هر بار یک فرمول بدهید",
    ),
}  # fmt: skip
