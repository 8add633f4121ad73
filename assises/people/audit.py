"""Write the journal: who did what, in the transaction of what it tells."""

from assises.french import text
from assises.models import Event, User

APPLICANT = "porteuse ou porteur"
SYSTEM = "le site"
# A model that declares one of these personal is named after a person.
NAMES = {"user", "name", "first_name", "email", "address", "subject"}


def record(verb, instance, *, by, at, changed=(), values=None):
    """Write that ``by`` did ``verb`` to ``instance``.

    ``by`` is a user, or the words for somebody without an account
    (:data:`APPLICANT`, :data:`SYSTEM`). ``changed`` names fields; ``values`` keeps
    those that the model does not declare personal: the journal outlives erasure.
    """
    personal = getattr(instance, "personal", set())
    user = by if isinstance(by, User) else None
    return Event.objects.create(
        at=at,
        user=user,
        actor=f"compte n° {user.pk}" if user else by,
        verb=verb,
        model=instance._meta.label_lower,
        object_key=str(instance.pk),
        object_label=text.shorten(_audit_label(instance), 120),
        changed=sorted(changed),
        values={
            name: str(value)
            for name, value in (values or {}).items()
            if name not in personal
        },
    )


def _audit_label(instance):
    """Name ``instance`` without any personal value."""
    if hasattr(instance, "reference"):
        return f"{instance._meta.verbose_name} {instance.reference}".strip()
    if NAMES & set(getattr(instance, "personal", ())):
        return f"{instance._meta.verbose_name} n° {instance.pk}"
    return str(instance)
