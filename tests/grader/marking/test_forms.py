"""The form that is asked for: each rule beside its near misses."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symcnn.grader.marking.forms import has_form
from symcnn.reading import read
from tests.grader.marking.asking import CNN, asked, mark, told, worth

YES = {
    "expanded": ["K^2 + 2*K + 1", "2*K*C", "-K + 3", "K^2/2 + 1/C", "K/(C + 1) + 2", "7",
                 "floor((K + 1)/2)*K", "sqrt(K + 1) + K", r"\frac{K}{2}C + 1"],
    "factored": ["(K + 1)^2", "(K + 1)*(K + 1)", "2*K*(K + 2)", "K", "K^2 + 1", "K + 1",
                 "-(K + 1)*C", "H*(1/C + 1/K)", "(K - 1)/(K + 2)", "floor(K/2)*(K + 1)"],
    "single fraction": ["(K + 1)/(K*C)", "K", "K^2 + 1", "-K/2", "-(K + 1)/2", "18/25",
                        r"\frac{K + C}{K C}", "K*C/2"],
    "lowest terms": ["18/25", "-3/4", "5", "K/(2*C)", "(K + 1)/(K - 1)", "K", "0"],
    "number": ["784", "-3", "0.72", "18/25", "-18/25", "1.2*10^8", "1.2e8", "72%"],
}  # fmt: skip
NO = {
    "expanded": ["(K + 1)^2", "K*(K + 2)", "-(K + 1)", "(2*K)^2", "(K + 1)/2", "K*(C*(H + 1))",
                 "1/((K + 1)*(K + 2)) + (K + 1)*2", "K + (C + 1)*2"],
    "factored": ["K^2 + 2*K + 1", "(2*K + 2)*C", "K*C + K", "(K^2 - 1)*C", "K^2 - 1",
                 "(K + 1)*C + K + 1", "0.5*K + 1"],
    "single fraction": ["1/K + 1/C", "K/2 + 1", "(1/K)/C", "K/2/C", "(K/2)*C", "1/2*K", "K^-1",
                        "0.72", "(K + 1/2)/C", "K*C^-1*2", "1 + K^(-2)"],
    "lowest terms": ["36/50", "0.72", "6/1", "2*3/25", "2*K/(4*C)", "K*C/(K*H)", "1/2 + 1/3",
                     "(K^2 - 1)/(K - 1)", "-36/50"],
    "number": ["28*28", "700 + 84", "2^8", "K", "sqrt(4)", "1.5/2", "2*18/25", "2.5*100^2"],
}  # fmt: skip


@pytest.mark.parametrize(("form", "text"), [(form, each) for form in YES for each in YES[form]])
def test_it_is_written_so(form: str, text: str) -> None:
    assert has_form(read(text).formula, form)


@pytest.mark.parametrize(("form", "text"), [(form, each) for form in NO for each in NO[form]])
def test_it_is_not_written_so(form: str, text: str) -> None:
    assert not has_form(read(text).formula, form)


def test_right_in_another_form_is_an_outcome_of_its_own() -> None:
    question = asked(
        "formula", "(K + 1)*(C_in + 1)", given=CNN, form="expanded", form_credit=Fraction(1, 2)
    )
    assert worth(question, "K*C_in + C_in + K + 1") == ("right", 2)
    found = mark(question, "(C_in + 1)(K + 1)")
    assert (found.outcome, found.points) == ("form", 1)
    assert "without brackets" in told(found, "form")[0]
    assert worth(question, "K*C_in + 1") == ("wrong", 0)  # the form alone earns nothing
    assert worth(asked("number", "784", form="number"), "28*28") == ("form", 0)
    assert worth(asked("number", "784", form="number"), "784") == ("right", 2)
