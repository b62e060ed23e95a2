"""Charts of Altair as SVG that a page can hold: vl-convert draws, the style sheet colours, nothing runs.

Colours are custom properties of `static/report.css`, so that one drawing serves light, dark and print.
"""

import json
import re
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import altair as alt
import vl_convert
from markupsafe import Markup

Rows = list[dict[str, Any]]
"""What a chart draws: a row a mark."""
Form = dict[str, Any]
"""A chart without its data, as Vega reads it."""

COLOURS = {
    name: f"var(--{name})"
    for name in ("accent", "staff", "support", "oppose", "mixed", "soft", "line", "sheet")
}

_CONFIG = {
    "axis": {
        "aria": False,
        "domain": False,
        "gridColor": COLOURS["line"],
        "labelColor": COLOURS["soft"],
        "labelFontSize": 11,
        "tickColor": COLOURS["line"],
        "title": None,
    },
    "background": None,
    "font": "Roboto",  # vl-convert brings it along, so that labels are measured alike on every machine
    "padding": 4,
    "view": {"stroke": None},
}
_NUMBERS = {"decimal": ".", "thousands": "\u202f", "grouping": [3], "currency": ["", ""]}

_SVG, _HREF = "http://www.w3.org/2000/svg", "{http://www.w3.org/1999/xlink}href"
_NOWHERE = "https://vega.github.io/vega-datasets/"
"""What vl-convert puts before a link that leads to a place on the same page."""
_LEFT_OUT = ("class", "role", "font-family", "pointer-events", "stroke-miterlimit", "version")
_DIGITS = re.compile(r"(\.\d)\d+")
"""Digits beyond a tenth of a point, which nobody sees and which are half of a drawing's bytes."""
ElementTree.register_namespace("", _SVG)


def form(chart: alt.TopLevelMixin) -> Form:
    """A chart on named data, compiled once to be drawn with the rows of page after page."""
    spec = chart.to_dict(validate=False) | {"config": _CONFIG}  # ours: nobody else's to be validated
    compiled: Form = vl_convert.vegalite_to_vega(spec)
    return compiled


def cell_form(chart: alt.Chart | alt.LayerChart | alt.FacetChart, size: tuple[int, int]) -> Form:
    """A chart without data, to be drawn for each `row` of a table; `size` is width and height."""
    return form(
        chart.properties(width=size[0], height=size[1]).facet(
            data=alt.NamedData("rows"), row=alt.Row("row", type="ordinal", header=None)
        )
    )


def svg(form: Form, **rows: Rows) -> Markup:
    """A chart as one drawing; `rows` are its data by name. The description of a mark becomes its title, for
    whoever points at it. Hidden from screen readers, which get the sentence and the table.
    """
    root = _drawn(form, rows)
    return _markup(root, root.attrib["width"], root.attrib["height"])


def cells(form: Form, rows: Rows, number: int, size: tuple[int, int]) -> list[Markup]:
    """The drawings for `number` rows of a table: each of the data whose `row` it is, nothing where there are
    none. All in one go: most of what a drawing costs is its beginning.
    """
    if not rows:
        return [Markup()] * number
    groups = _drawn(form, {"rows": rows}).iter()
    facets = [facet for group in groups if _is(group, "cell") for facet in group]
    found = dict(zip(sorted({row["row"] for row in rows}), facets, strict=True))
    width, height = map(str, size)
    return [_markup(_marks(found[at]), width, height) if at in found else Markup() for at in range(number)]


def _drawn(form: Form, rows: dict[str, Rows]) -> Element:
    data = [
        {**entry, "values": rows[entry["name"]]} if entry["name"] in rows else entry for entry in form["data"]
    ]
    drawn = vl_convert.vega_to_svg(json.dumps(form | {"data": data}), format_locale=_NUMBERS)
    return ElementTree.fromstring(drawn)  # noqa: S314 - written by vl-convert a line above


def _is(element: Element, kind: str) -> bool:
    return kind in element.get("class", "").split()


def _marks(facet: Element) -> Element:
    """The marks of a facet, without the place that it had among the others."""
    group = Element(f"{{{_SVG}}}g")
    group.extend(part for part in facet.iter() if _is(part, "role-mark"))
    return group


def _markup(drawn: Element, width: str, height: str) -> Markup:
    frame = Element(f"{{{_SVG}}}svg", viewBox=f"0 0 {width} {height}", width=width, height=height)
    frame.extend(drawn if drawn.tag == frame.tag else [drawn])
    _tidy(frame)
    if frame.find(f".//{{{_SVG}}}a") is None:
        frame.attrib |= {"aria-hidden": "true", "focusable": "false"}
    text = ElementTree.tostring(frame, encoding="unicode").replace(f' xmlns="{_SVG}"', "", 1)
    return Markup(text)  # noqa: S704 - escaped by ElementTree


def _tidy(parent: Element) -> None:
    """Takes out what only Vega needs, and turns descriptions into titles and links into those of a page."""
    for child in list(parent):
        if child.get("display") == "none" or _is(child, "background"):
            parent.remove(child)
            continue
        said = child.get("aria-label") if child.get("role") == "graphics-symbol" else None
        for name in [name for name in child.attrib if name in _LEFT_OUT or name.startswith("aria-")]:
            del child.attrib[name]
        for name, value in child.attrib.items():
            child.set(name, _DIGITS.sub(r"\1", value))
        if _HREF in child.attrib:
            child.set("href", child.attrib.pop(_HREF).removeprefix(_NOWHERE))
            child.set("aria-label", child[0].get("aria-label", ""))
        if said:
            ElementTree.SubElement(child, f"{{{_SVG}}}title").text = said
        _tidy(child)
