"""Which templates of Django do ours replace? A release that changes one is noticed.

Then: read what changed in the stock one, take over what ours needs, write its new digest.
"""

import hashlib
from pathlib import Path

import django
import pytest
from django.conf import settings

OURS = Path(settings.BASE_DIR) / "templates"
STOCK = [
    Path(django.__file__).parent / folder
    for folder in (
        "contrib/admin/templates",
        "contrib/auth/templates",
        "forms/templates",
    )
]
READ = {
    "admin/actions.html": "9b1499d0fad3636b",
    "admin/app_index.html": "3647a6067ec71c20",
    "admin/app_list.html": "3d3a224307d7cc86",
    "admin/base_site.html": "182897817c02fd96",
    "admin/change_form.html": "147994eac4053c3a",
    "admin/change_list.html": "613098bd9f37a1fe",
    "admin/change_list_results.html": "165b86b603f97e32",
    "admin/delete_confirmation.html": "afaad3af60d6fe9b",
    "admin/filter.html": "72f8dacc61259f70",
    "admin/includes/fieldset.html": "cdcfa96ca6b4672d",
    "admin/index.html": "47e85a3596be9761",
    "admin/object_history.html": "37b43b8571d4fa5c",
    "admin/pagination.html": "a50313922facefca",
    "admin/search_form.html": "6ef977578a62cb23",
    "admin/submit_line.html": "d2ddc01b7813b052",
}


def stock_of(name):
    """Return the file of Django that our template of this name replaces, or ``None``."""
    return next((path / name for path in STOCK if (path / name).exists()), None)


def test_every_template_that_replaces_one_of_django_is_known():
    ours = (str(path.relative_to(OURS)) for path in OURS.rglob("*.*"))

    assert {name for name in ours if stock_of(name)} == READ.keys()


@pytest.mark.parametrize("name", READ)
def test_what_it_replaces_is_what_was_read(name):
    digest = hashlib.sha256(stock_of(name).read_bytes()).hexdigest()

    assert digest[:16] == READ[name]
