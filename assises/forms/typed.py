"""Which texts did somebody type in a post that cannot be taken?"""

from assises.packages import packages


def texts(data):
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
