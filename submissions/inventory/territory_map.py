"""How is a quantity drawn on the communes of the territory?"""

from typing import NamedTuple

CLASSES = 5
# Under ten actions, colours would show who answered first, not where things happen.
SHOWN_FROM = 10
ONE_LINE = 10
# In letters, from one line of a label to the next.
LINE_HEIGHT = 1.1

# The names that have no room on a narrow map (`small`, as a phone, then `medium`, half a
# screen): the narrowest one that shows each, and the narrower ones that show its figure
# alone. tests/submissions/test_territory_map.py measures that no label covers another.
TIGHT = {
    "91225": ("large", ["medium"]),  # Étiolles
    "77251": ("large", ["small", "medium"]),  # Lieusaint
    "91340": ("medium", ["small"]),  # Lisses
    "91435": ("medium", ["small"]),  # Morsang-sur-Seine
    "77326": ("medium", ["small"]),  # Nandy
    "91521": ("large", ["medium"]),  # Ris-Orangis
    "91553": ("large", ["medium"]),  # Saint-Germain-lès-Corbeil
    "91573": ("large", ["small", "medium"]),  # Saint-Pierre-du-Perray
    "91577": ("large", ["small", "medium"]),  # Saintry-sur-Seine
    "91617": ("medium", ["small"]),  # Tigery
    "91659": ("medium", ["small"]),  # Villabé
}


class Area(NamedTuple):
    """One commune on the map: ``step`` 0 is a white zone, 5 the darkest class.

    ``lines`` are those of its name, each with how far under the former it is drawn, in
    letters; ``figure`` is drawn under them, unless it is 0; ``reach`` and ``lone`` are
    its :data:`TIGHT`.
    """

    commune: object
    count: int
    step: int
    figure: int
    lines: list
    reach: str
    lone: list


class Class(NamedTuple):
    """One class of the legend: from ``low`` to ``high`` included."""

    step: int
    low: int
    high: int


def build(territory, communes, counts, *, total, whole):
    """Return what draws ``counts`` (INSEE code → number) over ``communes``, in order.

    ``total`` counts the actions, ``whole`` those for the whole territory, which
    belong to no commune; an action may count in several communes.
    """
    classes = classes_for(max(counts.values(), default=0))
    plain = total < SHOWN_FROM
    areas = [
        _area(commune, counts.get(commune.pk, 0), classes, plain=plain)
        for commune in communes
    ]
    return {
        "territory": territory,
        "areas": areas,
        "classes": classes,
        "total": total,
        "whole": whole,
        "plain": plain,
        "white": sum(area.count == 0 for area in areas),
    }


def _area(commune, count, classes, *, plain):
    step = next((each.step for each in classes if each.low <= count <= each.high), 0)
    figure = 0 if plain else count
    names = split(commune.name)
    first = f"{-(len(names) - (not figure)) / 2 * LINE_HEIGHT:g}"
    lines = list(zip(names, [first, f"{LINE_HEIGHT:g}"], strict=False))
    reach, lone = TIGHT.get(commune.pk, ("small", []))
    return Area(commune, count, step, figure, lines, reach, lone)


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


def split(name):
    """Cut a long name after a hyphen or a space, where its longest line is shortest."""
    if len(name) <= ONE_LINE:
        return [name]
    places = [index + 1 for index, character in enumerate(name) if character in "- "]
    if not places:
        return [name]
    cut = min(places, key=lambda place: max(place, len(name) - place))
    return [name[:cut].strip(), name[cut:]]
