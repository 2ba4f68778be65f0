"""The fields of a PDF form: what was filled in, as words of the page and as blocks."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from corpus.blocks import Block
from corpus.formats.pdf_turn import Box, Turn
from corpus.layout.lines import Lines, Mark

_MOST_FIELDS = 2_000  # of one page
_TICKED = "[x]"
_KINDS = {
    pdfium.FPDF_FORMFIELD_TEXTFIELD: "text",
    pdfium.FPDF_FORMFIELD_COMBOBOX: "text",
    pdfium.FPDF_FORMFIELD_LISTBOX: "text",
    pdfium.FPDF_FORMFIELD_CHECKBOX: "tick",
    pdfium.FPDF_FORMFIELD_RADIOBUTTON: "tick",
    pdfium.FPDF_FORMFIELD_SIGNATURE: "signature",
    pdfium.FPDF_FORMFIELD_PUSHBUTTON: "button",
}
_PASSWORD = 1 << 13  # flag of a field whose words are not shown (ISO 32000-1, table 228)


@dataclass(frozen=True, slots=True)
class Field:
    """One field on a page. ``kind``: text | tick | signature | button; ``value``: what was filled in, ``[x]`` for a
    box that is ticked, empty where nothing was; ``box``: its place on the upright page."""

    kind: str
    name: str
    value: str
    box: Box

    @property
    def is_signature(self) -> bool:
        return self.kind == "signature"


def fields_of(page: pypdfium2.PdfPage, turn: Turn) -> list[Field]:
    """The fields of a page, the smallest first: a number's field may lie within a signature's."""
    found = []
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST_FIELDS)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        rect = pdfium.FS_RECTF()
        is_widget = pdfium.FPDFAnnot_GetSubtype(annotation) == pdfium.FPDF_ANNOT_WIDGET
        if is_widget and pdfium.FPDFAnnot_GetRect(annotation, rect):
            box = turn.upright(rect.left, rect.bottom, rect.right, rect.top)
            found.append(_field(page.formenv, annotation, box))
        pdfium.FPDFPage_CloseAnnot(annotation)
    return sorted(found, key=lambda field: (field.box[2] - field.box[0]) * (field.box[3] - field.box[1]))


def _field(form: pypdfium2.PdfFormEnv | None, annotation: object, box: Box) -> Field:
    if form is None:  # a widget outside of any form: a stamp
        return Field("signature", "", "", box)
    kind = _KINDS.get(pdfium.FPDFAnnot_GetFormFieldType(form, annotation), "signature")
    hidden = kind == "text" and pdfium.FPDFAnnot_GetFormFieldFlags(form, annotation) & _PASSWORD
    value = _said(pdfium.FPDFAnnot_GetFormFieldValue, form, annotation) if kind == "text" and not hidden else ""
    if kind == "tick" and pdfium.FPDFAnnot_IsChecked(form, annotation):
        value = _TICKED
    name = _said(pdfium.FPDFAnnot_GetFormFieldAlternateName, form, annotation)
    return Field(kind, name or _said(pdfium.FPDFAnnot_GetFormFieldName, form, annotation), value, box)


def _said(ask: object, form: pypdfium2.PdfFormEnv, annotation: object) -> str:
    """A string that pdfium gives as UTF-16 into a buffer of the caller."""
    length = ask(form, annotation, None, 0)  # type: ignore[operator]
    held = ctypes.create_string_buffer(length)
    ask(form, annotation, ctypes.cast(held, ctypes.POINTER(ctypes.c_ushort)), length)  # type: ignore[operator]
    return held.raw.decode("utf-16-le", "replace").rstrip("\0").replace("\r\n", "\n").replace("\r", "\n").strip()


def place_fields(lines: Lines, fields: Sequence[Field]) -> None:
    """Mark what was filled in where it stands in the lines of the page; what is not shown there follows at its end
    with the name of its field."""
    text = "\n".join(lines.texts)
    starts = [0]
    for line in lines.texts:
        starts.append(starts[-1] + len(line) + 1)
    taken = 0
    for field in sorted(fields, key=lambda field: (field.box[1], field.box[0])):
        if field.kind not in ("text", "tick") or not field.value:
            continue
        block = Block("form_field", 0, 0, name=" ".join(field.name.split()))
        pattern = r"\s+".join(re.escape(word) for word in field.value.split())
        shown = re.compile(rf"(?<!\w){pattern}(?!\w)")
        found = shown.search(text, taken) or shown.search(text)
        if found is None:
            lines.add(f"{block.name}: {field.value}" if block.name else field.value, block)
            continue
        taken = found.end()
        lines.marks.append(Mark(block, _place(starts, found.start()), _place(starts, found.end())))


def _place(starts: Sequence[int], offset: int) -> tuple[int, int]:
    line = next(number for number in range(len(starts) - 1, -1, -1) if starts[number] <= offset)
    return line, offset - starts[line]
