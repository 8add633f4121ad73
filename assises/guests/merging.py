"""How do two structures become one, and two again while nothing has changed since?"""

import hashlib
import json
from itertools import batched
from typing import NamedTuple

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import F, Field, Q, UniqueConstraint, Value

from assises.models import Contact, Event, Structure
from assises.models.base import Found
from assises.packages import packages
from assises.people import audit

# How many relations are asked in one statement: SQLite joins five hundred at most.
MOST_AT_ONCE = 400
MERGED, PARTED = "fusionne", "défait la fusion"


class MergeRefusedError(Exception):
    """One of the two was merged meanwhile, or something has changed since."""


class Move(NamedTuple):
    """The rows of one relation that leave ``source`` for ``target``; each key of ``twins``
    is that of a row which stays, because ``target`` has the same already."""

    field: Field
    source: int
    target: int
    rows: list
    twins: dict

    @property
    def noun(self):
        model = self.field.model
        return (model._meta.auto_created or model)._meta.verbose_name_plural

    def staying(self):
        return self.field.model._base_manager.filter(pk__in=self.twins)


def relations(model):
    """Return the fields by which rows point to one of ``model``, those of the tables
    between two models and those without a name of their own included."""
    return [
        relation.field
        for relation in model._meta.get_fields(include_hidden=True)
        if relation.auto_created and (relation.one_to_many or relation.one_to_one)
    ]


def moves(kept, merged):
    """Return a :class:`Move` for every relation of the row ``merged`` of the same model.

    A person whom both structures know by one confirmed address stays as ``kept`` knows
    them: what names the other row then names this one.
    """
    found = []
    for field in relations(type(kept)):
        twins = _twins(field, kept.pk, merged.pk)
        pointing = _pointing(field, merged.pk).exclude(pk__in=twins)
        rows = sorted(pointing.values_list("pk", flat=True))
        found.append(Move(field, merged.pk, kept.pk, rows, twins))
        if field.model is Contact:
            for row, twin in twins.items():
                found += moves(Contact(pk=twin), Contact(pk=row))
    return found


def _pointing(field, pk):
    return field.model._base_manager.filter(**{field.attname: pk})


def _twins(field, kept, merged):
    """Return the rows of ``merged`` that a constraint forbids beside those of ``kept``."""
    twins = {}
    for names, condition in _uniqueness(field):
        columns = [field.model._meta.get_field(n).attname for n in names]
        of_kept, of_merged = (
            _pointing(field, pk).filter(condition).values_list("pk", *columns)
            for pk in (kept, merged)
        )
        held = {tuple(values): pk for pk, *values in of_kept}
        for pk, *values in of_merged:
            if None not in values and tuple(values) in held:
                twins[pk] = held[tuple(values)]
    return twins


def _uniqueness(field):
    """Yield what is unique with ``field``: the names of the other columns, and of which rows."""
    options = field.model._meta
    uniques = [(names, Q()) for names in options.unique_together]
    uniques += [
        (constraint.fields, constraint.condition or Q())
        for constraint in options.constraints
        if isinstance(constraint, UniqueConstraint)
    ]
    uniques += [((field.name,), Q())] if field.unique else []
    for names, condition in uniques:
        if field.name in names:
            yield [name for name in names if name != field.name], condition


@transaction.atomic
def merge(kept, merged, *, by, at):
    """Let ``kept`` have all that ``merged`` had, and return the line of the journal by
    which :func:`undo` parts them. Raises :class:`MergeRefusedError`."""
    both = Structure.objects.unmerged().filter(pk__in=[kept.pk, merged.pk])
    if len(both.select_for_update().order_by("pk")) < 2:
        raise MergeRefusedError
    moved = absorb(kept, merged)
    Structure.objects.filter(pk=merged.pk).update(merged_into=kept)
    for package in packages():
        package.structure_replaced(merged, kept)
    told = [[_name(m.field), m.source, m.target, m.rows] for m in moved]
    values = {"merged": merged.pk, "moved": json.dumps(told), "then": _standing(told)}
    return audit.record(MERGED, kept, by=by, at=at, values=values)


def absorb(kept, merged):
    """Let ``kept`` stand wherever ``merged``, a row of the same model, stood; return its
    :func:`moves`. Raises :class:`MergeRefusedError` if a constraint forbids one."""
    moved = moves(kept, merged)
    for move in moved:
        _point(move.field, move.rows, move.target)
    return moved


def _point(field, rows, target):
    """Let ``rows`` point to ``target``; who was changing one of them reads it again."""
    columns = {field.attname: target}
    if any(column.name == "version" for column in field.model._meta.local_fields):
        columns["version"] = F("version") + 1
    among = field.model._base_manager.filter(pk__in=rows)
    try:
        with transaction.atomic():
            among.update(**columns)
    except IntegrityError as error:
        raise MergeRefusedError from error
    if issubclass(field.model, Found):
        for row in among:
            row.save(update_fields=["search_text"])


def _name(field):
    return f"{field.model._meta.label_lower}.{field.name}"


def _field(name):
    model, _, field = name.rpartition(".")
    return apps.get_model(model)._meta.get_field(field)


def _standing(told):
    """Return a digest of who points where: a row more, less or saved since changes it."""
    asked, found = [], []
    for name, source, target, _ in told:
        field = _field(name)
        columns = {column.name for column in field.model._meta.local_fields}
        version = F("version") if "version" in columns else Value(0)
        for pk in (source, target):
            place = Value(len(asked))
            rows = _pointing(field, pk).order_by()
            asked.append(rows.values_list(place, "pk", version))
            found.append([])
    for some in batched(asked, MOST_AT_ONCE):
        for place, *row in some[0].union(*some[1:], all=True):
            found[place].append(row)
    said = json.dumps([sorted(rows) for rows in found])
    return hashlib.sha256(said.encode()).hexdigest()


def last_merge(structure):
    """Return the last line of the journal that :func:`undo` would take for ``structure``, in
    two queries."""
    event = Event.objects.about(structure).filter(verb=MERGED).first()
    return event if event and may_undo(event) else None


def may_undo(event):
    """Say whether nothing has changed since ``event``."""
    return _standing(json.loads(event.values["moved"])) == event.values["then"]


@transaction.atomic
def undo(event, *, by, at):
    """Give back what ``event`` moved. Raises :class:`MergeRefusedError` if something has
    changed since."""
    keys = [int(event.object_key), int(event.values["merged"])]
    rows = Structure.objects.select_for_update().in_bulk(keys)
    kept, merged = map(rows.get, keys)
    if not may_undo(event):
        raise MergeRefusedError
    for name, source, _, moved in reversed(json.loads(event.values["moved"])):
        _point(_field(name), moved, source)
    Structure.objects.filter(pk=merged.pk).update(merged_into=None)
    for package in packages():
        package.structure_replaced(kept, merged)
    audit.record(PARTED, kept, by=by, at=at, values={"merged": merged.pk})
