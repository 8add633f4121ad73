"""How organisers open, search and correct answers in the administration."""

from django.urls import reverse

LIST = reverse("admin:submissions_application_changelist")


def page(application):
    return reverse("admin:submissions_application_change", args=[application.pk])


def found(client, query):
    """Return the keys of the answers that ``query`` finds, in the order of the list."""
    return [row.pk for row in client.get(LIST, {"q": query}).context["cl"].result_list]


def correction(client, application, **texts):
    """Post the correction form of ``application`` with ``texts`` changed."""
    form = client.get(page(application)).context["adminform"].form
    typed = {name: form.initial.get(name) or "" for name in form.fields}
    return client.post(
        page(application),
        {**typed, "seen": form.seen, **texts, "_continue": ""},
    )
