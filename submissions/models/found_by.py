"""By which words is an answer found: those that everybody may search, and those of people?"""

from functools import partial

from assises.french import phones, text


def found_by(application):
    """Return, folded, what an answer says of itself, and what it says of who gave it."""
    of_structure, of_contact = (
        partial(application.said, step) for step in ("structure", "contact")
    )
    who = [
        *map(of_structure, ("name", "siret", "rna", "uai", "unit")),
        application.person,
        application.email,
        *map(of_contact, ("second_first_name", "second_last_name", "second_email")),
        *(phones.digits(of_contact(each)) for each in ("phone", "second_phone")),
    ]
    what = [
        application.title or application.get_kind_display(),
        application.reference,
        application.key,
        application.said("action", "pitch"),
        *([] if application.is_by_an_individual else who[:4]),
    ]
    return text.fold(" ".join(what)), text.fold(" ".join(who))
