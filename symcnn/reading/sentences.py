"""The table of sentences: code -> message and hint in English, message and hint in Persian.

``{piece}`` is the offending text; other names in braces are the details of the error.
"""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str, str, str]] = {
    "empty": (
        "there is no formula here", "write one, such as 2*(K + 1)",
        "این‌جا فرمولی نیست", "فرمولی بنویسید، مانند 2*(K + 1)",
    ),
    "unexpected": (
        "{piece} cannot stand here", "something is missing before it, or it is one too many",
        "{piece} این‌جا نمی‌تواند بیاید", "پیش از آن چیزی کم است، یا خودش زیادی است",
    ),
    "ends-early": (
        "the formula ends too early", "an operand is missing at the end",
        "فرمول ناتمام است", "در پایان آن یک عملوند کم است",
    ),
    "not-closed": (
        "a bracket is not closed", "add {bracket}",
        "پرانتزی بسته نشده است", "{bracket} را بیفزایید",
    ),
    "expected": (
        "{piece} stands where {bracket} should", "add {bracket}, or an operator such as *",
        "به جای {bracket} در این‌جا {piece} آمده است", "{bracket} یا عملگری مانند * را بیفزایید",
    ),
    "not-opened": (
        "{piece} closes a bracket that is not open", "remove it, or open the bracket",
        "{piece} پرانتزی را می‌بندد که باز نشده است", "آن را بردارید، یا پرانتز را باز کنید",
    ),
    "comma": (
        "a comma cannot stand here",
        "write one formula; the decimal mark is a point (0.5), arguments need a function",
        "ویرگول این‌جا نمی‌تواند بیاید",
        "یک فرمول بنویسید؛ نشانهٔ اعشار نقطه است (0.5) و آرگومان‌ها تابع می‌خواهند",
    ),
    "decimal-comma": (
        "a comma inside a number groups digits by three, and these are not groups of three",
        "write the decimal mark as a point: 0.5",
        "ویرگول در عدد رقم‌ها را سه‌تا سه‌تا جدا می‌کند و این‌جا چنین نیست",
        "نشانهٔ اعشار را نقطه بنویسید: 0.5",
    ),
    "bar": (
        "bars do not match", "|x| is an absolute value; divisibility is written: a divides b",
        "خط‌های قدر مطلق جفت نیستند", "قدر مطلق |x| است؛ بخش‌پذیری را چنین بنویسید: a divides b",
    ),
    "unknown-character": (
        "{name} is not a sign that formulas are written with", "remove it or write it in words",
        "{name} در فرمول‌ها به کار نمی‌رود", "آن را بردارید یا به حروف بنویسید",
    ),
    "latex-only": (
        "{piece} is read in LaTeX only", "write Sum(x, (i, a, b)), Prod(...), or LaTeX",
        "{piece} تنها در LaTeX خوانده می‌شود", "بنویسید Sum(x, (i, a, b)) یا LaTeX به کار ببرید",
    ),
    "too-long": (
        "the text is longer than {limit} characters", "give one formula at a time",
        "متن از {limit} نویسه درازتر است", "هر بار یک فرمول بدهید",
    ),
    "too-deep": (
        "more than {limit} levels of brackets, powers or signs", "simplify the formula first",
        "بیش از {limit} لایه پرانتز، توان یا علامت", "نخست فرمول را ساده کنید",
    ),
    "too-large": (
        "a constant here is too large to be written down", "bring the numbers down",
        "ثابتی در این‌جا بزرگ‌تر از آن است که بتوان نوشت", "عددها را کوچک‌تر کنید",
    ),
    "long-literal": (
        "a number with more than {limit} digits", "no formula needs it",
        "عددی با بیش از {limit} رقم", "هیچ فرمولی به آن نیاز ندارد",
    ),
    "number-after": (
        "a number directly after another operand", "write * between them, or _ for an index",
        "عددی درست پس از عملوندی دیگر", "میان آن‌ها * بگذارید، یا برای اندیس _",
    ),
    "digits-apart": (
        "two numbers side by side", "write * between them, or join the digits",
        "دو عدد کنار هم", "میان آن‌ها * بگذارید، یا رقم‌ها را به هم بچسبانید",
    ),
    "ambiguous-slash": (
        "a/b c can be (a/b)*c or a/(b*c)", "write brackets or * around {piece}",
        "a/b c می‌تواند (a/b)*c یا a/(b*c) باشد", "پیرامون {piece} پرانتز یا * بگذارید",
    ),
    "condition-as-number": (
        "a condition stands where a number should", "write [a = b] for 1 if true, else 0",
        "شرطی به جای عدد آمده است", "برای «۱ اگر درست، وگرنه ۰» بنویسید [a = b]",
    ),
    "condition-wanted": (
        "a condition should stand here", "write a comparison such as i = j",
        "این‌جا باید شرطی بیاید", "مقایسه‌ای مانند i = j بنویسید",
    ),
    "arguments": (
        "{name} takes {wanted} argument(s), not {found}", "check the commas and brackets",
        "{name} به {wanted} آرگومان نیاز دارد، نه {found}", "ویرگول‌ها و پرانتزها را ببینید",
    ),
    "function-alone": (
        "{name} is a function and needs its argument", "write {name}(...)",
        "{name} تابع است و آرگومان می‌خواهد", "بنویسید {name}(...)",
    ),
    "transpose": (
        "only a matrix can be transposed, and this is not declared as one",
        "declare it: A: matrix n x n",
        "تنها ماتریس ترانهاده دارد و این ماتریس اعلام نشده است",
        "آن را اعلام کنید: A: matrix n x n",
    ),
    "percent-or-mod": (
        "% is per cent here, and something follows it", "write mod(a, b) for the remainder",
        "% این‌جا درصد است و پس از آن چیزی آمده", "برای باقی‌مانده بنویسید mod(a, b)",
    ),
    "variable-wanted": (
        "{piece} should be the name of a bound variable", "write Sum(x[i], (i, a, b))",
        "{piece} باید نام متغیر جمع باشد", "بنویسید Sum(x[i], (i, a, b))",
    ),
    "sum-form": (
        "a sum needs its variable", "write Sum(x[i], (i, a, b)), or Sum(x[i], i) for all integers",
        "جمع به متغیر نیاز دارد",
        "بنویسید Sum(x[i], (i, a, b)) یا برای همهٔ عددهای صحیح Sum(x[i], i)",
    ),
    "after-default": (
        "nothing can follow the default case", "put the default last",
        "پس از حالت پیش‌فرض چیزی نمی‌آید", "حالت پیش‌فرض را آخر بنویسید",
    ),
    "matrix-form": (
        "{name} needs its entries in square brackets", "write Matrix([[a, b], [c, d]])",
        "درایه‌های {name} باید در کروشه باشند", "بنویسید Matrix([[a, b], [c, d]])",
    ),
    "uneven-rows": (
        "this row has another length than the rows before it", "rows of a matrix are equally long",
        "طول این سطر با سطرهای پیشین یکی نیست", "سطرهای ماتریس هم‌طول‌اند",
    ),
    "array-form": (
        "an array needs one variable of its own for each size",
        "write Array((n, m), (i, j), entry)",
        "آرایه برای هر اندازه یک متغیر جدا می‌خواهد", "بنویسید Array((n, m), (i, j), entry)",
    ),
    "diff-form": (
        "a derivative needs one order for each argument", "write diff(phi, 1, 0)(x, y)",
        "مشتق برای هر آرگومان یک مرتبه می‌خواهد", "بنویسید diff(phi, 1, 0)(x, y)",
    ),
    "several": (
        "this is more than one formula", "give one at a time, or use verify_steps for a derivation",
        "این بیش از یک فرمول است", "هر بار یکی بدهید، یا برای اثبات verify_steps را به کار ببرید",
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
        "dots leave open what is meant", "write a sum, a product, or every entry",
        "سه‌نقطه معلوم نمی‌کند منظور چیست", "جمع یا ضرب، یا همهٔ درایه‌ها را بنویسید",
    ),
    "norm": (
        "norms are not read", "write \\sqrt of the sum of squares",
        "نُرم خوانده نمی‌شود", "ریشهٔ مجموع مربع‌ها را بنویسید",
    ),
    "dollar": (
        "a dollar sign inside the formula", "give one formula at a time",
        "علامت دلار درون فرمول", "هر بار یک فرمول بدهید",
    ),
    "given-item": (
        "{piece} is neither a declaration nor a relation",
        "write names: domain, or a relation such as S divides N",
        "{piece} نه اعلان است و نه رابطه", "بنویسید نام‌ها: دامنه، یا رابطه‌ای مانند S divides N",
    ),
    "given-domain": (
        "{piece} is not understood in a domain",
        "write for example: positive integer, real in (0, 1), integer >= 2, indexed real support"
        " 0..9, matrix n x n, function",
        "{piece} در دامنه فهمیده نمی‌شود",
        "برای نمونه بنویسید: positive integer یا real in (0, 1) یا matrix n x n",
    ),
    "given-clash": (
        "{piece} declares the family {family}, and {family} is declared as a number too",
        "give one of them another name",
        "{piece} خانوادهٔ {family} را اعلام می‌کند و {family} عدد هم اعلام شده است",
        "به یکی از آن‌ها نام دیگری بدهید",
    ),
    "given-name": (
        "{piece} is not a name", "write names with commas between them: K, C_in: positive integer",
        "{piece} نام نیست", "نام‌ها را با ویرگول جدا کنید: K, C_in: positive integer",
    ),
}  # fmt: skip
