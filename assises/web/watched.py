"""Do the tables that pages are made of still hold the same? One statement tells it."""

from functools import cached_property

from django.db import connection
from django.db.models.functions import JSONArray

from assises.models import Commune, Edition, Page, Partner, Term, Territory

# Short tables that organisers alone write, and that pages of everybody read.
REFERENCE = (Edition, Territory, Partner, Page, Commune, Term)


def every_row(model):
    """Return all that ``model`` holds, one text by row: it changes with any of them."""
    columns = [field.attname for field in model._meta.concrete_fields]
    return model.objects.order_by().values_list(JSONArray(*columns))


class Watched:
    """The rows of ``queries`` of one column, such as :func:`every_row`, and of ``REFERENCE``."""

    def __init__(self, *queries):
        self.queries = queries

    @cached_property
    def statement(self):
        """The statement, and its parameters, that reads all of them at once."""
        first, *others = [*map(every_row, REFERENCE), *self.queries]
        return first.union(*others, all=True).query.sql_with_params()

    def rows(self):
        with connection.cursor() as cursor:
            cursor.execute(*self.statement)
            return cursor.fetchall()
