"""Does the administration speak French to who reads it, in one way?"""

import pytest
from django.urls import reverse

from assises.admin.mails import JOBS
from assises.models import Job, Term
from assises.people import audit
from assises.work import jobs
from tests.factories import WHILE_OPEN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("while_open", "edition")]


def test_each_job_has_a_french_name(organiser, settings, tmp_path):
    settings.BACKUP_DIR = tmp_path
    jobs.plan(WHILE_OPEN)
    jobs.beat(WHILE_OPEN)

    shown = organiser.get(reverse("admin:assises_job_changelist")).text

    kinds = [kind.rpartition(".")[2] for kind in (*jobs.declared(), jobs.HEARTBEAT)]
    assert [kind for kind in kinds if kind not in JOBS or kind in shown] == []
    assert "signe de vie" in shown
    assert str(Job.objects.first()).startswith("tâche n° ")


def test_journal_says_which_list_was_exported(organiser, edition):
    values = {"liste": "projets-retenus", "format": "csv"}
    told = {"by": audit.SYSTEM, "at": WHILE_OPEN, "changed": values, "values": values}
    audit.record("export", edition, **told)

    shown = organiser.get(reverse("admin:assises_event_changelist")).text

    assert "liste\u00a0: projets-retenus" in shown
    assert "12/05/2027, 14\u00a0h\u00a032" in shown


def test_code_of_a_word_is_made_of_its_label(organiser):
    url = reverse("admin:assises_term_add")

    page = organiser.get(url)
    organiser.post(
        url, {"vocabulary": "theme", "label": "Œuvres d’été", "order": "0", "code": ""}
    )

    assert "il est tiré du texte ci-dessus" in page.text
    assert Term.objects.get(label="Œuvres d’été").code == "uvres-dete"


def test_roles_are_called_so_everywhere(organiser):
    pages = [
        reverse(f"admin:{name}")
        for name in ("index", "assises_user_changelist", "assises_rolegroup_changelist")
    ]

    texts = [organiser.get(page).text for page in pages]

    assert ["rôles" in text.lower() for text in texts] == [True] * 3
    assert ["groupe" in text.lower() for text in texts] == [False] * 3
