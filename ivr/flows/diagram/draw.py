"""Draw a flow as SVG, with nothing but text: it opens in any browser and prints."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from ivr.flows.diagram.boxes import EVERYWHERE, Family, boxes_of
from ivr.flows.diagram.layout import CHARACTER, LINE, PADDING, Layout, Placed, jump_text, lay_out
from ivr.flows.flow import FlowFile

_COLOURS = {
    Family.SAYS: ("#e3f0fb", "#2f6fab"),
    Family.ASKS: ("#fff2d1", "#b07a00"),
    Family.DECIDES: ("#efe6fa", "#7446a8"),
    Family.ACTS: ("#e0f4e4", "#2b8043"),
    Family.ENDS: ("#eeeeee", "#666666"),
}
"""Fill and line of a box."""
_STYLE = """
text { font: 12px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; fill: #222 }
.name { font-weight: bold } .kind, .jump { fill: #555 }
.label { text-anchor: middle; paint-order: stroke; stroke: #fff; stroke-width: 4px; fill: #111 }
path { fill: none; stroke: #888; stroke-width: 1.3 }
"""
_ARROW_HEAD = (
    '<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
    'orient="auto"><path d="M0 0L8 4L0 8z" style="fill:#888;stroke:none"/></marker></defs>'
)
_TOP = 44.0
"""Height of the title and the legend."""


def draw(flow: FlowFile) -> str:
    """Return the flow as one SVG document.

    Boxes stand in ranks below the start; arrows lead to the next rank. A way to the same rank or back up is
    written in its box, as a link. A dashed box has the keys that every question understands.
    """
    layout = lay_out(boxes_of(flow), flow.start)
    title = f"{flow.name}: {flow.description}" if flow.description else flow.name
    width = max(layout.width, (len(title) + 4) * CHARACTER, 560)
    height = layout.height + _TOP
    return "\n".join(
        (
            _opening_tag(width, height, title),
            f"<style>{_STYLE}</style>{_ARROW_HEAD}",
            '<rect width="100%" height="100%" fill="#fff"/>',
            _text(24, 22, title, "name"),
            *_legend(),
            f'<g transform="translate(0 {_TOP:.0f})">',
            *_arrows(layout),
            *(line for placed in layout.boxes.values() for line in _box(placed)),
            "</g></svg>",
        )
    )


def _opening_tag(width: float, height: float, title: str) -> str:
    size = f'viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label={quoteattr(title)}>'


def _legend() -> Iterator[str]:
    x = 24.0
    for family, (fill, line) in _COLOURS.items():
        yield f'<rect x="{x:.0f}" y="32" width="12" height="12" rx="3" fill="{fill}" stroke="{line}"/>'
        yield _text(x + 18, 42, family.value, "kind")
        x += 18 + (len(family.value) + 3) * CHARACTER


def _box(placed: Placed) -> Iterator[str]:
    fill, line = _COLOURS[placed.box.family]
    dashes = ' stroke-dasharray="5 4"' if placed.box.name == EVERYWHERE else ""
    yield (
        f"<g id={quoteattr(_anchor(placed.box.name))}>"
        f'<rect x="{placed.x:.1f}" y="{placed.y:.1f}" width="{placed.width:.1f}" '
        f'height="{placed.height:.1f}" rx="7" fill="{fill}" stroke="{line}"{dashes}/>'
    )
    x, y = placed.x + PADDING, placed.y + PADDING + 12
    yield _text(x, y, placed.box.name, "name")
    yield _text(x, y + LINE, placed.box.subtitle, "kind")
    for number, way in enumerate(placed.jumps, 2):
        text = _text(x, y + number * LINE, jump_text(way), "jump")
        yield f"<a href={quoteattr(f'#{_anchor(way.to)}')}>{text}</a>"
    yield "</g>"


def _arrows(layout: Layout) -> Iterator[str]:
    """Draw each box's arrows from points along its lower edge, and their labels, at three heights, on top."""
    labels: list[str] = []
    for placed in layout.boxes.values():
        bottom = placed.y + placed.height
        for number, way in enumerate(placed.arrows):
            start = placed.x + placed.width * (number + 0.5) / len(placed.arrows)
            target = layout.boxes[way.to]
            bend = (bottom + target.y) / 2
            yield (
                f'<path d="M{start:.1f} {bottom:.1f}C{start:.1f} {bend:.1f} {target.middle:.1f} {bend:.1f} '
                f'{target.middle:.1f} {target.y - 1:.1f}" marker-end="url(#head)"/>'
            )
            labels.append(_text(start, bottom + 14 + number % 3 * 14, way.label, "label"))
    yield from labels


def _text(x: float, y: float, text: str, kind: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{kind}">{escape(text)}</text>' if text else ""


def _anchor(name: str) -> str:
    return f"node-{name.replace(' ', '-')}"
