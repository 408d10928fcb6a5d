"""Common notation read at once: wherever it is taken, the reader understands the same."""

from __future__ import annotations

import pickle
import random
import time

import pytest

from symcnn import Checker, read
from symcnn.errors import ParseError
from symcnn.reading import read_given
from tests.verifying.at_once import AtOnce

GIVEN = read_given("cnn; e: real; log: real; and: real")
AT_ONCE = AtOnce(GIVEN)

TAKEN = r"""
K^2*C_in*C_out + C_out
H W C_in (K^2 + C_out)
-K^2 + 3
2P - D*(K - 1) - 1
(N + 2*P - K)/S + 1
floor((N + 2*P - K)/S) + 1
2ceil(N/2)^2/K
\lfloor (N + 2P - K)/S \rfloor + 1
\left\lceil\frac{N}{S}\right\rceil K
$ C_{ in }K^ 2. $
C_{out}^-1 + K**2
C_{ in }
K^-2*(K + S)^(-1)*2^(-1)
(1/K)^(-2)
(K + 1)^{-1}C_{in}
\( (K + 1)^{-2} K, \)
۳ × K² · C_in − ۱٫۵
⌊N/S⌋ + ⌈۱,۰۲۴ K/2⌉
\(K^2\; C_{in}\)
\[ K\!S \]
1,000 K.
-floor(-N/S)*floor(floor(N/K)/S)
1/(1/K + 1/S)
K**2*C_in/C_out
d(k-1)
\frac{K^2 + C_{out}}{K^2 C_{out}}
$\frac{1}{C_{out}} + \frac{1}{K^2}$
$$HWC_{\text{in}}\left(K^{2} + C_{\mathrm{out}}\right)$$
\alpha\beta K_h \cdot K_w \times 3
K_h\alpha
0.72 + 1.0625 C^2
5^2*3*256/2^20 + 2.5/1.5^2
C_{\mathrm{out}}^{-1}\, + K^{-2} - \mathrm{e}
K^(-2)*S
\left(K + 1\right)^{2} - \dfrac{K}{2}
floor(N/2) + ceil(N/N/2)
ceil((N*S + K)/(S*N)) - floor(N^2/N)
floor(alpha*N/alpha) + 1/floor(N/S)
(1/K + 1/S)^(-2)*(C_in/P)^3
2*K ** 2 * C_in - K** 3
$2^(-1) K^(-1) C_{ in } / S$
2K C_in/S + K/2 - (S/3)/N
2K*3*C_in/4
K/S/2*N
\frac{2 K C_{ in }}{S N^2} \cdot K\times S
- \tfrac{K}{2}S
K\,\,S + 1
2floor(N/2) - 3.5ceil(N/S)
1/K^(-1)*K^-2
K - 1/S - S^-1
2 e - 3
"""
LEFT = r"""
K C_q
mod(N, S)
floor(alpha/S)
floor(N/P)
floor(N/(S + K))
\lfloor N/S \rceil
a/b c
K/S P
K 2
2 3
K^-1.5
0^(-1)
K^{-1
(K - K)^(-1)
C_{ }
K^- 1
K^(2)
K/2 S
K/2(S)
K/2 3
1/0^(-1)
\frac{K 2}{S}
\frac{}{K}
K*
K**S
2\cdot \cdot 2
K*\cdot 2
K \times \cdot 2
C_{\mathrm{out}} C_in_2
K_1_2
C_in_2 K
K··2
K*×2
K**2··3
2e-3
2e+ 3
2e+3K
\,2e-3
K + 1e-9-9
K^2^(-1)
2^(-1)3
K\cdot
/K
Kfloor(N/2)
xfloor(N/2)
floor (N/2)
K^S
K^2^2
K^23 + \alpha
K_hK_w\cdot 1
1,00 K
01,000 K
1\,000 K
K + S...
K..
۰/۹
K¹²
K²9
۰²9
٣٬٠٠٠ K
С
३ K
K_\,2
3e2
x_1
|K|
K = S
K!
K'
K^T
\frac12 K
\frac{K}3
\dfrac{K}{2}^2
K/\frac{K}{2}
{K}
\varepsilon
\alpha(K) = 1
K  S
1/(K - K)
(K
K)
K +
*K
K_
2max(K, S)
\mu_{B}
max(K)
HWC_in
"""


