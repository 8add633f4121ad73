"""How is a quantity drawn on the communes of the territory?"""

from dataclasses import dataclass
from typing import NamedTuple

CLASSES = 5
# Under ten actions, colours would show who answered first, not where things happen.
SHOWN_FROM = 10
ONE_LINE = 10

# Letters, in units of the drawing, large enough for a map as narrow as a phone, then
# as half a screen; where a name would cover another, the more populous one stays.
SMALL, MEDIUM, LARGE = "small", "medium", "large"
LETTERS = {SMALL: 38, MEDIUM: 27}
# In units of a letter, as in the widest of the usual fonts; AIR parts two labels.
NARROW_LETTERS = frozenset("fijlrtI-’ ")
NARROW, WIDE, LETTER_HEIGHT, LINE_HEIGHT, AIR = 0.43, 0.72, 0.9, 1.1, 0.15
# Room for two digits, drawn or not: names do not come and go as people answer.
ROOM_OF_FIGURE = "00"


class LabelLine(NamedTuple):
    """One line of a label: how far under the one before, and what it reads."""

    dy: str
    text: str
    figure: bool


class Area(NamedTuple):
    """One commune on the map: ``step`` 0 is a white zone, 5 the darkest class.

    ``reach`` is the narrowest map on which the label is drawn; ``lone`` are the
    narrower ones where the figure stands without its name.
    """

    name: str
    departement: str
    outline: str
    count: int
    step: int
    x: str
    y: str
    lines: list
    reach: str
    lone: list


class Class(NamedTuple):
    """One class of the legend: from ``low`` to ``high`` included."""

    step: int
    low: int
    high: int


@dataclass(frozen=True)
class TerritoryMap:
    view_box: str
    borders: str
    credit: str
    areas: list
    classes: list
    total: int
    whole: int

    @property
    def plain(self):
        return self.total < SHOWN_FROM

    @property
    def white(self):
        """Number of communes where nothing is declared."""
        return sum(area.count == 0 for area in self.areas)


def build(territory, communes, counts, *, total, whole):
    """Return the map of ``counts`` (INSEE code → number) over ``communes``, in order.

    ``total`` counts the actions, ``whole`` those for the whole territory, which
    belong to no commune; an action may count in several communes.
    """
    communes = list(communes)
    classes = classes_for(max(counts.values(), default=0))
    reaches = reaches_of(communes)
    figures = counts if total >= SHOWN_FROM else {}
    lone = lone_figures(communes, reaches, figures)
    areas = [
        Area(
            name=commune.name,
            departement=commune.departement,
            outline=commune.outline,
            count=counts.get(commune.pk, 0),
            step=_step_of(counts.get(commune.pk, 0), classes),
            x=_drawn(commune.label_x),
            y=_drawn(commune.label_y),
            lines=label(commune.name, figures.get(commune.pk, 0)),
            reach=reaches[commune.pk],
            lone=lone[commune.pk],
        )
        for commune in communes
    ]
    return TerritoryMap(
        view_box=territory.view_box,
        borders=territory.borders,
        credit=territory.credit,
        areas=areas,
        classes=classes,
        total=total,
        whole=whole,
    )


def classes_for(highest):
    """Cut 1…``highest`` into at most five classes whose bounds grow geometrically.

    A few communes always hold most actions: equal classes would leave the others
    all alike.
    """
    classes, low = [], 1
    for step in range(1, CLASSES + 1):
        if low > highest:
            break
        high = max(low, int(highest ** (step / CLASSES) + 1e-9))
        classes.append(Class(step, low, highest if step == CLASSES else high))
        low = high + 1
    return classes


def _step_of(count, classes):
    """Return the class of ``count``, 0 for none."""
    return next((each.step for each in classes if each.low <= count <= each.high), 0)


def label(name, count):
    """Return the lines of a label, centred on its point; no figure where none is."""
    texts = [(part, False) for part in split(name)]
    if count:
        texts.append((str(count), True))
    first = -(len(texts) - 1) / 2 * LINE_HEIGHT
    return [
        LabelLine(f"{LINE_HEIGHT if index else first:g}em", text, figure)
        for index, (text, figure) in enumerate(texts)
    ]


def reaches_of(communes):
    """Return for each commune the narrowest map on which its label covers no other."""
    reaches = dict.fromkeys((commune.pk for commune in communes), LARGE)
    by_population = sorted(
        communes, key=lambda commune: (-commune.population, commune.pk)
    )
    for reach, letter in LETTERS.items():
        placed = [
            box
            for commune in communes
            if reaches[commune.pk] != LARGE
            for box in _boxes(commune, letter)
        ]
        for commune in by_population:
            if reaches[commune.pk] != LARGE:
                continue
            wanted = _boxes(commune, letter)
            if not any(_overlap(one, other) for one in wanted for other in placed):
                placed += wanted
                reaches[commune.pk] = reach
    return reaches


def lone_figures(communes, reaches, figures):
    """Return for each commune the maps where its figure, alone, covers nothing."""
    widths = list(LETTERS)
    lone = {commune.pk: [] for commune in communes}
    for reach, letter in LETTERS.items():
        drawn_on = widths[: widths.index(reach) + 1]
        placed = [
            box
            for commune in communes
            if reaches[commune.pk] in drawn_on
            for box in _boxes(commune, letter)
        ]
        for commune in communes:
            if reaches[commune.pk] in drawn_on or not figures.get(commune.pk):
                continue
            [wanted] = _rooms([str(figures[commune.pk])], commune, letter)
            if not any(_overlap(wanted, other) for other in placed):
                lone[commune.pk].append(reach)
                placed.append(wanted)
    return lone


def _boxes(commune, letter):
    """Return the room of each line of a label, its figure included."""
    return _rooms([*split(commune.name), ROOM_OF_FIGURE], commune, letter)


def _rooms(lines, commune, letter):
    """Return for each line of a text centred on its commune: left, top, right, bottom."""
    x, y = commune.label_x, commune.label_y
    found = []
    for index, line in enumerate(lines):
        middle = y + (index - (len(lines) - 1) / 2) * LINE_HEIGHT * letter
        width, height = (_width_of(line) + AIR) * letter, LETTER_HEIGHT * letter
        found.append(
            (x - width / 2, middle - height / 2, x + width / 2, middle + height / 2)
        )
    return found


def _width_of(text):
    """Return about how many letters wide ``text`` is in bold."""
    return sum(NARROW if sign in NARROW_LETTERS else WIDE for sign in text)


def _overlap(one, other):
    return (
        one[0] < other[2]
        and other[0] < one[2]
        and one[1] < other[3]
        and other[1] < one[3]
    )


def _drawn(coordinate):
    """Write a coordinate as SVG reads it: never with the comma of the page's language."""
    return f"{coordinate:.1f}"


def split(name):
    """Cut a long name after a hyphen or a space, where its longest line is shortest."""
    if len(name) <= ONE_LINE:
        return [name]
    places = [index + 1 for index, sign in enumerate(name) if sign in "- "]
    if not places:
        return [name]
    cut = min(places, key=lambda place: max(place, len(name) - place))
    return [name[:cut].strip(), name[cut:]]
