from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('submissions', '0008_what_was_typed'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='application',
            name='submissions_application_sent_is_complete',
        ),
        migrations.RemoveField(
            model_name='application',
            name='saved_steps',
        ),
        migrations.RemoveField(
            model_name='application',
            name='unfinished',
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'sent'), _negated=True), models.Q(models.Q(('kind', 'participate'), models.Q(models.Q(('title', ''), _negated=True), models.Q(('pitch', ''), _negated=True), models.Q(('stage', ''), _negated=True)), _connector='OR'), models.Q(models.Q(('kind', 'propose'), _negated=True), models.Q(models.Q(('description', ''), _negated=True), models.Q(('takeaway', ''), _negated=True), models.Q(('transferable', ''), _negated=True), models.Q(('presenters', ''), _negated=True), models.Q(('availability', ''), _negated=True)), _connector='OR'), models.Q(('email', ''), _negated=True), ('contact__isnull', False), ('sent_at__isnull', False), ('structure__isnull', False)), _connector='OR'), name='submissions_application_sent_is_complete', violation_error_message='Une réponse envoyée est complète.'),
        ),
    ]
