"""Fold the words by which rows written before are found."""

from django.db import migrations

from assises.french import phones, text


def dossier(mail):
    return f"{mail.reference[:4]}-{mail.reference[4:]} {mail.reference}"


WORDS = {
    "Contact": lambda row: (row.last_name, row.first_name, row.email, phones.digits(row.phone)),
    "User": lambda row: (row.last_name, row.first_name, row.email),
    "Mail": lambda row: (row.subject, row.address, dossier(row)),
    "Event": lambda row: (row.object_label, row.verb),
}


def fold_rows(apps, schema_editor):
    for name, words in WORDS.items():
        rows = apps.get_model("assises", name).objects
        for row in rows.iterator():
            folded = text.fold(" ".join(words(row)))
            rows.filter(pk=row.pk).update(search_text=folded)


class Migration(migrations.Migration):
    dependencies = [("assises", "0009_found_by")]
    operations = [migrations.RunPython(fold_rows, migrations.RunPython.noop)]
