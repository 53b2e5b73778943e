"""Minutes as a Word document: real headings, tables with a real header row, pages with numbers."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import UTC

from docx import Document
from docx.document import Document as Opened
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Length, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from consultation.language import Language
from consultation.minutes_parts import Cell, Figures, Line, Minutes, Noted, Part

_FONT = "Arial"  # on every machine, or one of the same widths in its place
_INK = RGBColor(0x22, 0x26, 0x2E)
_QUIET = RGBColor(0x5A, 0x61, 0x6C)  # 6:1 on white
_RULE, _SHADE = "B9C0CA", "EEF1F5"
_STYLES = {  # size in points, bold, space before and after
    "Normal": (10.5, False, 0, 5),
    "Title": (20, True, 0, 8),
    "Heading 1": (14.5, True, 18, 5),
    "Heading 2": (11.5, True, 11, 4),
    "Caption": (9.5, True, 6, 3),
    "List Bullet": (10.5, False, 0, 4),
    "Footer": (8.5, False, 0, 0),
}
_IN_TABLES = Pt(9)
_REGIONS = {"it": "it-IT", "en": "en-GB"}
_NOT_KNOWN = "–"
_WIDTH, _MARGIN = 17.0, 2.0  # centimetres; A4 is 21 wide
_WIDEST, _NARROWEST, _SHORT = 44, 6, 7  # characters, by which the columns of a table are laid out
_STAMP = (1980, 1, 1, 0, 0, 0)  # of the zip's members: the date of the minutes is in their properties


def docx_bytes(minutes: Minutes) -> bytes:
    """The minutes as .docx on A4; the same minutes are the same bytes. People's words are plain text."""
    document = Document()
    _set_up(document, minutes)
    document.add_heading(minutes.title, level=0)
    for name, value in minutes.facts:
        line = document.add_paragraph()
        line.paragraph_format.space_after = Pt(1)
        line.add_run(f"{name}: ").bold = True
        line.add_run(value)
    for chapter in minutes.chapters:
        document.add_heading(chapter.title, level=1)
        for part in chapter.parts:
            _write(document, part, minutes.language)
    return _stamped(document)


def _set_up(document: Opened, minutes: Minutes) -> None:
    """What no reader sees at once: properties, language, page, styles, the number of each page."""
    region = _REGIONS[minutes.language.code]
    properties = document.core_properties
    properties.title, properties.language = minutes.title, region
    properties.author = properties.comments = ""
    properties.created = properties.modified = minutes.at.astimezone(UTC).replace(tzinfo=None)
    relations = document.part.package.rels
    for id_ in [id_ for id_, one in relations.items() if one.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del relations[id_]  # a picture of the empty document that the library begins with
    for root in (document.styles.element, document.settings.element):
        for language in root.iter(qn("w:lang"), qn("w:themeFontLang")):
            language.set(qn("w:val"), region)
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(_MARGIN)
    page.top_margin = page.bottom_margin = Cm(_MARGIN)
    for name, (size, bold, before, after) in _STYLES.items():
        style = document.styles[name]
        assert isinstance(style, ParagraphStyle)
        _letters(style, size, bold)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.line_spacing = 1.15
    _footer(page.footer.paragraphs[0], minutes)


def _letters(style: ParagraphStyle, size: float, bold: bool) -> None:
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
    style.font.color.rgb = _INK
    style.font.name = _FONT
    fonts = style.element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
    assert fonts is not None
    for name in [name for name in fonts.attrib if "Theme" in str(name)]:
        del fonts.attrib[name]  # it would win over the font's name
    for border in list(style.element.iter(qn("w:pBdr"))):
        border.getparent().remove(border)


def _footer(line: Paragraph, minutes: Minutes) -> None:
    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    line.add_run(f"{minutes.title} · ")
    fields = {"page": "PAGE", "pages": "NUMPAGES"}
    for piece in re.split(r"(\{\w+\})", minutes.language.say("Page {page} of {pages}")):
        if not piece.startswith("{"):
            line.add_run(piece)
            continue
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), fields[piece.strip("{}")])
        run = line.add_run("1")
        run._r.getparent().replace(run._r, field)
        field.append(run._r)


