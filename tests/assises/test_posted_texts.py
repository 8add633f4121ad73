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
        "a@faß.de",
        "a@" + "é." * 36 + "fr",
        "a@" + "é." * 400_000 + "fr",
    ],
)
def test_what_is_no_address_is_refused(typed):
    with pytest.raises(ValidationError, match="n’est pas complète"):
        fields.AddressField().clean(typed)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("zoé@exemple.fr", "ni accent ni lettre d’un autre alphabet"),
        ("zoe\u017f@exemple.fr", "ni accent"),
        ("zo\u0131@exemple.fr", "ni accent"),
        ("zoe@exemple,fr", "une virgule"),
        ("zoe@exemple.fr; ines@exemple.fr", "une seule adresse"),
        ("zoe@exemple.fr,ines@exemple.fr", "une seule adresse"),
        ("a" * 65 + "@b.fr", "64 caractères au plus"),
    ],
)
def test_what_is_wrong_of_an_address_is_said(typed, told):
    with pytest.raises(ValidationError, match=told):
        fields.AddressField().clean(typed)


def test_the_longest_name_of_an_address_is_taken():
    address = "a" * 64 + "@b.fr"

    assert fields.AddressField().clean(address) == address


UNSEEN = "\u202a\u200b\ufeff{}\u200e\u00ad\u202c"


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        (fields.AddressField, "zoe@exemple.fr", "zoe@exemple.fr"),
        (fields.PhoneField, "01 99 00 12 34", "+33199001234"),
        (fields.WebsiteField, "www.exemple.fr", "https://www.exemple.fr"),
        (fields.PeriodField, "mai 2027", "2027-05"),
        (fields.MinutesField, "8, 12", [8, 12]),
        (fields.NumberField, "1 200", 1200),
        (identifiers.SiretField, "732 829 320 00074", "73282932000074"),
        (identifiers.RnaField, "W912345678", "W912345678"),
        (identifiers.UaiField, "0951099D", "0951099D"),
    ],
)
def test_what_has_a_syntax_is_read_without_what_nobody_sees(field, typed, kept):
    half = len(typed) // 2
    pasted = UNSEEN.format(f"{typed[:half]}\u200b{typed[half:]}")

    assert field().clean(pasted) == kept


@pytest.mark.parametrize("typed", ["123", "zéro", "01 99 00 12 34 poste 5"])
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
        ("AOUT 2027", "2027-08"),
        ("fevrier 2027", "2027-02"),
        ("aou\u0302t 2027", "2027-08"),
        ("MARS 2027", "2027-03"),
        ("févr. 2027", "2027-02"),
        ("sept/2027", "2027-09"),
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
    "typed",
    [
        "javascript:alert(1)",
        "pas un site",
        "ftp://exemple.fr",
        "https://user:pw@exemple.fr",
        "https://exemple.fr@evil.example/",
        "zoe@exemple.fr",
    ],
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
    with pytest.raises(ValidationError, match=r"[Ll]aissez vide"):
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
    [
        "Marie-Ève d’Étiolles",
        "Dr.Martin",
        "Prof.Martin",
        "Mlle.Durand",
        "M.de La Tour",
        "J.dupont",
        "J.DUPONT",
        "J.-P. Martin",
        "M. Li",
        "a" * 160,
    ],
)
def test_a_name_is_kept_as_it_is_written(name):
    assert fields.NameField().clean(f" {name} ") == name


def test_a_limit_counts_characters_once_per_new_line():
    field = fields.ProseField(limit=5)

    assert field.clean("a\r\nb\r\nc") == "a\nb\nc"
    with pytest.raises(ValidationError, match="5 caractères au plus, 1 de trop"):
        field.clean("abcdef")
