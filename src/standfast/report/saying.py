"""How things are said wherever people read them: sums, and texts cut to a line."""

from __future__ import annotations


def money(value: float, unit: str) -> str:
    """A sum as people write it.

    >>> money(1.5e9, "USD"), money(2, "%GDP"), money(800, "Stinger systems")
    ('USD 1.5 bn', '2 %GDP', '800 Stinger systems')
    """
    scaled, scale = float(value), ""
    for size, name in ((1e12, " tn"), (1e9, " bn"), (1e6, " m")):
        if scaled >= size:
            scaled, scale = scaled / size, name
            break
    number = f"{scaled:,.2f}".rstrip("0").rstrip(".") + scale
    return f"{unit} {number}" if len(unit) == 3 and unit.isupper() else f"{number} {unit}"


def shorten(text: str, most: int) -> str:
    """One line of text of about so many characters, cut at a word.

    >>> shorten("They will provide support", 14)
    'They will …'
    """
    line = " ".join(text.split())
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0] + " …"
