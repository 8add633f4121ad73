"""What did somebody type: in a post that cannot be taken, in a field that is not valid yet?"""

from assises.french import text
from assises.packages import packages

# What is kept of a field that is not valid yet; the longest valid one has 2,000.
MOST_CHARACTERS = 20_000
MOST_VALUES = 100


def labelled_texts(data, page_labels=()):
    """Return pairs of label and text, in the order of the page.

    Only the fields that a package or the page declares are shown: choices, fingerprints
    and keys mean nothing to the person who reads them again.
    """
    labels = {}
    for package in packages():
        labels |= package.text_labels()
    labels |= dict(page_labels)
    return [
        (labels[name], "\n".join(values))
        for name, values in data.lists()
        if name in labels and any(values)
    ]


def labelled_choices(data):
    """Return pairs of label and words, of the choices that a package tells."""
    return [told for package in packages() for told in package.choices_in(data)]


def _is_huge(texts):
    return len(texts) > MOST_VALUES or sum(map(len, texts)) > MOST_CHARACTERS


def less_huge(texts):
    """Return ``texts``, name → texts, less what is too much to keep: it is shown again,
    and not stored."""
    return {name: values for name, values in texts.items() if not _is_huge(values)}


def kept_texts(form, names):
    """Return what was typed in ``names``, name → texts, less what is too much to keep."""
    typed = {name: map(text.storable, form.data.getlist(name)) for name in names}
    return less_huge({name: list(values) for name, values in typed.items()})


def too_much(form):
    """Say whether something in ``form`` is shown again without being kept."""
    return any(_is_huge(form.data.getlist(name)) for name in form.errors)
