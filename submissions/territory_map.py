"""How is a quantity drawn on the communes of the territory?"""

from dataclasses import dataclass
from typing import NamedTuple

CLASSES = 5
# Under ten actions, colours would show who answered first, not where things happen.
SHOWN_FROM = 10
ONE_LINE = 10
LEADING = 21


class Area(NamedTuple):
    """One commune on the map: ``step`` 0 is a white zone, 5 the darkest class."""

    number: int
    name: str
    departement: str
    outline: str
    count: int
    step: int
    x: str
    y: str
    lines: list


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
    classes = classes_for(max(counts.values(), default=0))
    areas = [
        Area(
            number,
            commune.name,
            commune.departement,
            commune.outline,
            count := counts.get(commune.pk, 0),
            step_of(count, classes),
            drawn(commune.label_x),
            drawn(commune.label_y),
            label_lines(commune),
        )
        for number, commune in enumerate(communes, start=1)
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


def step_of(count, classes):
    """Return the class of ``count``, 0 for none."""
    return next((each.step for each in classes if each.low <= count <= each.high), 0)


def label_lines(commune):
    """Place the name around its point: pairs of height and text, one line or two."""
    lines = split(commune.name)
    middle = (len(lines) - 1) / 2
    return [
        (drawn(commune.label_y + (index - middle) * LEADING), line)
        for index, line in enumerate(lines)
    ]


def drawn(coordinate):
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
