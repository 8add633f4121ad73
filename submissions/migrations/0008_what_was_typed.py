"""Carry answers over: ``typed`` holds what rows and ``unfinished`` held, step → field → texts.

A draft that was never sent keeps nothing else: its rows go. The versions sent take the
same shape, and the digest of it.
"""

import hashlib
import json

from django.db import migrations

STRUCTURE = ("name", "kind", "website", "about", "siret", "rna", "uai")
CONTACT = ("first_name", "last_name", "phone", "function", "status")
SECOND = ("first_name", "last_name", "email", "phone", "function")
CONSENTS = ("shows_email", "on_shared_list", "keep_informed")
OWN = {
    "structure": ("unit", "structure_correction"),
    "contact": ("email", "direction_informed"),
    "action": (
        "title", "pitch", "stage", "description", "recurrent", "reach", "girls_share",
    ),
    "territoire": ("whole_territory",),
    "matinee": (
        "takeaway", "transferable", "presenters", "availability", "minutes_wanted",
        "minors", "equipment",
    ),
    "public": ("difficulty", "seeks", "offers", "publishes"),
}
TERMS = {
    "action": {"axes": "axis", "themes": "theme", "formats": "format"},
    "territoire": {"audiences": "audience"},
}
CLEARED = {
    "pitch": "", "description": "", "stage": "", "starts": "", "ends": "",
    "recurrent": False, "whole_territory": False, "reach": "", "girls_share": "",
    "takeaway": "", "transferable": "", "minutes_wanted": None, "presenters": "",
    "minors": "", "equipment": "", "availability": "", "difficulty": "", "seeks": "",
    "offers": "", "publishes": False, "unit": "", "structure_correction": "",
    "direction_informed": False, "contact": None, "second_contact": None,
}


def texts(value):
    """Return what a browser would have sent for ``value``."""
    if isinstance(value, bool):
        return ["on"] if value else []
    if isinstance(value, list):
        return value
    return ["" if value is None else str(value)]


def period(value):
    """Write « 2027-09 » as the form takes it: « 09/2027 »."""
    return "/".join(reversed(value.split("-")))


def typed_in(answer):
    """Return what the rows of ``answer`` say, step → field → texts."""
    typed = {
        step: {name: texts(getattr(answer, name)) for name in names}
        for step, names in OWN.items()
    }
    typed["action"] |= {n: [period(getattr(answer, n))] for n in ("starts", "ends")}
    terms = list(answer.terms.all())
    for step, names in TERMS.items():
        for name, vocabulary in names.items():
            codes = sorted(t.code for t in terms if t.vocabulary == vocabulary)
            typed[step][name] = codes
    communes = sorted(commune.pk for commune in answer.communes.all())
    typed["territoire"]["communes"] = communes
    picked = answer.structure_picked and answer.structure_id
    typed["structure"]["known"] = [str(picked or "")]
    if structure := answer.structure:
        rows = {name: texts(getattr(structure, name)) for name in STRUCTURE}
        seat = "ailleurs" if structure.seat_elsewhere else structure.seat_id
        typed["structure"] |= rows | {"seat": texts(seat)}
        if not picked:
            typed["public"]["listed"] = texts(structure.listed)
    if contact := answer.contact:
        typed["contact"] |= {n: texts(getattr(contact, n)) for n in CONTACT}
        typed["public"] |= {n: texts(getattr(contact, n)) for n in CONSENTS}
    if second := answer.second_contact:
        typed["contact"] |= {f"second_{n}": texts(getattr(second, n)) for n in SECOND}
    for step, fields in answer.unfinished.items():
        typed[step] |= fields
    seen = {*answer.saved_steps, *answer.unfinished, "contact"}
    return {
        step: fields
        for step, fields in typed.items()
        if step in seen or any(any(said) for said in fields.values())
    }


def said(typed, step, *names):
    fields = typed.get(step, {})
    return " ".join(filter(None, (" ".join(fields.get(n, [])) for n in names))).strip()


def carry_over(apps, schema_editor):
    Application = apps.get_model("submissions", "Application")
    Snapshot = apps.get_model("submissions", "Snapshot")
    for snapshot in Snapshot.objects.all():
        snapshot.content = reshaped(snapshot.content)
        canonical = json.dumps(
            snapshot.content, sort_keys=True, ensure_ascii=False, separators=(",", ":")
        )
        snapshot.sha256 = hashlib.sha256(canonical.encode()).hexdigest()
        snapshot.save()
    related = ("structure", "contact", "second_contact")
    for answer in Application.objects.select_related(*related):
        last = Snapshot.objects.filter(application=answer).order_by("number").last()
        if answer.state == "sent" and last:
            steps = {k: v for k, v in last.content.items() if isinstance(v, dict)}
            answer.typed = typed_in(answer) | steps
        else:
            answer.typed = typed_in(answer)
        answer.title = said(answer.typed, "action", "title")[:100]
        answer.structure_name = said(answer.typed, "structure", "name")[:120]
        answer.person = said(answer.typed, "contact", "first_name", "last_name")[:200]
        rows = [answer.contact, answer.second_contact]
        if answer.state == "draft" and not last:
            answer.terms.clear()
            answer.communes.clear()
            if answer.structure and not answer.structure_picked:
                rows.append(answer.structure)
                answer.structure = None
            for name, value in CLEARED.items():
                setattr(answer, name, value)
            answer.save()
            for row in filter(None, rows):
                forget(row)
        else:
            answer.save()


def reshaped(content):
    """Return the content of a version sent: each value becomes a list of texts."""
    return {
        step: {name: texts(value) for name, value in fields.items()}
        if isinstance(fields, dict)
        else fields
        for step, fields in content.items()
    }


def forget(row):
    """Delete ``row`` if nothing names it, nor anybody has confirmed or listed it."""
    if getattr(row, "email_confirmed_at", None) or getattr(row, "listed", False):
        return
    for relation in row._meta.related_objects:
        named = relation.related_model.objects.filter(**{relation.field.name: row})
        if relation.related_model._meta.model_name != "mail" and named.exists():
            return
    row.delete()


class Migration(migrations.Migration):

    dependencies = [
        ('submissions', '0007_typed'),
        ('committee', '0004_member_criterion'),
    ]

    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
