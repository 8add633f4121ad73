import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assises.french import text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("tab\tkept", "tab\tkept"),
        ("science\x0bau", "science\nau"),
        ("un\u2028deux\u2029trois\x0cquatre", "un\ndeux\ntrois\nquatre"),
        ("avant\x1eaprès\x1f", "avant après "),
        ("l\x92eau du c\x9cur\x85\x81", "l’eau du cœur…"),
        ("\x00=1+1\ufffe\x7f", "=1+1"),
        ("e\u0301le\u0300ve", "élève"),
        ("\u202dabc\u202e \u2066x\u2069\u200f\u200e\u061c", "abc x"),
        ("\ud800é", "é"),
        ("\u200b\u00a0 ", ""),
        ("\u3164", ""),
        ("{{7*7}} <script>", "{{7*7}} <script>"),
        ("👩‍🔬 مرحبا", "👩‍🔬 مرحبا"),
    ],
)
def test_clean_keeps_what_people_write(typed, kept):
    assert text.clean(typed) == kept


@pytest.mark.parametrize(
    "sign",
    "\ufe0f\ufe00\U000e0100\u180b\u180e\u034f\u17b4\u17b5\u0335\u0903\u00ad\ufffc"
    "\U0001d159\U00016fe4\U00013441\u115f\u2800\u2062\U000e0041",
    ids=ascii,
)
def test_signs_that_nobody_sees_are_no_text(sign):
    assert text.clean(sign * 3) == ""
    assert text.clean(f"a{sign}") == f"a{sign}"


@given(st.text())
def test_clean_is_storable_and_stable(typed):
    cleaned = text.clean(typed)

    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    assert "\x00" not in cleaned
    assert text.LINK_PLACE not in cleaned
    assert text.clean(cleaned) == cleaned
    assert not text.loses(cleaned)


def test_one_line_collapses_what_would_break_a_header():
    assert text.one_line("Objet\r\nBcc: tous\n") == "Objet Bcc: tous"


def test_shorten_shows_its_cut():
    assert text.shorten("abcdef", 6) == "abcdef"
    assert text.shorten("abcdefg", 6) == "abcde…"


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Étoiles & Cœur", "etoile coeur"),
        ("LES FUSÉES", "les fusee"),
        ("ﬁlles", "fille"),
        ("K7QF-2M9X", "k7qf 2m9x"),
        ("e\u0301le\u0300ve", "eleve"),
        ("Lætitia Ørsted № 3", "laetitia orsted no 3"),
    ],
)
def test_fold_ignores_accents_case_and_plurals(typed, folded):
    assert text.fold(typed) == folded


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("Dossier n° C5XG-AUVP", ["c5xg", "auvp"]),
        ("Réponse nº C5XG-AUVP", ["c5xg", "auvp"]),
        ("dossier", ["dossier"]),
        ("Mme Rivoire", ["rivoire"]),
        ("monsieur Hautbois", ["hautboi"]),
        ("Madame", ["madame"]),
        ("01.99.00", ["19900"]),
        ("ÉLUARD, Élèves", ["eluard", "eleve"]),
        ("% _", ["%", "_"]),
        (" \t", []),
        ("a " * 50, ["a"] * 10),
    ],
)
def test_a_search_reads_folded_words(query, words):
    assert text.searched_words(query) == words


def test_names_are_sorted_as_people_read_them():
    names = ["Zola", "de La Tour", "Éluard", "DURAND", "Eco"]

    assert sorted(names, key=text.fold) == [
        "de La Tour",
        "DURAND",
        "Eco",
        "Éluard",
        "Zola",
    ]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (
            "Votre colis : https://evil.example/b",
            "Votre colis : https: //evil. example/b",
        ),
        ("evil.com/x", "evil. com/x"),
        ("EVIL.COM", "EVIL. COM"),
        ("www.1evil.fr", "www. 1evil. fr"),
        ("écrivez à a@evil.fr", "écrivez à a@evil. fr"),
        ("evil。com et evil．com", "evil。 com et evil． com"),
        ("evil.c\u00adom", "evil. c\u00adom"),
        ("http://10.0.0.1/x", "http: //10. 0. 0. 1/x"),
        ("mailto:a@b", "mailto: a@b"),
        (r"\\serveur\partage", r"\ \serveur\partage"),
        ("L’école. Et après ?", "L’école. Et après ?"),
        ("Robots 2.0, le 12.05 à 14:30", "Robots 2.0, le 12.05 à 14:30"),
        ("C.N.R.S. : 01.99.00.12.34…", "C.N.R.S. : 01.99.00.12.34…"),
        ("Planètes : d’où vient l’eau ?", "Planètes : d’où vient l’eau ?"),
    ],
)
def test_a_defused_text_is_read_and_not_clicked(typed, read):
    assert text.defused(typed) == read
    assert text.defused(read) == read


@given(st.text("ab.:/@\\w1 é\u00ad。", max_size=40))
def test_nothing_defused_holds_what_makes_a_link(typed):
    read = text.defused(typed)

    assert not re.search(r"://|\S[.。][^\W\d_]{2}|www\.\S|[^\W\d_]:\S", read)
    assert read.replace(" ", "") == typed.replace(" ", "")
    assert text.defused(read) == read
