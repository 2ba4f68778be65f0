"""PDF forms: what was filled in is read where it stands, and what cannot be shown is told; damaged layers are noticed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from test_corpus_formats import turned_pdf

from corpus.limits import Limits
from corpus.read import read_path
from corpus.source_text import SourceText
from kb.model import Hints
from kb.reading import read

FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
LINES = (
    "KE HOACH kiem tra cong tac van thu luu tru nam 2022",
    "Can cu Quyet dinh so",
    "Nguoi lap bao cao",
    "Da gui bao cao",
)


def pdf(objects: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table))


def stream(words: bytes, head: bytes = b"") -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (head, len(words), words)


def drawn(words: str, x: int, y: int) -> bytes:
    return f"BT /Helv 12 Tf {x} {y} Td ({words}) Tj ET\n".encode("latin-1")


def form(*fields: tuple[bytes, bytes, str], box: str = "200 737 330 755", extra: bytes = b"") -> bytes:
    """A page of four lines with fields: (kind and flags, value, what is drawn, none where empty), one below the other."""
    content = b"".join(drawn(line, 60, 780 - 40 * n) for n, line in enumerate(LINES))
    objects = [b"", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", b"", FONT, stream(content)]
    names = []
    for n, (kind, value, shown) in enumerate(fields):
        x0, y0, x1, y1 = (int(side) for side in box.split())
        place = f"{x0} {y0 - 40 * n} {x1} {y1 - 40 * n}".encode()
        look = b""
        if shown:
            objects.append(
                stream(b"/Tx BMC q " + drawn(shown, 2, 4) + b" Q EMC",
                       b"/Type /XObject /Subtype /Form /BBox [0 0 130 18] /Resources << /Font << /Helv 4 0 R >> >>")
            )  # fmt: skip
            look = b"/AP << /N %d 0 R >>" % len(objects)
        objects.append(
            b"<< /Type /Annot /Subtype /Widget /F 4 /P 3 0 R /T (field%d) /TU (O thu %d) /DA (/Helv 12 Tf 0 g) /Rect [%s] %s /V %s %s >>"
            % (n, n, place, kind, value, look)
        )
        names.append(b"%d 0 R" % len(objects))
    held = b" ".join(names)
    objects[0] = (
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [%s] /DR << /Font << /Helv 4 0 R >> >> /DA (/Helv 12 Tf 0 g) %s >> >>"
        % (held, extra)
    )
    objects[2] = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /Helv 4 0 R >> >> /Annots [%s] >>"
        % held
    )
    return pdf(objects)


TEXT, TICK = b"/FT /Tx", b"/FT /Btn /AS /Yes"


def taken(path: Path, data: bytes) -> SourceText:
    path.write_bytes(data)
    (source,) = read_path(path, limits=replace(Limits(), ocr=False))
    return source


def fields(source: SourceText) -> list[tuple[str, str]]:
    return [(one.name, source.text[one.start : one.end]) for one in source.blocks if one.kind == "form_field"]


def test_what_was_filled_in_stands_in_its_line_and_is_cited(tmp_path: Path) -> None:
    source = taken(tmp_path / "mau.pdf", form((TEXT, b"(2395/QD-UBND)", "2395/QD-UBND")))
    assert "Can cu Quyet dinh so 2395/QD-UBND" in source.text and "Dấu ký số" not in source.text
    cited = read(source.text, Hints(blocks=source.blocks)).citations
    assert [(one.number, one.relation) for one in cited] == [("2395/QĐ-UBND", "based_on")]


def test_the_fields_are_blocks_with_their_names(tmp_path: Path) -> None:
    source = taken(
        tmp_path / "mau.pdf",
        form((TEXT, b"(2395/QD-UBND)", "2395/QD-UBND"), (TEXT, b"(Nguyen Van A)", "Nguyen Van A")),
    )
    assert fields(source) == [("O thu 0", "2395/QD-UBND"), ("O thu 1", "Nguyen Van A")]


def test_a_value_that_is_not_drawn_is_not_lost(tmp_path: Path) -> None:
    """A field on a page that shows nothing there, as programs leave it that only fill in the data."""
    source = taken(tmp_path / "mau.pdf", form((TEXT, b"(So 12/BC-SNV)", ""), box="0 0 0 0"))
    assert fields(source) == [("O thu 0", "O thu 0: So 12/BC-SNV")]


@pytest.mark.parametrize(("state", "expected"), [(b"/Yes", [("O thu 0", "[x]")]), (b"/Off", [])])
def test_a_box_that_is_ticked_says_so(state: bytes, expected: list[tuple[str, str]], tmp_path: Path) -> None:
    tick = b"/FT /Btn /AS %s /AP << /N << /Yes 5 0 R >> >>" % state
    source = taken(tmp_path / "mau.pdf", form((tick, state, ""), box="40 655 55 670"))
    assert fields(source) == expected
    assert ("[x] Da gui bao cao" in source.text) is bool(expected)


def test_a_form_that_another_program_draws_is_told(tmp_path: Path) -> None:
    data = form((TEXT, b"(1)", "1"), extra=b"/XFA (<xdp/>)").replace(
        b"/AcroForm <<", b"/NeedsRendering true /AcroForm <<"
    )
    source = taken(tmp_path / "mau.pdf", data)
    assert [one.code for one in source.notices if one.code == "xfa_form"] == ["xfa_form"]


def test_a_layer_of_salad_is_told_where_its_picture_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    salad = "T n n c i c ch h nh ch nh n m 2022 c a t nh theo q t nh s 12 q n l v n b n " * 4
    monkeypatch.setattr("test_corpus_forms.LINES", tuple(salad[n : n + 80] for n in range(0, 300, 80)))
    source = taken(tmp_path / "hong.pdf", form())
    assert [one.code for one in source.notices] == ["layer_damaged"]
    assert "1" in source.notices[0].vi and "tesseract" in source.notices[0].vi


@pytest.mark.parametrize("drawn_so", [False, True])
@pytest.mark.parametrize("turns", [(90, 0, 180, 270), (0, 270, 90, 180), (180, 180, 0, 90)])
def test_pages_turned_in_every_way_cite_as_the_upright_original(
    turns: tuple[int, ...], drawn_so: bool, samples: Path, tmp_path: Path
) -> None:
    for upright in sorted(samples.glob("*.pdf")):
        path = tmp_path / upright.name
        path.write_bytes(turned_pdf(upright.read_bytes(), turns * 8, drawn_so))
        (turned,), (straight,) = read_path(path), read_path(upright)
        cited = [
            [
                (one.number, one.date, one.relation, one.page)
                for one in read(source.text, Hints(page_starts=source.page_starts)).citations
            ]
            for source in (turned, straight)
        ]
        assert cited[0] == cited[1] and cited[1]
        assert turned.notices == straight.notices
