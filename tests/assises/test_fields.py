"""Does the template pack make every field accessible by construction?"""

import re

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from crispy_forms.utils import render_crispy_form
from django import forms
from django.template.loader import render_to_string

from assises.forms.frames import FieldView, framed
from assises.forms.layout import Details, Group
from assises.templatetags.fields import error_lines, named_like
from tests.pages import as_read

STAGES = [("envisagee", "Envisagée"), ("en-cours", "En cours")]
LEVELS = [("Primaire", [("cp", "CP")]), ("Collège", [("6e", "6e")])]


class ActionForm(forms.Form):
    title = forms.CharField(label="Titre", help_text="Celui d’une affiche.")
    email = forms.EmailField(label="Boîte", required=False)
    stage = forms.ChoiceField(
        label="Où en est-elle ?", choices=STAGES, widget=forms.RadioSelect
    )
    levels = forms.MultipleChoiceField(
        label="Niveaux",
        choices=LEVELS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    agreed = forms.BooleanField(label="J’ai l’accord de ma direction")
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)
    secret = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, layout=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["title"].limit = 10
        self.fields["stage"].choice_hints = {"en-cours": "Elle a commencé."}
        self.helper = FormHelper()
        self.helper.disable_csrf = True
        if layout:
            self.helper.layout = layout


def attribute(html, name, tag):
    """Return the values of attribute ``name`` on each ``<tag>`` of ``html``."""
    return re.findall(rf'<{tag}\b[^>]*\b{name}="([^"]*)"', html)


def one(html, pattern):
    return re.search(pattern, html, re.DOTALL).group(0)


def test_input_is_described_by_hint_message_and_counter():
    view = FieldView(ActionForm({})["title"])

    assert view.described_by == "id_title_helptext id_title_error id_title_count"
    assert 'aria-describedby="id_title_helptext id_title_error id_title_count"' in str(
        view.control
    )


def test_a_text_runs_in_the_direction_of_its_letters():
    form = ActionForm({})

    assert [
        name for name in form.fields if 'dir="auto"' in FieldView(form[name]).control
    ] == ["title", "note"]


def test_described_by_names_only_ids_that_exist():
    html = render_crispy_form(ActionForm({"title": "x"}))

    named = " ".join(re.findall(r'aria-describedby="([^"]*)"', html)).split()
    ids = re.findall(r'\bid="([^"]*)"', html)
    assert [name for name in named if name not in ids] == []
    assert len(named) >= 4
    assert len(ids) == len(set(ids))


def test_message_stands_between_hint_and_input():
    html = render_crispy_form(ActionForm({}))

    order = [
        html.index(part) for part in ("_helptext", "title_error", '<input type="text')
    ]
    assert order == sorted(order)


def test_group_of_choices_carries_its_message_on_the_fieldset():
    html = render_crispy_form(ActionForm({}))

    fieldset = one(html, r'<fieldset[^>]*id="id_stage".*?</fieldset>')
    assert attribute(fieldset, "aria-describedby", "fieldset") == ["id_stage_error"]
    assert attribute(fieldset, "aria-describedby", "input") == ["id_stage_1_hint"]
    assert re.findall(r"<legend>(.*?)\s*</legend>", fieldset) == ["Où en est-elle ?"]


def test_headings_of_choices_name_their_groups():
    html = render_crispy_form(ActionForm())

    fieldset = one(html, r'<fieldset[^>]*id="id_levels".*?</fieldset>')
    assert attribute(fieldset, "aria-labelledby", "div") == [
        "id_levels_group_1",
        "id_levels_group_2",
    ]
    assert re.findall(r'choice-heading"[^>]*>([^<]*)<', fieldset) == [
        "Primaire",
        "Collège",
    ]


def test_choices_without_heading_are_one_list():
    groups = FieldView(ActionForm()["stage"]).groups

    assert [(group.heading, group.count) for group in groups] == [(None, 2)]


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("title", "id_title"),
        ("stage", "id_stage_0"),
        ("levels", "id_levels_0_0"),
        ("agreed", "id_agreed"),
    ],
)
def test_summary_leads_to_the_first_input(name, target):
    form = ActionForm({})

    assert FieldView(form[name]).first_id == target
    assert f'id="{target}"' in render_crispy_form(form)


def test_only_fields_that_are_not_needed_say_so():
    html = as_read(render_crispy_form(ActionForm()))

    labels = re.findall(r"<(?:label|legend)[^>]*>([^<]*) <span class=.optional", html)
    assert labels == ["Boîte", "Niveaux", "Note"]


