"""How does a template become a mail?"""

from django.template.loader import get_template

from assises.french import text


def compose(template, placeholders):
    """Return the subject and the body of ``template`` (``assises/mails/….txt``).

    ``placeholders`` is a flat dict of strings with French names, the only ones
    that organisers will be able to use; ``lien`` marks the place of the link.
    """
    context = {**placeholders, "lien": text.LINK_PLACE}
    subject, body = (
        get_template(f"{template}#{part}").render(context).strip()
        for part in ("subject", "body")
    )
    return text.one_line(subject), f"{body}\n"
