"""Keep of second contacts those alone who have left: their mail says who was told."""

from django.db import migrations, models


def keep_who_has_left(apps, schema_editor):
    Application = apps.get_model("submissions", "Application")
    for answer in Application.objects.exclude(left_by={}).only("left_by"):
        answer.left_by = [who for who, state in answer.left_by.items() if state == "left"]
        answer.save(update_fields=["left_by"])
    Application.objects.filter(left_by={}).update(left_by=[])


class Migration(migrations.Migration):

    dependencies = [
        ('submissions', '0011_declined_to_present'),
    ]

    operations = [
        migrations.RenameField('application', 'named', 'left_by'),
        migrations.AlterField(
            model_name='application',
            name='left_by',
            field=models.JSONField(blank=True, default=list, editable=False, verbose_name='secondes personnes retirées'),
        ),
        migrations.RunPython(keep_who_has_left, migrations.RunPython.noop),
    ]
