"""Texts that nobody would write: mutations, splices, tokens, bytes; all derived from a seed."""

from __future__ import annotations

import random
from collections.abc import Callable

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.reading.specification import rows

TOKENS = (
    *r"\frac \sum \prod \left( \right) \left| \right| \lfloor \rfloor \hat \mathbf \sqrt".split(),
    *r"\begin{cases} \end{cases} \\ & \begin{bmatrix} \end{bmatrix} \text{if} \max \log".split(),
    *r"\partial ^T \top \odot \otimes \bmod \in \le \substack = < > <= != ~ + - * /".split(),
    *r"^ _ { } ( ) [ ] | , ; ! ' % $ $$ i j k x y W C_{in} C_in HW alpha \alpha \sigma".split(),
    *r"Matrix([[ Bracket( Array(( diff( 0 1 12 0.5 120,422 1e9 ۰/۹ ² √ and or not".split(),
    *r"e pi Sum( Cases( divides let floor( max( f'( x[i] dL/dZ_i [3] … ... + x_1 x_n".split(),
    *r"\vdots \cdots the is times \text{where} N_{train} W_{ij} پاسخ ^{2} _{i=1}^{n}".split(),
    r"\underbrace{",
    " ", "\n",
)  # fmt: skip
COMMON = (  # notation that a checker takes at once
    *r"K C_in C_{in} C_{\mathrm{out}} H W HW x x_1 \alpha e pi _2 _h 0 1 2 3 10 2.5".split(),
    *r"1,000 3e2 + - * / ^ ** · × ÷ − \cdot \times ( ) { } \left( \right) ^2 ^{2} ^-1".split(),
    *r"² ۳ ۱/۲ ⌊ ⌋ \lfloor \rfloor floor( ceil( \frac{ }{ \frac{K}{2} \dfrac{1}{x} \,".split(),
    *"^(-1) $ ; .".split(),
    r"\cdot ", "C_{ in }", " ",
)  # fmt: skip
SIGNS = sorted({sign for token in TOKENS for sign in token})
STRATEGIES = (
    st.lists(st.sampled_from(TOKENS), max_size=20).map("".join),
    st.lists(st.sampled_from(TOKENS), max_size=20).map(" ".join),
    st.text(st.sampled_from(SIGNS), max_size=60),
    st.text(max_size=40),
    st.binary(max_size=60).map(lambda raw: raw.decode("utf-8", "replace")),
)


class Fuzzer:
    """Makes the inputs of one seed."""

    def __init__(self, number: int) -> None:
        self.random = random.Random(number)
        self.texts = [row.text for row in rows() if len(row.text) < 300]

    def text(self) -> str:
        """One input."""
        pick = self.random.random()
        if pick < 0.1:
            few = self.random.sample(COMMON, self.random.randrange(3, 8))
            count = self.random.randrange(1, 11)
            return self.random.choice(("", "", " ", "  ")).join(self.random.choices(few, k=count))
        if pick < 0.45:
            return self.mutated(self.random.choice(self.texts))
        if pick < 0.6:
            return self.flipped(self.random.choice(self.texts))
        if pick < 0.75:
            return self.spliced()
        if pick < 0.9:
            count = self.random.randrange(1, 25)
            return self.random.choice(("", " ")).join(self.random.choices(TOKENS, k=count))
        if pick < 0.95:
            return self.random.randbytes(self.random.randrange(60)).decode("latin-1")
        return "".join(chr(self.random.randrange(0x3000)) for _ in range(self.random.randrange(30)))

    def mutated(self, text: str) -> str:
        """A few letters taken out, put in, doubled or exchanged."""
        for _ in range(self.random.randrange(1, 5)):
            at = self.random.randrange(len(text) + 1)
            kind = self.random.randrange(5)
            if kind == 0:
                text = text[:at] + text[at + 1 :]
            elif kind == 1:
                text = text[:at] + self.random.choice(TOKENS) + text[at:]
            elif kind == 2:
                other = self.random.randrange(len(text) + 1)
                text = text[:at] + text[min(at, other) : max(at, other)] + text[at:]
            elif kind == 3:
                text = text[:at] + chr(self.random.randrange(32, 127)) + text[at + 1 :]
            else:
                text = text[at:] + text[:at]
        return text[:2000]

    def flipped(self, text: str) -> str:
        """Some bits of its bytes flipped, bytes taken out or put in."""
        raw = bytearray(text.encode("utf-8", "surrogatepass"))
        for _ in range(self.random.randrange(1, 4)):
            at = self.random.randrange(len(raw) + 1)
            kind = self.random.randrange(3)
            if kind == 0 and at < len(raw):
                raw[at] ^= 1 << self.random.randrange(8)
            elif kind == 1:
                raw[at:at] = self.random.randbytes(1)
            else:
                del raw[at : at + 1]
        return raw.decode("utf-8", "replace")

    def spliced(self) -> str:
        """The beginning of one line and the end of another."""
        first, second = self.random.choice(self.texts), self.random.choice(self.texts)
        cut = self.random.randrange(len(first) + 1)
        return first[:cut] + second[self.random.randrange(len(second) + 1) :]


def draw(number: int, count: int, tried: Callable[[str], None]) -> None:
    """Gives about so many texts of each of hypothesis' strategies to ``tried``."""
    for place, strategy in enumerate(STRATEGIES):

        @seed(number * len(STRATEGIES) + place)
        @settings(
            max_examples=count,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(strategy)
        def one(text: str) -> None:
            tried(text)

        one()
