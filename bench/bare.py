"""What does Django alone cost here: one indexed query in one template, with a form or not?

``gunicorn bench.bare`` serves it as the site is served, with the middleware of a new project.
"""

import os

import dj_database_url
import django
from django.conf import settings

NUMBER = 100
PAGE = """<!DOCTYPE html><html lang="fr"><head><title>{{ row.name }}</title></head><body>
<h1>{{ row.name }}</h1>{% if form %}<form method="post">{% csrf_token %}{{ form }}
<button>Envoyer</button></form>{% endif %}</body></html>"""

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    SECRET_KEY=os.environ["SECRET_KEY"],
    DATABASES={
        "default": dj_database_url.parse(
            os.environ["BARE_DATABASE_URL"], conn_max_age=60
        )
    },
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
    ],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "loaders": [
                    ("django.template.loaders.locmem.Loader", {"page.html": PAGE})
                ],
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ],
            },
        }
    ],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
)
django.setup()

from django import forms
from django.core.wsgi import get_wsgi_application
from django.db import connection, models
from django.shortcuts import get_object_or_404, render
from django.urls import path


class Row(models.Model):
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=80)

    class Meta:
        app_label = "bare"

    def __str__(self):
        return self.name


class Form(forms.Form):
    name = forms.CharField(max_length=120)
    email = forms.EmailField()
    kind = forms.ChoiceField(
        choices=[("a", "Participer"), ("b", "Déclarer"), ("c", "Proposer")],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(widget=forms.Textarea, required=False)
    agreed = forms.BooleanField(required=False)


def page(request):
    row = get_object_or_404(Row, slug="ligne-50")
    return render(request, "page.html", {"row": row})


def form(request):
    row = get_object_or_404(Row, slug="ligne-50")
    return render(request, "page.html", {"row": row, "form": Form()})


def create_rows():
    """Create the one table; run once, before the server starts."""
    with connection.schema_editor() as editor:
        editor.create_model(Row)
    Row.objects.bulk_create(
        Row(slug=f"ligne-{number}", name=f"Ligne {number}") for number in range(NUMBER)
    )


urlpatterns = [path("", page), path("formulaire/", form)]
application = get_wsgi_application()

if __name__ == "__main__":
    create_rows()