def _write(document: Opened, part: Part, language: Language) -> None:
    if part.title:
        document.add_heading(part.title, level=2)
    for before, block in zip((None, *part.blocks), part.blocks, strict=False):
        match block:
            case Line(text):
                line = document.add_paragraph(text)
                if isinstance(before, Figures):
                    line.paragraph_format.space_before = Pt(8)
            case Noted(text, time):
                note = document.add_paragraph(f"{text} ", style="List Bullet")
                note.add_run(f"({time})").font.color.rgb = _QUIET
            case Figures():
                _write_table(document, block, part.title, language)


def _write_table(document: Opened, figures: Figures, above: str, language: Language) -> None:
    """A table that Word and screen readers know as one: its first row repeats on each page."""
    if figures.caption != above:
        document.add_paragraph(figures.caption, style="Caption").paragraph_format.keep_with_next = True
    table = document.add_table(rows=1 + len(figures.rows), cols=len(figures.headings))
    table.autofit = False
    _describe(table, figures.caption)
    shown = [[_shown(cell, language) for cell in row] for row in figures.rows]
    rows = [list(figures.headings), *shown]
    numbers = [False, *(all(len(row[i]) <= _SHORT for row in shown) for i in range(1, len(figures.headings)))]
    widths = _widths(rows)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row, texts in zip(table.rows, rows, strict=True):
        heads = texts is rows[0]
        setting = row._tr.get_or_add_trPr()
        setting.append(OxmlElement("w:cantSplit"))
        if heads:
            setting.append(OxmlElement("w:tblHeader"))
        for cell, text, width, is_number in zip(row.cells, texts, widths, numbers, strict=True):
            _fill(cell, text, width, is_number, heads)


def _fill(cell: _Cell, text: str, width: Length, is_number: bool, heads: bool) -> None:
    cell.width = width
    line = cell.paragraphs[0]
    line.paragraph_format.space_after = Pt(0)
    run = line.add_run(text)
    run.font.size, run.bold = _IN_TABLES, heads
    if is_number:
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if heads:
        line.paragraph_format.keep_with_next = True
        shade = _element("w:shd", val="clear", color="auto", fill=_SHADE)
        cell._tc.get_or_add_tcPr().append(shade)


def _describe(table: Table, caption: str) -> None:
    """Thin rules between rows, room in cells, a header row, and a title that screen readers tell."""
    properties = table._tbl.tblPr
    for old in properties.findall(qn("w:tblLook")):
        properties.remove(old)
    rule = {"val": "single", "sz": "4", "space": "0", "color": _RULE}
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        borders.append(_element(f"w:{side}", **rule))
    margins = OxmlElement("w:tblCellMar")
    for side, width in (("top", "40"), ("left", "80"), ("bottom", "40"), ("right", "80")):
        margins.append(_element(f"w:{side}", w=width, type="dxa"))
    layout = properties.find(qn("w:tblLayout"))
    for element in (borders, *([layout] if layout is not None else []), margins):
        properties.append(element)  # in the order that the format asks for
    properties.append(_element("w:tblLook", val="0020", firstRow="1", firstColumn="0", noVBand="1"))
    properties.append(_element("w:tblCaption", val=caption))


def _element(tag: str, **attributes: str) -> BaseOxmlElement:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _shown(cell: Cell, language: Language) -> str:
    if cell is None:
        return _NOT_KNOWN
    return language.number(cell) if isinstance(cell, int) else cell


def _widths(rows: Sequence[Sequence[str]]) -> list[Length]:
    """The width of each column, by its longest cell, or the longest word of its heading."""
    head, *body = rows
    wants = [
        min(max([_NARROWEST, *map(len, heading.split()), *(len(row[at]) for row in body)]), _WIDEST)
        for at, heading in enumerate(head)
    ]
    return [Cm(_WIDTH * want / sum(wants)) for want in wants]


def _stamped(document: Opened) -> bytes:
    """The document with the same time on every member of its zip, so that the clock is in no byte."""
    saved, stamped = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(stamped, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, _STAMP)
            member.compress_type, member.create_system = zipfile.ZIP_DEFLATED, 0
            new.writestr(member, old.read(name))
    return stamped.getvalue()
