"""Where the boxes of a diagram stand: in ranks from the top down, as far from the start as keys away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ivr.flows.diagram.boxes import EVERYWHERE, Box, Way

CHARACTER = 7.3
"""Width of a character of 12 px monospace, in px; a little more than the 0.6 em of common fonts."""
LINE = 17.0
PADDING = 10.0
_PORT = 58.0
"""Width of a box for each arrow that leaves it, so that the arrows' labels have room."""
_BETWEEN = 26.0
_LABEL_LINE = 14.0
_MARGIN = 24.0


@dataclass(frozen=True, slots=True)
class Placed:
    """A box with its place; x and y are those of its upper left corner, in px."""

    box: Box
    x: float
    y: float
    width: float
    height: float
    arrows: tuple[Way, ...]
    """Ways to the next rank, drawn as arrows, from left to right."""
    jumps: tuple[Way, ...]
    """Ways to the same rank or back up, written in the box: as arrows they would cover all others."""

    @property
    def middle(self) -> float:
        """The x of its middle."""
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole diagram."""

    boxes: Mapping[str, Placed]
    width: float
    height: float


def lay_out(boxes: Mapping[str, Box], start: str) -> Layout:
    """Place the boxes; those that no way leads to are left out."""
    ranks = _ranks(boxes, start)
    sized = {name: _sized(boxes[name], ranks) for name in ranks}
    rows = _rows(ranks)
    middles = _middles(rows, sized)
    left = min(middles[name] - sized[name].width / 2 for name in sized) - _MARGIN
    placed: dict[str, Placed] = {}
    y = _MARGIN
    for row in rows:
        for name in row:
            box = sized[name]
            arrows = tuple(sorted(box.arrows, key=lambda way: middles[way.to]))
            x = middles[name] - box.width / 2 - left
            placed[name] = Placed(box.box, x, y, box.width, box.height, arrows, box.jumps)
        most_arrows = max(len(sized[name].arrows) for name in row)
        y += max(sized[name].height for name in row) + 50 + _LABEL_LINE * min(most_arrows, 3)
    width = max(box.x + box.width for box in placed.values()) + _MARGIN
    height = max(box.y + box.height for box in placed.values()) + _MARGIN
    return Layout(placed, width, height)


def jump_text(way: Way) -> str:
    """Return a way that is written instead of drawn."""
    return f"{way.label} → {way.to}".strip()


def _ranks(boxes: Mapping[str, Box], start: str) -> dict[str, int]:
    """Return how many steps each box is from the start; the keys of the whole flow start beside it."""
    row = [name for name in (start, EVERYWHERE) if name in boxes]
    ranks = dict.fromkeys(row, 0)
    while row:
        found = dict.fromkeys(way.to for name in row for way in boxes[name].ways if way.to not in ranks)
        ranks.update(dict.fromkeys(found, ranks[row[0]] + 1))
        row = list(found)
    return ranks


def _sized(box: Box, ranks: Mapping[str, int]) -> Placed:
    arrows = tuple(way for way in box.ways if ranks[way.to] == ranks[box.name] + 1)
    jumps = tuple(way for way in box.ways if way not in arrows)
    lines = [box.name, box.subtitle, *map(jump_text, jumps)]
    width = max(*(len(line) * CHARACTER for line in lines), len(arrows) * _PORT) + 2 * PADDING
    return Placed(box, 0, 0, width, len(lines) * LINE + 2 * PADDING, arrows, jumps)


def _rows(ranks: Mapping[str, int]) -> list[list[str]]:
    rows: list[list[str]] = [[] for _ in range(max(ranks.values()) + 1)]
    for name, rank in ranks.items():
        rows[rank].append(name)
    return rows


def _middles(rows: Sequence[Sequence[str]], sized: Mapping[str, Placed]) -> dict[str, float]:
    """Return the x of each box's middle: below the boxes that lead to it, as far as there is room."""
    middles: dict[str, float] = {}
    for row in rows:
        wanted = {name: _mean([middles[p] for p in middles if _leads(sized[p], name)]) for name in row}
        ordered = sorted(row, key=lambda name: wanted[name])
        taken = _side_by_side(ordered, sized)
        shift = _mean([wanted[name] - taken[name] for name in ordered])
        middles.update({name: taken[name] + shift for name in ordered})
    return middles


def _side_by_side(row: Sequence[str], sized: Mapping[str, Placed]) -> dict[str, float]:
    middles = {row[0]: 0.0}
    for before, name in pairwise(row):
        middles[name] = middles[before] + (sized[before].width + sized[name].width) / 2 + _BETWEEN
    return middles


def _leads(box: Placed, to: str) -> bool:
    return any(way.to == to for way in box.arrows)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
