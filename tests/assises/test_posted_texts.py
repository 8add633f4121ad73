"""What each kind of field takes, keeps and refuses."""

import pytest
from django.core.exceptions import ValidationError

from assises.forms import fields, identifiers


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Chloe@Exemple.FR ", "chloe@exemple.fr"),
        ("a@éxemple.fr", "a@xn--xemple-9ua.fr"),
        ("", ""),
    ],
)
def test_an_address_is_normalised(typed, kept):
    assert fields.AddressField().clean(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "abc@",
        "@exemple.fr",
        "a@localhost",
        "a@[127.0.0.1]",
        "a b@exemple.fr",
        "zoe\u017f@exemple.fr",
        "zo\u0131@exemple.fr",
        "a@faß.de",
        "a" * 250 + "@b.fr",
        "a@" + "é." * 36 + "fr",
        "a@" + "é." * 400_000 + "fr",
    ],
)
def test_what_is_no_address_is_refused(typed):
    with pytest.raises(ValidationError, match="n’est pas complète"):
        fields.AddressField().clean(typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("01 99 00 12 34", "+33199001234"),
        ("01.99.00.12.34", "+33199001234"),
        ("+33 1 99 00 12 34", "+33199001234"),
        ("+33 (0)1 99 00 12 34", "+33199001234"),
        ("0033199001234", "+33199001234"),
        ("+32 2 123 45 67", "+3221234567"),
    ],
)
def test_a_telephone_is_kept_in_one_form(typed, kept):
    assert fields.PhoneField().clean(typed) == kept


@pytest.mark.parametrize(
    "typed", ["123", "01 99 00 12", "0199001234567", "+33", "zéro", "٠١٩٩٠٠١٢٣٤"]
)
def test_what_is_no_telephone_is_refused(typed):
    with pytest.raises(ValidationError, match="dix chiffres"):
        fields.PhoneField().clean(typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2027", "2027"),
        ("09/2026", "2026-09"),
        ("9/2026", "2026-09"),
        ("septembre 2026", "2026-09"),
        ("sept. 2026", "2026-09"),
        ("Juil. 2026", "2026-07"),
        ("août 2026", "2026-08"),
        ("Décembre 2026", "2026-12"),
        ("mai\u00a02026", "2026-05"),
    ],
)
def test_a_period_is_a_year_or_a_month(typed, kept):
    assert fields.PeriodField().clean(typed) == kept


@pytest.mark.parametrize(
    "typed", ["31/02/2027", "13/2026", "jui 2026", "26", "demain", "3027"]
)
def test_what_is_no_period_is_refused(typed):
    with pytest.raises(ValidationError, match="Indiquez une année"):
        fields.PeriodField().clean(typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("www.exemple.fr", "https://www.exemple.fr"),
        ("http://exemple.fr/page", "http://exemple.fr/page"),
    ],
)
def test_a_website_may_leave_its_scheme_out(typed, kept):
    assert fields.WebsiteField().clean(typed) == kept


@pytest.mark.parametrize(
    "typed", ["javascript:alert(1)", "pas un site", "ftp://exemple.fr"]
)
def test_what_is_no_website_is_refused(typed):
    with pytest.raises(ValidationError, match="n’est pas reconnue"):
        fields.WebsiteField().clean(typed)


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        (identifiers.SiretField, " 732 829 320 00074 ", "73282932000074"),
        (identifiers.SiretField, "35600000000048", "35600000000048"),
        (identifiers.SiretField, "35600000009075", "35600000009075"),
        (identifiers.RnaField, "w 912 345 678", "W912345678"),
        (identifiers.RnaField, "W9R1234567", "W9R1234567"),
        (identifiers.UaiField, "0951099 d", "0951099D"),
    ],
)
def test_an_identifier_is_kept_without_its_spaces(field, typed, kept):
    assert field().clean(typed) == kept


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        (identifiers.SiretField, "73282932000075"),
        (identifiers.SiretField, "35600000009076"),
        (identifiers.SiretField, "1234"),
        (identifiers.RnaField, "912345678"),
        (identifiers.UaiField, "0951099E"),
        (identifiers.UaiField, "951099D"),
    ],
)
def test_what_is_no_identifier_is_refused(field, typed):
    with pytest.raises(ValidationError, match="Relisez-le, ou laissez vide"):
        field().clean(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "Voir https://evil.example",
        "WWW.EVIL.COM",
        "a@b",
    ],
)
def test_a_name_carries_no_address(typed):
    with pytest.raises(ValidationError, match="sans adresse"):
        fields.NameField().clean(typed)


@pytest.mark.parametrize(
    "name",
    ["Marie-Ève d’Étiolles", "Dr.Martin", "J.DUPONT", "J.-P. Martin", "M. Li"],
)
def test_a_name_is_kept_as_it_is_written(name):
    assert fields.NameField().clean(f" {name} ") == name


def test_a_limit_counts_characters_once_per_new_line():
    field = fields.ProseField(limit=5)

    assert field.clean("a\r\nb\r\nc") == "a\nb\nc"
    with pytest.raises(ValidationError, match="5 caractères au plus, 1 de trop"):
        field.clean("abcdef")