def test_needed_of_our_fields_wins_over_required():
    form = ActionForm()
    form.fields["title"].required = False
    form.fields["title"].needed = True

    assert FieldView(form["title"]).optional is False


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("", "10\u00a0caractères au plus"),
        ("été\r\nvoilà", "10\u00a0caractères au plus"),
        ("🚀" * 10, "10\u00a0caractères au plus"),
        ("🚀" * 11, "11 sur 10, 1\u00a0caractère de trop"),
        ("a" * 24, "24 sur 10, 14\u00a0caractères de trop"),
    ],
)
def test_counter_counts_code_points_and_new_lines_once(typed, shown):
    assert FieldView(ActionForm({"title": typed})["title"]).count_text == shown


def test_summary_is_in_the_order_of_the_page():
    form = ActionForm({"title": "x", "agreed": "on", "email": "x@", "secret": "1"})
    form.helper = FormHelper()
    form.helper.layout = Layout("title", "stage", Details("Plus", "email"))
    form.add_error("email", "Encore.")

    targets = [line["target"] for line in error_lines(form)]

    assert list(form.errors) == ["email", "stage"]
    assert targets == ["id_stage_0", "id_email", "id_email"]


FAMILIES = [("A", [("a", "a"), ("b", "b")]), ("B", [("c", "c")]), ("C", [("d", "d")])]
LONG = [*FAMILIES, ("D", [(str(n), str(n)) for n in range(6)])]


@pytest.mark.parametrize(
    ("choices", "needed", "opened"),
    [
        (FAMILIES, False, None),
        (LONG, True, None),
        (LONG, False, [False, True, False, False]),
    ],
)
def test_families_of_a_long_list_are_folded_unless_they_are_needed(
    choices, needed, opened
):
    class Form(forms.Form):
        several = forms.MultipleChoiceField(
            choices=choices, required=needed, widget=forms.CheckboxSelectMultiple
        )

    bound = Form({"several": ["c"]})["several"]
    html = framed(bound)

    found = re.findall(r"<details([^>]*)>", html)
    assert [("open" in attributes) for attributes in found] == (opened or [])
    assert html.count('type="checkbox"') == sum(len(pairs) for _, pairs in choices)


def test_summary_names_each_field_and_what_to_do():
    form = ActionForm({"title": "x", "agreed": "on", "email": "x@", "secret": "1"})
    form.add_error(None, "Une phrase générale.")

    lines = error_lines(form)

    assert [line["target"] for line in lines] == ["", "id_email", "id_stage_0"]
    assert lines[0]["text"] == "Une phrase générale."
    assert lines[1]["text"].startswith("Boîte\u00a0: ")
    assert lines[2]["text"].startswith("Où en est-elle ? ")


@pytest.mark.parametrize(
    ("label", "message", "line"),
    [
        ("Titre", "Il y a 3 signes de trop.", "Titre\u00a0: Il y a 3 signes de trop."),
        ("Où en est-elle ?", "Choisissez.", "Où en est-elle ? Choisissez."),
        ("Votre nom", "Indiquez votre nom.", "Indiquez votre nom."),
    ],
)
def test_line_of_summary_names_its_field_once(label, message, line):
    assert named_like(label, message) == line


def test_hidden_field_in_error_is_told_without_a_link():
    form = ActionForm({"title": "x", "agreed": "on", "stage": "en-cours"})

    assert [line["target"] for line in error_lines(form)] == [""]


def test_summary_is_an_alert_that_may_be_focused():
    html = render_to_string("fields/error_summary.html", {"form": ActionForm({})})

    assert attribute(html, "role", "section") == ["alert"]
    assert attribute(html, "tabindex", "section") == ["-1"]
    assert attribute(html, "href", "a") == ["#id_title", "#id_stage_0", "#id_agreed"]


def test_summary_is_absent_without_error():
    html = render_to_string("fields/error_summary.html", {"form": ActionForm()})

    assert html.strip() == ""


def test_typed_text_is_escaped_everywhere():
    form = ActionForm({"title": '"><script>', "note": "</textarea><script>"})

    html = render_crispy_form(form)

    assert html.count("&lt;script&gt;") == 2
    assert "<script>" not in html


@pytest.mark.parametrize(
    ("data", "opened"),
    [(None, False), ({"note": "Bonjour"}, True), ({"email": "x@"}, True)],
)
def test_details_opens_when_a_field_is_filled_or_wrong(data, opened):
    layout = Layout(Details("Ajouter des précisions", Group("Deux", "note", "email")))

    html = render_crispy_form(ActionForm(data, layout=layout))

    assert ("<details" in html, ' class="more" open>' in html) == (True, opened)


def test_group_ties_its_hint_to_its_legend():
    layout = Layout(Group("Communes", "title", "note", hint="Une ou plusieurs."))

    html = render_crispy_form(ActionForm(layout=layout))

    assert attribute(html, "aria-describedby", "fieldset") == ["groupe_communes_hint"]
    assert '<p class="hint" id="groupe_communes_hint">Une ou plusieurs.</p>' in html
