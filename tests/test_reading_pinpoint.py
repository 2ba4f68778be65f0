"""Pinpoints before and after a citation, and their normal form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.reading import read
from kb.reading.relations.pinpoints import UNITS, format_pinpoint, parse, pinpoint_after, pinpoint_before
from kb.reading.text.text_forms import TextForms


@pytest.mark.parametrize(
    ("before", "value"),
    [
        ("điểm a khoản 2 Điều 5 ", "điểm a khoản 2 Điều 5"),
        ("Điều 5, 6 và khoản 3 Điều 7 của ", "Điều 5, 6; khoản 3 Điều 7"),
        ("khoản 1, khoản 2 Điều 5 ", "khoản 1, 2 Điều 5"),
        ("các điểm a, b và c khoản 2 Điều 5 ", "điểm a, b, c khoản 2 Điều 5"),
        ("điểm a khoản 1 và khoản 2 Điều 5 ", "điểm a khoản 1 Điều 5; khoản 2 Điều 5"),
        ("từ khoản 2 đến khoản 4 Điều 8 ", "khoản 2-4 Điều 8"),
        ("Điều 5 khoản 2 ", "khoản 2 Điều 5"),
        ("quy định tại điểm đ khoản\n1 Điều 12a của\n", "điểm đ khoản 1 Điều 12a"),
        ("Phụ lục I ban hành kèm theo ", "Phụ lục I"),
        ("Phụ lục ban hành kèm theo ", "Phụ lục"),
        ("Điều 5 Quy định ban hành kèm theo ", "Điều 5"),
        ("Mục 2 Chương IV ", "Mục 2 Chương IV"),
        ("chỉ tiêu tại Điều 3, Điều 4 ", "Điều 3, 4"),
    ],
)
def test_before_a_citation(before: str, value: str) -> None:
    text = before + "Nghị định số 24/2014/NĐ-CP"
    hit = pinpoint_before(TextForms(text), len(before))
    assert hit is not None and hit.value == value
    assert before.endswith(text[hit.start :].removesuffix("Nghị định số 24/2014/NĐ-CP"))
    assert text[hit.start : hit.end].split()[0].lower() in {unit.split()[0].lower() for unit in UNITS}


@pytest.mark.parametrize(
    "before",
    ["Căn cứ ", "sửa đổi một số điều của ", "Điều 5.\n\n", "5 điểm cầu tại ", "năm 2024 và ", "mục tiêu của "],
)
def test_no_pinpoint(before: str) -> None:
    assert pinpoint_before(TextForms(before + "Nghị định số 24"), len(before)) is None


def test_a_list_longer_than_the_usual_window_is_read_whole() -> None:
    articles = [f"khoản {n % 9 + 1} Điều {n}" for n in range(100, 130)]
    before = "theo quy định tại " + ", ".join(articles) + " "
    hit = pinpoint_before(TextForms(before + "Nghị định"), len(before))
    assert hit is not None and hit.value == "; ".join(articles)


@pytest.mark.parametrize(
    ("after", "value"),
    [
        (" (Điều 5)", "Điều 5"),
        (", khoản 2 Điều 5;", "khoản 2 Điều 5"),
        (" tại Điều 5 và Điều 6.", "Điều 5, 6"),
        (" (các Điều 22, 37 và 49); Luật", "Điều 22, 37, 49"),
        (" tại Điều 5 của dự thảo", None),
        (", Điều 8, Điều 11 Nghị \nđịnh số 5", None),
        (",\nChương 1.\nNHỮNG QUY ĐỊNH", None),
        (", khoản Đ.II, Đ.III Mục 1", None),
        (", Điều 5, khoản 2", "khoản 2 Điều 5"),
        (", điểm a khoản 1 Điều 2 Nghị định số 5", None),
        (" và khoản 1 Điều 2 Thông tư", None),
        (" ngày 5/5/2020", None),
    ],
)
def test_after_a_citation(after: str, value: str | None) -> None:
    hit = pinpoint_after(TextForms("24/2014/NĐ-CP" + after), 13)
    assert (hit.value if hit else None) == value


_LABEL = st.one_of(
    st.integers(1, 300).map(str),
    st.sampled_from(["a", "đ", "5a", "I", "IV", "2-4"]),
    st.integers(1, 9).map(lambda n: f"{n}b"),
)


@st.composite
def _paths(draw: st.DrawFn) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], ...]:
    paths = []
    for _ in range(draw(st.integers(1, 3))):
        units = sorted(draw(st.sets(st.sampled_from(UNITS), min_size=1, max_size=3)), key=UNITS.index)
        paths.append(tuple((unit, tuple(draw(st.lists(_LABEL, min_size=1, max_size=3)))) for unit in units))
    return tuple(paths)


@given(_paths())
def test_the_normal_form_parses_back(paths: tuple[tuple[tuple[str, tuple[str, ...]], ...], ...]) -> None:
    assert parse(format_pinpoint(paths)) == paths


@pytest.mark.parametrize("value", ["", "điều năm", "Điều 5,6", "Điều", "Điều 5;Điều 6"])
def test_what_is_no_normal_form_is_refused(value: str) -> None:
    with pytest.raises(ValueError):
        parse(value)


@given(st.text(alphabet="điểm khoản Điều 12a,;và-\n", max_size=200))
def test_whatever_stands_there_the_value_parses(text: str) -> None:
    for hit in (pinpoint_before(TextForms(text), len(text)), pinpoint_after(TextForms(text), 0)):
        if hit is not None:
            assert format_pinpoint(parse(hit.value)) == hit.value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("theo Nghị định số 24/2014/NĐ-CP ngày 4/4/2014 của Chính phủ (Điều 5).", "Điều 5"),
        ("theo khoản 1 Điều 3 Nghị định số 24/2014/NĐ-CP (Điều 5).", "khoản 1 Điều 3"),
        ("theo Nghị định số 24/2014/NĐ-CP.\n(Điều 5)", None),
    ],
)
def test_the_reader_takes_the_pinpoint_before_else_the_one_behind(text: str, value: str | None) -> None:
    (cited,) = read(text).citations
    assert cited.pinpoint == value
