"""Load the demonstration: an invented edition, its answers and its accounts."""

import secrets

from django.core.management.base import BaseCommand, CommandError

from assises import clock
from assises.web import env
from committee.demonstration import accounts, loading


class Command(BaseCommand):
    help = (
        "Charge la démonstration, une seule fois : édition, structures, réponses et"
        " comptes inventés. DEMO_PASSWORD donne le mot de passe des comptes."
    )

    def handle(self, **options):
        try:
            loaded = loading.load_demonstration(clock.now())
        except loading.RealDataError:
            raise CommandError(
                "Cette base contient de vraies données : la démonstration n’y est pas"
                " chargée. Donnez-lui une base vide (VAR_DIR ou DATABASE_URL)."
            ) from None
        given = env.text("DEMO_PASSWORD")
        if loaded or given:
            password = given or secrets.token_urlsafe(9)
            accounts.load_accounts(password)
            self.stdout.write(f"Mot de passe des comptes : {password}")
        done = "chargée" if loaded else "déjà chargée, rien n’a changé"
        self.stdout.write(f"Démonstration {done}.")
