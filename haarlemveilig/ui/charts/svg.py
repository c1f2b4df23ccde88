"""Pieces of SVG.

Colours are written into the SVG because WeasyPrint does not apply the page's style sheet to it; on the
web the class beside each colour wins, so that dark mode and a municipality's sheet still work.
"""

from html import escape

COLOURS = {
    "line": "#ddd4c3",
    "band": "#5f9aa2",
    "border": "#7a7467",
    "primary": "#0f5461",
    "primary-strong": "#0a3b45",
    "thread": "#b04016",
    "ok": "#2b673a",
    "warn": "#7d5200",
    "text": "#1b2a30",
    "text-2": "#4b595f",
}
FONTS = "'Source Sans 3', 'Source Sans Pro', sans-serif"


def number(value: float) -> str:
    """A coordinate, to one decimal."""
    return f"{round(value, 1) + 0:g}"


def element(tag: str, content: str = "", /, **attributes: str | float) -> str:
    """One element around ready-made `content`. In names an underscore stands for a dash; `class_` is class."""
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(value) if isinstance(value, str) else number(value)}"'
        for name, value in attributes.items()
    )
    return f"<{tag}{written}>{content}</{tag}>" if content else f"<{tag}{written}/>"


def text(words: str, x: float, y: float, anchor: str = "start", bold: str = "") -> str:
    """Words at a place; `bold` is the part at the beginning that stands out."""
    rest = escape(words[len(bold) :])
    marked = element("tspan", escape(bold), font_weight="600") + rest if bold else rest
    return element("text", marked, x=x, y=y, text_anchor=anchor)


def stroke(d: str, width: float = 2, dashes: str = "") -> str:
    """A path in the colour of its group."""
    if not d:
        return ""
    extra: dict[str, str] = {"stroke_dasharray": dashes} if dashes else {}
    return element("path", d=d, fill="none", stroke="currentColor", stroke_width=width, **extra)


def group(part: str, colour: str, *content: str) -> str:
    """A group with a colour: an attribute for paper, the class `hv-c-` and `part` for the web."""
    inner = "".join(content)
    return element("g", inner, class_=f"hv-c-{part}", color=COLOURS[colour]) if inner else ""


def lettered(part: str, colour: str, size: float, *words: str) -> str:
    """A group of texts in one size and colour."""
    inner = "".join(words)
    if not inner:
        return ""
    return element(
        "g",
        inner,
        class_=f"hv-c-{part}",
        color=COLOURS[colour],
        fill="currentColor",
        font_family=FONTS,
        font_size=size,
    )


def grid(d: str) -> str:
    """The lines of a grid: decoration."""
    return element("path", d=d, class_="hv-c-grid", fill="none", stroke=COLOURS["line"]) if d else ""


def figure(width: float, height: float, css_class: str, title: str, description: str, *content: str) -> str:
    """A whole drawing, which is read aloud as its title and description."""
    told = element("title", escape(title)) + (element("desc", escape(description)) if description else "")
    return element(
        "svg",
        told + "".join(content),
        class_=css_class,
        viewBox=f"0 0 {number(width)} {number(height)}",
        role="img",
    )
