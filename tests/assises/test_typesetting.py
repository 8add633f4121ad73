"""Does any text become a PDF that is tagged, titled and in French?"""

import io
import json

import pytest
from django.conf import settings
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pypdf import PdfReader

from assises.papers import typesetting
from tests.factories import WHILE_OPEN

TERRITORY = json.loads(
    (settings.BASE_DIR / "assises/data/territory.json").read_text(encoding="utf-8")
)
LETTER = {
    "title": "Lettre d’invitation",
    "event": "Assises 2027",
    "demonstration": False,
    "territory": {name: TERRITORY[name] for name in ("name", "view_box", "outline")},
    "person": "Claire Dupont",
    "headcount": 1,
    "function": "",
    "structure": "Lycée du Parc",
    "answered": True,
    "when": "jeudi 21 octobre 2027",
    "where": "Évry",
    "moments": "le matin",
    "written": "lundi 3 mai 2027",
    "signed": {"name": "Fatou", "email": "a@example.org", "phone": "", "publisher": ""},
}


def compiled(**told):
    return typesetting.compile_pdf("letter", LETTER | told, at=WHILE_OPEN)


def read(pdf):
    return PdfReader(io.BytesIO(pdf))


def text_of(pdf):
    return " ".join(" ".join(page.extract_text() for page in read(pdf).pages).split())


def test_a_paper_is_tagged_titled_and_in_french():
    root = read(compiled()).trailer["/Root"]

    assert root["/Lang"] == "fr-FR"
    assert root["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert read(compiled()).metadata.title == "Lettre d’invitation – Assises 2027"


def test_the_same_data_make_the_same_bytes():
    assert compiled() == compiled()


def test_what_people_type_is_never_markup():
    typed = '#read("/etc/passwd") *gras* $x$ \\ #panic("non") <a> @b // c'

    assert '#read("/etc/passwd") *gras* $x$' in text_of(compiled(person=typed))


@hypothesis_settings(max_examples=25, deadline=None)
@given(st.text(max_size=300))
@example("🚀 你好 \u202e\u0000 ﷽ e\u0301\u0489")
@example("W" * 300)
def test_any_text_becomes_a_tagged_paper(typed):
    pdf = compiled(person=typed, structure=typed)

    assert b"pdfuaid" in read(pdf).trailer["/Root"]["/Metadata"].get_data()


def test_a_sign_without_letter_is_a_box():
    assert "Zoé □ Ó" in text_of(compiled(person="Zoé 🚀 Ó"))


def test_what_cannot_be_tagged_is_made_without_tags_and_logged(monkeypatch, caplog):
    monkeypatch.setattr(typesetting, "printable", lambda data: data)

    assert "Zoé" in text_of(compiled(person="Zoé 🚀"))
    assert "letter is made without tags" in caplog.text


def test_a_paper_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(typesetting, "LONGEST", 0.01)

    with pytest.raises(typesetting.NotMadeError):
        compiled()
