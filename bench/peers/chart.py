# SPDX-License-Identifier: Apache-2.0
"""A bar chart as plain SVG: speed on a logarithmic scale, recall and precision beside it."""

import math
from html import escape

WIDTH, LEFT, BARS, ROW, TOP = 860, 210, 400, 34, 74


def svg(title, subtitle, rows):
    """`rows`: (name, documents per second, recall, precision, peak MB), the first one set off."""
    low = 10 ** math.floor(math.log10(min(row[1] for row in rows)))
    high = 10 ** math.ceil(math.log10(max(row[1] for row in rows) * 1.0001))
    scale = BARS / math.log10(high / low)
    height = TOP + ROW * len(rows) + 44
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
             f'viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" font-size="13">',
             f'<rect width="{WIDTH}" height="{height}" fill="white"/>',
             f'<text x="16" y="26" font-size="17" font-weight="bold">{escape(title)}</text>',
             f'<text x="16" y="46" fill="#555">{escape(subtitle)}</text>']
    bottom = TOP + ROW * len(rows)
    tick = low
    while tick <= high:
        x = LEFT + math.log10(tick / low) * scale
        parts.append(f'<line x1="{x:.1f}" y1="{TOP - 8}" x2="{x:.1f}" y2="{bottom}" '
                     f'stroke="#ddd"/><text x="{x:.1f}" y="{bottom + 16}" fill="#555" '
                     f'text-anchor="middle">{tick:,.0f}</text>')
        tick *= 10
    parts.append(f'<text x="{LEFT}" y="{bottom + 34}" fill="#555">documents per second, '
                 'one thread, logarithmic</text>')
    for x, name in ((LEFT + BARS + 95, "recall"), (LEFT + BARS + 165, "precision"),
                    (LEFT + BARS + 230, "peak MB")):
        parts.append(f'<text x="{x}" y="{TOP - 14}" fill="#555" text-anchor="end">{name}</text>')
    for number, (name, speed, recall, precision, peak) in enumerate(rows):
        y = TOP + ROW * number
        length = math.log10(speed / low) * scale
        color = "#1f6fb2" if name.startswith("copydesk") else "#b8b8b8"
        middle = y + ROW / 2 + 1
        parts.append(f'<text x="{LEFT - 8}" y="{middle}" text-anchor="end">{escape(name)}</text>'
                     f'<rect x="{LEFT}" y="{y + 4}" width="{length:.1f}" height="{ROW - 12}" '
                     f'fill="{color}"/><text x="{LEFT + length + 5:.1f}" y="{middle}">'
                     f'{speed:,.0f}</text>')
        for x, value in ((LEFT + BARS + 95, recall), (LEFT + BARS + 165, precision),
                         (LEFT + BARS + 230, peak)):
            parts.append(f'<text x="{x}" y="{middle}" text-anchor="end">{escape(value)}</text>')
    return "\n".join(parts) + "\n</svg>\n"