@pytest.mark.parametrize("text", TAKEN.strip().split("\n"))
def test_common_notation_is_taken_and_means_the_same(text: str) -> None:
    assert AT_ONCE.taken(text) is not None
    assert not AT_ONCE.disagreement(text)


@pytest.mark.parametrize("text", LEFT.strip("\n").split("\n"))
def test_everything_else_is_left_to_the_reader(text: str) -> None:
    assert AT_ONCE.taken(text.replace("  ", "\t")) is None


def test_no_text_is_tried_letter_by_letter() -> None:
    """Each of these took seven times as long for every word more, until words were taken whole."""
    start = time.process_time()
    for text in (rf"K{'_aaaaaaaa' * 9}^99 \alpha", rf"\frac{{K{'_aaaaaaaa' * 9}^99}}{{K}}"):
        assert AT_ONCE.taken(text) is None
    assert time.process_time() - start < 1


def test_large_texts_are_left_to_the_reader() -> None:
    for text in ("K*" * 2_000 + "K", "(" * 20 + "K" + ")" * 20, "K^65", "9" * 19, "(K+S+H+W)^64"):
        assert AT_ONCE.taken(text) is None


PLAIN = """K C_in C_out H W k d alpha e log and max mu eps x pi 2 3 10 0 1 2.5 3e2 + - * / ^ ( )
** ^2 ^(2) [ ] | , ' _ K_h HW C_ x_1 = % ! . K^2 (K+1) 1/K floor( ceil( floor(N/S) S
² ۳ ^-1 ^(-2) × · − ۱/۲ ⌊ ⌋ 1,000 ; ,""".split()
LATEX = r"""K C_{in} C_in C_{\text{in}} C_{\mathrm{out}} H W k d \alpha \epsilon \varepsilon e x in
al pha alpha
max( log( K_h K_{h} K_1 \mu \mu_B \pi \max 2 3 10 0 1 { } \lfloor \rfloor \left\lceil \right\rceil
\lfloor\frac{N}{2S}\rfloor \frac{ }{ \dfrac{1}{K} \frac12
\left( \right) ( ) + - \cdot \times * / ^2 ^{2} ^{10} ^23 ^-1
**2 ^-12 **12 ^k ^ _ _{in} $ \, & \\ ' |""".split()


@pytest.mark.parametrize("alphabet", [PLAIN, LATEX], ids=["plain", "latex"])
def test_whatever_is_taken_means_what_the_reader_says(alphabet: list[str]) -> None:
    rng = random.Random(20)
    count = 0
    for _ in range(6_000):
        few = rng.sample(alphabet, rng.randint(3, 7))
        blank = rng.choice(("", " ", "  "))
        text = blank.join(rng.choice(few) for _ in range(rng.randint(1, 9)))
        text = f"${text}$" if alphabet is LATEX and rng.random() < 0.3 else text
        if AT_ONCE.taken(text) is not None:
            assert not AT_ONCE.disagreement(text)
            count += 1
    assert count > 200


RIGHT = ["K^2 C_in C_out + C_out", r"C_{out}\left(K^2C_{in} + 1\right)", "$C_{out}(1+K^2C_{in})$"]
WRONG = ["K C_in C_out + C_out", r"C_{out}(K^2C_{in} - 1)", "K^2*C_in*C_out"]


@pytest.mark.parametrize(("texts", "kind"), [(RIGHT, "proved"), (WRONG, "refuted")])
def test_the_kind_at_once_is_that_of_the_whole_result(texts: list[str], kind: str) -> None:
    checker = pickle.loads(pickle.dumps(Checker("(K^2*C_in + 1)*C_out", given="cnn")))
    for text in texts:
        assert checker.quick_kind(text) == kind
        result = checker.check(text)
        assert (result.kind, result.verdict.kind) == (kind, kind)
        assert checker.check(read(text, checker.naming)).verdict == result.verdict


def test_nothing_is_told_of_what_has_no_value_or_cannot_be_read() -> None:
    checker = Checker("K/S", given="cnn")
    assert checker.quick_kind("K/(S - S)") is None
    assert checker.quick_kind("K/S/(K-K)") is None
    assert Checker("K", given="cnn", feedback="readable").quick_kind("K") is None
    assert Checker("abs(K)", given="cnn").quick_kind("K") is None
    with pytest.raises(ParseError):
        checker.check("K/S K")
