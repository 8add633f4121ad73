"""Is the map true to the figures, and readable?"""

import itertools
import json
import re
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string

from assises.reference import DATA
from submissions.inventory.territory_map import (
    LINE_HEIGHT,
    TIGHT,
    build,
    classes_for,
    split,
)
from tests.pages import as_read

TERRITORY = SimpleNamespace(view_box="0 0 10 10", borders="M0,0", credit="Source")
# The size of letters on each map, in units of the drawing: static/css/components/map.css.
LETTERS = {"small": 38, "medium": 27}
# In letters, as in the widest of the usual fonts.
NARROW_LETTERS = frozenset("fijlrtI-’ ")
NARROW, WIDE, LETTER_HEIGHT = 0.43, 0.72, 0.9


def commune(pk, name="Évry", x=1.25, y=2.0):
    return SimpleNamespace(
        pk=pk,
        name=name,
        departement="91",
        outline="M0,0Z",
        label_x=x,
        label_y=y,
    )


def map_of(counts, total, whole=0):
    communes = [commune("a"), commune("b"), commune("c")]
    return build(TERRITORY, communes, counts, total=total, whole=whole)


@pytest.mark.parametrize(
    ("highest", "bounds"),
    [
        (0, []),
        (1, [(1, 1)]),
        (3, [(1, 1), (2, 2), (3, 3)]),
        (5, [(1, 1), (2, 2), (3, 3), (4, 4), (5, 5)]),
        (14, [(1, 1), (2, 2), (3, 4), (5, 8), (9, 14)]),
        (1000, [(1, 3), (4, 15), (16, 63), (64, 251), (252, 1000)]),
    ],
)
def test_classes_grow_geometrically(highest, bounds):
    assert [(each.low, each.high) for each in classes_for(highest)] == bounds


def test_every_count_has_one_class():
    for highest in range(1, 200):
        classes = classes_for(highest)

        covered = [n for each in classes for n in range(each.low, each.high + 1)]
        assert covered == list(range(1, highest + 1))
        assert len(classes) <= 5


def test_area_tells_its_count_and_its_class():
    areas = map_of({"a": 14, "b": 2}, total=16)["areas"]

    assert [(area.count, area.step) for area in areas] == [(14, 5), (2, 2), (0, 0)]


def test_coordinates_are_written_with_a_point():
    html = rendered(map_of({}, total=0))

    assert '<tspan x="1.25" dy="0em">Évry</tspan>' in html


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Grigny", ["Grigny"]),
        ("Ris-Orangis", ["Ris-", "Orangis"]),
        ("Le Coudray-Montceaux", ["Le Coudray-", "Montceaux"]),
        ("Saint-Germain-lès-Corbeil", ["Saint-Germain-", "lès-Corbeil"]),
    ],
)
def test_long_name_is_cut_where_its_longest_line_is_shortest(name, lines):
    assert split(name) == lines


@pytest.mark.parametrize(
    ("name", "count", "lines"),
    [
        ("Grigny", 0, [("0em", "Grigny")]),
        ("Grigny", 16, [("-0.55em", "Grigny"), ("1.1em", "16")]),
        (
            "Ris-Orangis",
            17,
            [("-1.1em", "Ris-"), ("1.1em", "Orangis"), ("1.1em", "17")],
        ),
    ],
)
def test_label_is_centred_on_its_point(name, count, lines):
    html = rendered(
        build(TERRITORY, [commune("a", name)], {"a": count}, total=20, whole=0)
    )

    assert re.findall(r'<tspan[^>]* dy="([^"]*)">([^<]*)<', html) == lines


@pytest.mark.parametrize(("width", "letter"), LETTERS.items())
def test_no_label_covers_another_on_a_narrow_map(width, letter):
    labels = list(_labels_on(width, letter))

    covered = [
        (one, other)
        for (one, ours), (other, theirs) in itertools.combinations(labels, 2)
        if any(_overlap(*pair) for pair in itertools.product(ours, theirs))
    ]

    assert len(labels) >= 19
    assert covered == []


def _labels_on(width, letter):
    """Give the name of each commune drawn on a map of this width, and its boxes."""
    territory = json.loads((DATA / "territory.json").read_text(encoding="utf-8"))
    drawn_on = ["small", "medium"][: list(LETTERS).index(width) + 1]
    for each in territory["communes"]:
        reach, lone = TIGHT.get(each["insee"], ("small", []))
        # Two digits, drawn or not: names do not come and go as people answer.
        figure = ["00"]
        if reach in drawn_on:
            yield each["name"], _boxes([*split(each["name"]), *figure], each, letter)
        elif width in lone:
            yield each["name"], _boxes(figure, each, letter)


def _boxes(lines, commune, letter):
    """Return for each line of a text centred on its commune: left, top, right, bottom."""
    x, y, height = commune["label_x"], commune["label_y"], LETTER_HEIGHT * letter
    boxes = []
    for index, line in enumerate(lines):
        middle = y + (index - (len(lines) - 1) / 2) * LINE_HEIGHT * letter
        width = letter * sum(NARROW if c in NARROW_LETTERS else WIDE for c in line)
        boxes.append(
            (x - width / 2, middle - height / 2, x + width / 2, middle + height / 2)
        )
    return boxes


def _overlap(one, other):
    return (
        one[0] < other[2]
        and other[0] < one[2]
        and one[1] < other[3]
        and other[1] < one[3]
    )


def test_map_draws_alone_the_figure_whose_name_has_no_room():
    communes = [commune("91286"), commune("91573")]

    drawn = build(TERRITORY, communes, {"91286": 9, "91573": 4}, total=13, whole=0)

    alone = re.findall(r'class="figure lone ([^"]*)"[^>]*>(\d+)<', rendered(drawn))
    assert alone == [("on-small on-medium", "4")]


@pytest.mark.parametrize(("total", "plain"), [(0, True), (9, True), (10, False)])
def test_map_stays_an_outline_under_ten_actions(total, plain):
    assert map_of({"a": 3}, total=total)["plain"] is plain


def rendered(territory_map):
    page = render_to_string("components/territory_map.html", {"map": territory_map})
    return as_read(page)


def test_table_holds_the_same_figures_as_the_map():
    html = rendered(map_of({"a": 14, "b": 2}, total=18, whole=2))

    cells = html.split("<tbody>")[1].split("</tbody>")[0].split('class="number">')
    assert [cell.split("<")[0] for cell in cells[1:]] == ["14", "2", "0", "2"]


def test_caption_tells_actions_that_no_commune_bears():
    html = rendered(map_of({"a": 14}, total=16, whole=2))

    assert "16\u00a0actions déclarées. 2 concernent tout le territoire" in html
    assert "2\u00a0communes attendent encore leur première action." in html
    assert "Source" in html


@pytest.mark.parametrize(
    ("total", "sentence"),
    [
        (0, "Votre action sera la première de votre commune."),
        (9, "Votre action sera peut-être la première de votre commune."),
    ],
)
def test_outline_invites_without_figures(total, sentence):
    html = rendered(map_of({"a": total}, total=total))

    assert sentence in html
    assert "<table" not in html
