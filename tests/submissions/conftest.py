"""Somebody whose declared action the committee asks to be presented."""

import pytest

from tests.answers import enter
from tests.factories import declared_action


@pytest.fixture
def application():
    return declared_action(
        asked=True, email="zoe@example.org", title="L’œuf d’Étiolles"
    )


@pytest.fixture
def bearer(client, application):
    """Her browser, opened by the link of the mail."""
    enter(client, "zoe@example.org")
    application.refresh_from_db()
    return client
