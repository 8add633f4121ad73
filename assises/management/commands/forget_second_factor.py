"""Let in again somebody who lost both their telephone and their recovery codes."""

from django.core.management.base import BaseCommand, CommandError

from assises import clock
from assises.models import User
from assises.people import accounts, audit


class Command(BaseCommand):
    help = (
        "Efface le second facteur d’un compte\u00a0: il en règle un autre en entrant."
    )

    def add_arguments(self, parser):
        parser.add_argument("email", metavar="ADRESSE")

    def handle(self, *, email, **options):
        try:
            user = User.objects.get_by_natural_key(email)
        except User.DoesNotExist as error:
            raise CommandError(f"Aucun compte à l’adresse {email}.") from error
        accounts.forget_devices(user, by=audit.SYSTEM, at=clock.now())
        self.stdout.write("Second facteur effacé.")
