from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("committee", "0002_reviews_and_decisions"),
    ]

    operations = [
        migrations.AddField(
            model_name="review",
            name="settled",
            field=models.BooleanField(
                default=False, editable=False, verbose_name="ne se note plus"
            ),
        ),
    ]
