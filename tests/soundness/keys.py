"""A hundred keys: formulas about CNNs, with what is given and a name that they depend on."""

from __future__ import annotations

from typing import NamedTuple

_INTEGERS = "n, m, K, S, D, G, C, C_in, C_out, H, W, L, T, B: positive integer"
_REALS = "a, eps, sigma: positive real; x, y, mu, beta, gamma: real"
_GIVEN = f"{_INTEGERS}; P: nonnegative integer; {_REALS}"
_FAMILY = f"{_GIVEN}; u, v, w: indexed real; i, o: integer"


class Key(NamedTuple):
    """``name`` is a number that the key depends on: at 1 it has another value than elsewhere."""

    text: str
    name: str
    given: str


# name: keys in it
_SIZES = {
    "n": """floor((n + 2*P - K)/S) + 1 | floor((n + 2*P - D*(K - 1) - 1)/S) + 1 | n + 2*P - K + 1
        S*(n - 1) + K - 2*P | S*(n - 1) + D*(K - 1) + 1 - 2*P | ceil(n/S) | n - K + 1
        floor((n - K)/S) + 1 | ceil((n + 2*P - K)/S) + 1 | floor((n - 1)/S) + 1 | n*S | n^2*C
        (n - 1)*S + K | mod(n + 2*P - K, S) + n | n + 2*floor(K/2) | max(n - K, 0) + n
        floor(n/2) + floor((n + 1)/2) + n | n*(n + 1)/2 | floor((n + P)/(2*S)) + n
        min(n, K) + n""",
    "K": """K^2*C_in*C_out | (K^2*C_in + 1)*C_out | K^2*C_in*C_out/G | H*W*K^2*C_in*C_out
        K^2*C + C*C_out | (K^2*C_in + C_out)/C_out | H*W*C_in*(K^2 + C_out) | D*(K - 1) + 1
        (K - 1)/2 | 1 + L*(K - 1) | K^L | 2*K*C_in*C_out | 1/K^2 + 1/C_out | C_in*K*K*C_out + C_out
        K*K - (K - 1)*(K - 1) + K | (K - P)^2 + K | (H - K + 1)*(W - K + 1)*K
        1 + Sum((K - 1)*S^q, (q, 0, L - 1)) | K^2*n^2*C_in*C_out | sqrt(2/(K^2*C_in))""",
    "x": """gamma*(x - mu)/sqrt(sigma^2 + eps) + beta | (x - mu)/sigma | max(x, 0) | abs(x) + x
        Cases((x, x > 0), a*x) + x | relu(x) - relu(-x) | 1/(1 + exp(-x)) | tanh(x)
        exp(x)/(1 + exp(x))
        x*sigmoid(x) | log(1 + exp(x)) | exp(-x^2/2) | sigmoid(x)*(1 - sigmoid(x)) + x
        (exp(x) - exp(-x))/(exp(x) + exp(-x)) | 1 - tanh(x)^2 + x | max(x, a*x) + x
        min(max(x, 0), 6) + x
        (x - y)^2 | x^2 + y^2 | sign(x)*sqrt(abs(x)) + x | x*Bracket(x > 0)
        exp(x)/(exp(x) + exp(y))
        (1 + erf(x/sqrt(2)))*x/2 | gamma*x + beta*x^2 | log(exp(x) + exp(y))""",
    "m": """Sum(q, (q, 1, m)) | Sum(q^2, (q, 1, m)) + m | Prod(q + 1, (q, 1, m))
        m*Sum(a^q, (q, 0, m))
        (m - 1)/m | sigma^2*m/(m + 1) | Sum(C*q, (q, 0, m)) | log(m) + m | m*log(2) | sqrt(m + 1)
        1 - (1 - 1/(m + 1))^2 | 2*m*C_in*C_out - C_out | H*W*(2*m - 1) | factorial(m) + m""",
}  # fmt: skip
_FAMILIES = """Sum(w[j]*u[S*i + j], (j, 0, K - 1)) + K | Sum(w[j]*u[i + j - P], (j, 0, K - 1)) + K
    Sum(u[q]*w[i - q], q) + K | Sum(v[q]*u[S*q + i], (q, 0, n - 1)) + K
    Sum(v[q]*w[i + P - S*q]*Bracket(0 <= i + P - S*q)*Bracket(i + P - S*q < K), q) + K
    Sum(u[q], (q, 0, K - 1))/K + K | Sum((u[q] - v[q])^2, (q, 1, K)) + K | max(u[0], u[1]) + K
    K*Sum(u[q]*v[q], (q, 0, n)) | Sum(Sum(u[i + p]*v[p + q], (p, 0, K)), (q, 0, 2)) + K
    Sum(w[j]*Bracket(j = i), (j, 0, K - 1)) + K | K*(u[i] - Sum(u[q], (q, 0, n - 1))/n)
    exp(u[i]) + K | relu(u[i] - K) + K | u[i]*w[o] + K | Sum(w[j]*u[i + D*j], (j, 0, K - 1)) + K
    K*Sum(w[j]^2, (j, 0, n)) | Sum(u[q]*Bracket(S divides q - i), (q, 0, n)) + K
    Sum(abs(w[j]), (j, 0, n - 1)) + K | Sum(u[i + j], (j, -P, P)) + K | w[o]*u[i]*K + 1"""


def _listed(text: str) -> list[str]:
    return [part.strip() for line in text.splitlines() for part in line.split("|")]


KEYS: tuple[Key, ...] = (
    *(Key(text, name, _GIVEN) for name, texts in _SIZES.items() for text in _listed(texts)),
    *(Key(text, "K", _FAMILY) for text in _listed(_FAMILIES)),
)
