"""Is the map true to the figures, and readable?"""

import re
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string

from submissions.inventory.territory_map import (
    build,
    classes_for,
    label,
    lone_figures,
    reaches_of,
    split,
)

TERRITORY = SimpleNamespace(view_box="0 0 10 10", borders="M0,0", credit="Source")


def commune(pk, name="Évry", x=1.25, y=2.0, population=10):
    return SimpleNamespace(
        pk=pk,
        name=name,
        population=population,
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


@pytest.mark.parametrize("highest", range(1, 200))
def test_every_count_has_one_class(highest):
    classes = classes_for(highest)

    covered = [n for each in classes for n in range(each.low, each.high + 1)]
    assert covered == list(range(1, highest + 1))
    assert len(classes) <= 5


def test_area_tells_its_count_and_its_class():
    areas = map_of({"a": 14, "b": 2}, total=16).areas

    assert [(area.count, area.step) for area in areas] == [(14, 5), (2, 2), (0, 0)]


def test_coordinates_are_written_with_a_point():
    area = map_of({}, total=0).areas[0]

    assert (area.x, area.y) == ("1.2", "2.0")


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
        ("Grigny", 6, [("-0.55em", "Grigny"), ("1.1em", "6")]),
        ("Ris-Orangis", 7, [("-1.1em", "Ris-"), ("1.1em", "Orangis"), ("1.1em", "7")]),
    ],
)
def test_label_is_centred_on_its_point(name, count, lines):
    assert [(line.dy, line.text) for line in label(name, count)] == lines


def test_label_that_would_cover_a_larger_commune_waits_for_a_wider_map():
    communes = [
        commune("a", "Grigny", x=100, y=100, population=5),
        commune("b", "Lisses", x=150, y=100, population=9),
        commune("c", "Réau", x=250, y=100, population=1),
        commune("d", "Nandy", x=900, y=600, population=1),
    ]

    assert reaches_of(communes) == {
        "a": "large",
        "b": "small",
        "c": "medium",
        "d": "small",
    }


def test_figure_without_its_name_stays_where_it_covers_nothing():
    communes = [
        commune("a", "Grigny", x=100, y=100),
        commune("b", "Lisses", x=200, y=115),
        commune("c", "Tigery", x=150, y=120),
        commune("d", "Nandy", x=200, y=115),
    ]
    reaches = {"a": "small", "b": "large", "c": "large", "d": "medium"}

    alone = lone_figures(communes, reaches, {"a": 5, "b": 3, "c": 12})

    assert alone == {"a": [], "b": ["small"], "c": [], "d": []}


def test_map_draws_alone_the_figure_whose_name_has_no_room():
    communes = [
        commune("a", "Grigny", x=100, y=100, population=9),
        commune("b", "Saint-Germain-lès-Corbeil", x=250, y=100, population=1),
    ]

    drawn = build(TERRITORY, communes, {"a": 9, "b": 4}, total=13, whole=0)

    alone = re.findall(r'class="figure lone ([^"]*)"[^>]*>(\d+)<', rendered(drawn))
    assert alone == [("on-small on-medium", "4")]


@pytest.mark.parametrize(("total", "plain"), [(0, True), (9, True), (10, False)])
def test_map_stays_an_outline_under_ten_actions(total, plain):
    assert map_of({"a": 3}, total=total).plain is plain


def rendered(territory_map):
    return render_to_string("components/territory_map.html", {"map": territory_map})


def test_table_holds_the_same_figures_as_the_map():
    html = rendered(map_of({"a": 14, "b": 2}, total=18, whole=2))

    cells = html.split("<tbody>")[1].split("</tbody>")[0].split('class="number">')
    assert [cell.split("<")[0] for cell in cells[1:]] == ["14", "2", "0", "2"]


def test_caption_tells_actions_that_no_commune_bears():
    html = rendered(map_of({"a": 14}, total=16, whole=2))

    assert "16\u00a0actions déclarées, dont 2 pour tout le territoire" in html
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
