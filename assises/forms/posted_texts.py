"""What did somebody type: in a post that cannot be taken, in a field that is not valid yet?"""

from assises.french import text
from assises.packages import packages

# What is kept of a field that is not valid yet; the longest valid one has 2,000.
MOST_CHARACTERS = 20_000
MOST_VALUES = 100


def labelled_texts(data):
    """Return pairs of label and text, in the order of the page.

    Only the fields that a package declares are shown: choices, fingerprints and keys
    mean nothing to the person who reads them again.
    """
    labels = {}
    for package in packages():
        labels |= package.text_labels()
    return [
        (labels[name], "\n".join(values))
        for name, values in data.lists()
        if name in labels and any(values)
    ]


def labelled_choices(data):
    """Return pairs of label and words, of the choices that a package tells."""
    return [told for package in packages() for told in package.choices_in(data)]


def is_huge(texts):
    """Say whether this is too much to keep: it is shown again, and not stored."""
    return len(texts) > MOST_VALUES or sum(map(len, texts)) > MOST_CHARACTERS


def _typed_in(form, name):
    """Return the texts that came for the field ``name`` of ``form``."""
    return [text.storable(typed) for typed in form.data.getlist(name)]


def kept_texts(form, names):
    """Return what was typed in ``names``, name → texts, less what is too much to keep."""
    typed = {name: _typed_in(form, name) for name in names}
    return {name: texts for name, texts in typed.items() if not is_huge(texts)}


def too_much(form):
    """Say whether something in ``form`` is shown again without being kept."""
    return any(is_huge(_typed_in(form, name)) for name in form.errors)
