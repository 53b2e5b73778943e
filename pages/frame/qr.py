"""The picture that a phone's camera reads as a link."""

from __future__ import annotations

import segno

QUIET = 4  # modules of white around it, which ISO/IEC 18004 asks for


def code_of(link: str) -> segno.QRCode:
    """The smallest code that can be read with 15% of it dirty (level M), or more where that costs nothing."""
    return segno.make_qr(link, error="m")


def picture(link: str) -> str:
    """The code as SVG, black on white with its quiet margin; as large as where it stands."""
    return str(code_of(link).svg_inline(border=QUIET, omitsize=True, light="white"))
