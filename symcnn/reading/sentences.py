"""Sentences about formulas: code -> message and hint in English, message and hint in Persian.

``{piece}`` is the offending text; other names in braces are the details of the error.
"""

from __future__ import annotations

FORMULA_SENTENCES: dict[str, tuple[str, str, str, str]] = {
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
    "ambiguous-mod": (
        "a + b mod n can be (a + b) mod n or a + (b mod n)", "write brackets",
        "a + b mod n می‌تواند (a + b) mod n یا a + (b mod n) باشد", "پرانتز بگذارید",
    ),
    "indices": (
        "{name} has {wanted} index(es), not {found}", "write them with commas: {name}_{{i, j}}",
        "{name} دارای {wanted} اندیس است، نه {found}", "با ویرگول بنویسید: {name}_{{i, j}}",
    ),
    "bound-family": (
        "{name} is the variable of a sum here and has no indices", "give one of them another name",
        "{name} این‌جا متغیر جمع است و اندیس ندارد", "به یکی از آن‌ها نام دیگری بدهید",
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
