"""Turns a terminal frame into a picture: tmux capture-pane -ep | python3 .github/frame.py TITLE > frame.svg"""

import html
import re
import sys
import unicodedata

WIDTH, HEIGHT = 8.4, 18
FOREGROUND, BACKGROUND = "#d8dee9", "#20242c"
COLOURS = ["#4c566a", "#e0707a", "#9dc07a", "#e6c47c", "#7ba7d9", "#bf8fc4", "#7fc1c8", "#d8dee9",
           "#7b8598", "#f0838d", "#b1d58c", "#f3d48e", "#92bdee", "#d3a4d8", "#95d6dd", "#ffffff"]


def colour(codes):
    """The colour that 38;5;n or 38;2;r;g;b names, taking its numbers from the list."""
    if codes.pop(0) == 2:
        return "#%02x%02x%02x" % tuple(codes.pop(0) for _ in range(3))
    number = codes.pop(0)
    if number < 16:
        return COLOURS[number]
    if number >= 232:
        return "#" + "%02x" % (8 + 10 * (number - 232)) * 3
    levels = [0, 95, 135, 175, 215, 255]
    number -= 16
    return "#%02x%02x%02x" % (levels[number // 36], levels[number // 6 % 6], levels[number % 6])


def cells(line, style):
    """The characters of a line with the style of each; the style carries over to the next line."""
    for escape, character in re.findall(r"\x1b\[([0-9;]*)m|([^\x1b])", line):
        if character:
            yield character, dict(style)
            continue
        codes = [int(code or 0) for code in escape.split(";")]
        while codes:
            code = codes.pop(0)
            if code == 0:
                style.clear()
            elif code in (1, 2, 3, 4, 7):
                style[code] = True
            elif code in (22, 23, 24, 27):
                for off in (1, 2) if code == 22 else (code - 20,):
                    style.pop(off, None)
            elif code in (38, 48):
                style["fg" if code == 38 else "bg"] = colour(codes)
            elif code in (39, 49):
                style.pop("fg" if code == 39 else "bg", None)
            else:
                for base, key, bright in ((30, "fg", 0), (40, "bg", 0), (90, "fg", 8), (100, "bg", 8)):
                    if base <= code < base + 8:
                        style[key] = COLOURS[code - base + bright]


def cell_width(text):
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def runs(line, style):
    """Stretches of one style: column, text, width in cells, style."""
    column, run = 0, None
    for character, look in cells(line, style):
        width = cell_width(character)
        if run and run[3] == look:
            run[1] += character
            run[2] += width
        else:
            if run:
                yield run
            run = [column, character, width, look]
        column += width
    if run:
        yield run


lines = sys.stdin.read().rstrip("\n").split("\n")
style, body, most = {}, [], 0
for row, line in enumerate(lines):
    for column, text, width, look in runs(line, style):
        most = max(most, column + width)
        x, y, w = column * WIDTH, row * HEIGHT, width * WIDTH
        fore, back = look.get("fg", FOREGROUND), look.get("bg")
        if 7 in look:
            fore, back = back or BACKGROUND, fore
        if back:
            body.append(f'<rect x="{x:.1f}" y="{y}" width="{w:.1f}" height="{HEIGHT}" fill="{back}"/>')
        extra = "".join(part for key, part in ((1, ' font-weight="bold"'), (2, ' opacity="0.65"'),
                                               (3, ' font-style="italic"'), (4, ' text-decoration="underline"'))
                        if key in look)
        # Word by word, each in its place, so that a font of another width does not shift what follows.
        for word in re.finditer(r"\S+", text):
            x, w = (column + cell_width(text[:word.start()])) * WIDTH, cell_width(word[0]) * WIDTH
            body.append(f'<text x="{x:.1f}" y="{y + 13}" fill="{fore}" textLength="{w:.1f}" '
                        f'lengthAdjust="spacingAndGlyphs"{extra}>{html.escape(word[0])}</text>')
w, h = most * WIDTH + 24, len(lines) * HEIGHT + 24
title = html.escape(sys.argv[1] if len(sys.argv) > 1 else "A frame of the terminal")
print(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w:.0f} {h}" role="img" aria-label="{title}">'
      f'<title>{title}</title><rect width="100%" height="100%" rx="8" fill="{BACKGROUND}"/>'
      f'<g transform="translate(12 12)" font-size="14" '
      f'font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, \'DejaVu Sans Mono\', monospace">')
print("\n".join(body))
print("</g></svg>")
