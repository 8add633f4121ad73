"""Fold apart the words of answers that name people, and those that everybody searches."""

from django.db import migrations

from assises.french import phones, text

KINDS = {"participate": "Participer", "declare": "Déclarer une action"}
PEOPLE = ("second_first_name", "second_last_name", "second_email")


def fold_answers(apps, schema_editor):
    answers = apps.get_model("submissions", "Application").objects
    for row in answers.iterator():

        def said(step, name, row=row):
            return (row.typed.get(step, {}).get(name) or [""])[0]

        structure = [said("structure", each) for each in ("name", "siret", "rna", "uai")]
        who = [*structure, said("structure", "unit"), row.person, row.email]
        who += [said("contact", each) for each in PEOPLE]
        who += [phones.digits(said("contact", each)) for each in ("phone", "second_phone")]
        if said("structure", "kind") == "individuel":
            structure = []
        what = [
            row.title or KINDS.get(row.kind, "Proposer une action pour la matinée"),
            f"{row.key[:4]}-{row.key[4:]} {row.key}",
            said("action", "pitch"),
            *structure,
        ]
        answers.filter(pk=row.pk).update(
            search_text=text.fold(" ".join(what)), people_text=text.fold(" ".join(who))
        )


class Migration(migrations.Migration):
    dependencies = [("submissions", "0014_found_by")]
    operations = [migrations.RunPython(fold_answers, migrations.RunPython.noop)]
