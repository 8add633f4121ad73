"""The cast and the clock of every test."""

import pytest
import time_machine
from django.core.cache import cache

from tests import factories


@pytest.fixture(autouse=True)
def _clean_cache():
    cache.clear()


@pytest.fixture
def edition(db):
    """The call of the tests, open from 1 February to 31 May 2027 included."""
    return factories.EditionFactory()


@pytest.fixture
def while_open():
    """Stop the clock on 12 May 2027, 14 h 32 in Paris: the call is open."""
    with time_machine.travel(factories.WHILE_OPEN, tick=False) as traveller:
        yield traveller
