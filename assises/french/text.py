"""What may a typed text contain, and how is it compared?"""

import re
import unicodedata

# Mails keep the place of the personal link with this character: cleaning removes it
# from whatever people type, so nobody can write a link of their own there.
LINK_PLACE = "\x1e"

# What a paste brings in place of a line or of a space, and the letters of Windows-1252
# that were read as if they were controls: « l\x92eau ».
_MEANT = dict.fromkeys(("\r\n", *"\r\x0b\x0c\u2028\u2029"), "\n")
_MEANT |= dict.fromkeys("\x1c\x1d\x1e\x1f", " ")
_MEANT |= {
    chr(code): bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)
}
# Beside them: controls, those of the direction of a line too, lone surrogates,
# non-characters.
_STRANGE = re.compile(
    r"\r\n|[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
    r"\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


def clean(value):
    """Return ``value`` as it may be stored; made only of invisible characters, it is empty."""
    value = storable(value)
    return value if has_visible(value) else ""


def storable(value):
    """Return ``value`` less what a database or a reader of files refuses, in NFC.

    A new line is LF, a separator a new line or a space.
    """
    value = _STRANGE.sub(lambda found: _MEANT.get(found[0], ""), value)
    return unicodedata.normalize("NFC", value)


def loses(value):
    """Say whether :func:`storable` takes characters away from ``value``."""
    return not all(_MEANT.get(found) for found in _STRANGE.findall(value))


def less_unseen(value):
    """Return ``value`` without the characters of format, that a paste brings unseen: for
    what has a syntax, as an address."""
    return "".join(c for c in clean(value) if unicodedata.category(c) != "Cf")


def has_visible(value):
    """Say whether a reader would see anything of ``value``."""
    return any(
        unicodedata.category(character)[0] not in "ZCM" and character not in INVISIBLE
        for character in value
    )


# Letters and symbols by their category, that no font draws. Marks (M) change what they
# follow, or choose its drawing: alone, they show nothing.
INVISIBLE = frozenset(
    "\u115f\u1160\u3164\uffa0\u2800\ufffc\U0001d159\U00013441\U00013442"
)


def in_one_line(value):
    """Return ``value`` with a space for each new line, as a field of one line reads it."""
    return " ".join(value.split("\n")).strip()


def one_line(value):
    """Return ``value`` on one line, fit for the header of a mail."""
    return " ".join(clean(value).split())


def masked(address):
    """Return an e-mail address as its owner alone knows it: « z…@example.org »."""
    return f"{address[:1]}…{address[address.rfind('@') :]}"


def shorten(value, limit):
    """Return ``value`` on one line, cut with an ellipsis past ``limit`` characters."""
    value = one_line(value)
    return value if len(value) <= limit else f"{value[: limit - 1].rstrip()}…"


# A plain space before a colon, inside « », before the other marks of two parts.
_BEFORE_COLON = re.compile(r"(?<=\S)[ ](?=[:\u00bb](?!\S))|(?<=\u00ab)[ ](?=\S)")
_BEFORE_MARK = re.compile(r"(?<=\S)[ ](?=[;!?]+(?!\S))")


def hard_spaced(value):
    """Return ``value`` with the spaces of French typography such that no line begins with
    « : », « ! » or « ? ». For the eye alone: what is stored stays as it was typed."""
    value = _BEFORE_COLON.sub("\u00a0", value)
    return _BEFORE_MARK.sub("\u202f", value)


# What readers of mail, and IDNA, take for the dot of a domain.
_DOTS = ".\u2024\u3002\uff0e\uff61"
# Characters between two letters that nobody sees, and that a reader of mail may skip.
_UNSEEN = "\u00ad\u200b-\u200f\u2060-\u2064\ufeff"
_CLICKABLE = re.compile(
    rf"(?<=\S)[{_DOTS}](?=(?:[{_UNSEEN}]*[^\W\d_]){{2}})"  # evil.example
    rf"|(?<=www)[{_DOTS}](?=\S)"  # www.1evil
    r"|:(?=//)|(?<=[^\W\d_]):(?=\S)"  # https://1.2.3.4, mailto:a@b
    r"|\\(?=\\)",  # \\server\share
    re.IGNORECASE,
)
_IN_FIGURES = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?!\.?\d)")


def defused(value):
    """Return ``value`` with a space wherever a reader of mail would make a link.

    What a stranger typed may reach somebody who has asked for nothing: it is read
    there, and not clicked. A text without any address stays as it is.
    """
    value = _IN_FIGURES.sub(lambda figures: figures[0].replace(".", ". "), value)
    return _CLICKABLE.sub(lambda dot: f"{dot[0]} ", value)


# What a search reads of what is typed.
MOST_SEARCHED_WORDS = 10
MOST_SEARCHED_CHARACTERS = 200
# A telephone as people write it, at least four of its digits.
_TELEPHONE = re.compile(r"(?=(?:\D*\d){4})[0-9\s.()/+-]+")
# Words that only say that a number or a name follows: « Dossier n° K7QF-2M9X », « Mme Rivoire ».
_BEFORE_A_NUMBER = {"dossier", "reponse", "n", "no", "numero"}
_BEFORE_A_NAME = {"m", "mr", "mme", "mlle", "monsieur", "madame", "mademoiselle"}


# Letters that no decomposition takes apart.
_WHOLE = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})


def fold(value):
    """Return the words of ``value`` as they are searched, sorted and compared.

    Compatibility decomposition without accents, lower case, one space between
    words, final plural marks of words longer than three letters stripped: the
    same answer on every database.
    """
    decomposed = unicodedata.normalize("NFKD", value).casefold().translate(_WHOLE)
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    words = re.findall(r"[^\W_]+", plain)
    return " ".join(
        word[:-1] if len(word) > 3 and word.isalpha() and word[-1] in "sx" else word
        for word in words
    )


def searched_words(query):
    """Return the folded words that what is searched must all hold.

    « % » has no word: no folded text holds it, so it finds nothing rather than all.
    """
    query = query[:MOST_SEARCHED_CHARACTERS]
    if _TELEPHONE.fullmatch(query):
        digits = re.sub(r"\D", "", query.replace("(0)", "")).lstrip("0")
        return [digits] if digits else query.split()
    words = fold(query).split() or query.split()
    named = [w for w in words if w not in _BEFORE_A_NUMBER | _BEFORE_A_NAME]
    return (named or words)[:MOST_SEARCHED_WORDS]
