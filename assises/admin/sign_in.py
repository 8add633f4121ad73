"""How does one come into the administration, and out of it?"""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import (
    REDIRECT_FIELD_NAME,
    authenticate,
    login,
    logout,
    update_session_auth_hash,
)
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from assises import mails
from assises.forms.accounts import CodeForm, NewPasswordForm, PasswordForm
from assises.models.user import natural_key
from assises.people import accounts
from assises.people.accounts import Answer, Method
from assises.web import throttle

REFUSED = (
    "Cette adresse et ce mot de passe ne vont pas ensemble, ou le compte est fermé."
)
TOO_MANY = (
    "Trop d’essais en peu de temps. Patientez un quart d’heure, puis recommencez :"
    " rien d’autre n’est à faire."
)
ANSWERS = {
    Answer.NO: "Ce code n’est pas le bon, ou il a déjà servi. Demandez-en ou lisez-en un nouveau.",
    Answer.WAIT: "Patientez quelques secondes avant un nouvel essai.",
}
PENDING_APP = "pending_app"
# In seconds: staff sign in each day, unlike applicants.
WORKING_DAY = 12 * 3600


def _staff_only(view):
    """Let in whoever has given a password, whether or not the code is still due."""

    def inner(request, *args, **kwargs):
        if not request.user.is_staff:
            return redirect("admin:login")
        return view(request, *args, **kwargs)

    return inner


def _onwards(request):
    """Return where to go next: a page of this site, or the first one."""
    url = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME)
    local = url_has_allowed_host_and_scheme(
        url, {request.get_host()}, require_https=request.is_secure()
    )
    return url if local and url.startswith("/") else reverse("admin:index")


def _with_next(name, request, **query):
    """Return the address ``name`` that keeps where the person was going."""
    query[REDIRECT_FIELD_NAME] = _onwards(request)
    return f"{reverse(f'admin:{name}')}?{urlencode(query)}"


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def password(request):
    """Ask for an address and its password."""
    if request.method == "GET" and request.user.is_staff:
        return redirect(_onwards(request))
    form = PasswordForm(request.POST or None)
    status = 200
    if request.method == "POST":
        user, status = _identify(request, form)
        if user:
            login(request, user)
            request.session.set_expiry(WORKING_DAY)
            _send_first_code(request, user)
            return redirect(_onwards(request))
    context = {"form": form, "next": _onwards(request), "title": "Se connecter"}
    return render(request, "admin/sign_in/password.html", context, status=status)


def _identify(request, form):
    """Return the person whose password ``form`` holds, or ``None``, and the status."""
    if not _may_try(request, form["email"].value() or ""):
        form.errors.clear()
        form.add_error(None, TOO_MANY)
        return None, 429
    if not form.is_valid():
        return None, 200
    user = authenticate(
        request,
        username=form.cleaned_data["email"],
        password=form.cleaned_data["password"],
    )
    if user is None or not user.is_staff:
        form.add_error(None, REFUSED)
        return None, 200
    return user, 200


def _may_try(request, email):
    """Count this try, by client and by account, and say whether it may go on."""
    client = throttle.client_address(request)
    return throttle.allow("login-client", client, at=request.at) and throttle.allow(
        "login-account", natural_key(email), at=request.at
    )


def _send_first_code(request, user):
    """Send the code at once to whoever has no other way than the mailbox."""
    if not settings.REQUIRE_SECOND_FACTOR or accounts.methods(user) != [Method.MAIL]:
        return
    if throttle.allow("code-mail", user.pk, at=request.at):
        mails.staff_code(user, at=request.at)
        messages.info(request, _mail_sent_sentence(user))


def _mail_sent_sentence(user):
    return (
        f"Un code vient de partir vers {user.email}. Il arrive en une minute environ."
    )


@never_cache
@_staff_only
@require_http_methods(["GET", "POST"])
def code(request):
    """Ask for the second proof: a code of the application, of the mailbox, or of paper."""
    if accounts.is_let_in(request.user):
        return redirect(_onwards(request))
    methods = accounts.methods(request.user)
    if not methods:
        return redirect(_with_next("enrol", request))
    method = _chosen_method(request, methods)
    form = CodeForm(request.POST or None, hint=HINTS[method])
    status = 200
    if request.method == "POST":
        device, status = _prove(request, form, method)
        if device:
            accounts.mark_verified(request, device)
            return redirect(_onwards(request))
    context = {
        "form": form,
        "method": method.value,
        "by_mail": method is Method.MAIL,
        "may_mail": Method.MAIL in methods,
        "next": _onwards(request),
        "title": "Votre code",
    }
    return render(request, "admin/sign_in/code.html", context, status=status)


HINTS = {
    Method.APP: "Les six chiffres que montre votre application, ou un code de secours.",
    Method.MAIL: "Les six chiffres reçus par courriel, ou un code de secours.",
}


def _chosen_method(request, methods):
    """Return the method that the page says, if it is one of ``methods``."""
    asked = request.POST.get("par") or request.GET.get("par")
    return next((method for method in methods if method.value == asked), methods[0])


def _prove(request, form, method):
    """Return the device that accepts the code of ``form``, or ``None``, and the status."""
    if not throttle.allow("code-account", request.user.pk, at=request.at):
        form.errors.clear()
        form.add_error(None, TOO_MANY)
        return None, 429
    if not form.is_valid():
        return None, 200
    answer, device = accounts.check_code(
        request.user, form.cleaned_data["code"], method
    )
    if device is None:
        form.add_error("code", ANSWERS[answer])
    return device, 200


@_staff_only
@require_POST
def mail_code(request):
    """Send a code by mail, to whom it is enough."""
    user = request.user
    if Method.MAIL not in accounts.methods(user):
        return redirect(_with_next("code", request))
    if throttle.allow("code-mail", user.pk, at=request.at):
        mails.staff_code(user, at=request.at)
        messages.info(request, _mail_sent_sentence(user))
    else:
        messages.warning(request, TOO_MANY)
    return redirect(_with_next("code", request, par=Method.MAIL.value))


@never_cache
@_staff_only
@require_http_methods(["GET", "POST"])
def enrol(request):
    """Set up an application: its QR code and secret, then a first code from it."""
    if not accounts.may_enrol(request.user):
        return redirect(_with_next("code", request))
    device = _is_begun_here(request)
    form = CodeForm(request.POST or None, hint="Les six chiffres qu’elle montre.")
    status = 200
    if request.method == "POST" and device:
        accepted, status = _prove_new(request, form, device)
        if accepted:
            codes = accounts.confirm_app(request.user, device, at=request.at)
            accounts.mark_verified(request, device)
            return _show_codes(request, codes)
    context = {
        "form": form,
        "device": device,
        "renewing": accounts.is_verified(request.user),
        "next": _onwards(request),
        "title": "Votre second facteur",
    }
    if device:
        context["secret"] = accounts.spelled_secret(device)
        context["qr_side"], context["qr_path"] = accounts.qr_path(device.config_url)
    return render(request, "admin/sign_in/enrol.html", context, status=status)


def _is_begun_here(request):
    """Return the application that this very session is setting up, or ``None``.

    Whoever else knows the password sees no secret that somebody is about to keep.
    """
    device = accounts.pending_app(request.user)
    here = device is not None and request.session.get(PENDING_APP) == device.pk
    return device if here else None


def _prove_new(request, form, device):
    """Say whether ``form`` holds a code of the application being set up, and the status."""
    if not throttle.allow("code-account", request.user.pk, at=request.at):
        form.errors.clear()
        form.add_error(None, TOO_MANY)
        return False, 429
    if not form.is_valid():
        return False, 200
    accepted = device.verify_token(accounts.plain_code(form.cleaned_data["code"]))
    if not accepted:
        form.add_error(
            "code",
            "Ce code n’est pas celui de l’application. Vérifiez l’heure du téléphone,"
            " attendez le code suivant, puis recommencez.",
        )
    return accepted, 200


@_staff_only
@require_POST
def begin_enrolment(request):
    """Make a fresh secret, then show it."""
    if accounts.may_enrol(request.user):
        request.session[PENDING_APP] = accounts.begin_app(request.user).pk
    return redirect(_with_next("enrol", request))


@never_cache
@_staff_only
@require_POST
def recovery(request):
    """Replace the recovery codes of somebody who has proved who they are."""
    if not accounts.is_verified(request.user):
        return redirect(_with_next("code", request))
    return _show_codes(
        request, accounts.renew_recovery_codes(request.user, at=request.at)
    )


def _show_codes(request, codes):
    """Show recovery codes, this once."""
    context = {
        "codes": codes,
        "next": _onwards(request),
        "title": "Vos codes de secours",
    }
    return render(request, "admin/sign_in/codes.html", context)


@never_cache
@login_not_required
@require_POST
def sign_out(request):
    logout(request)
    messages.success(request, "Déconnexion faite.")
    return redirect("admin:login")


def must_choose_password(request):
    """Say whether a password given by somebody else is still to be replaced."""
    here = request.resolver_match.view_name == "admin:password_change"
    return request.user.password_is_temporary and not here


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def change_password(request):
    """Change one's own password; the other sessions of the account end."""
    form = NewPasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        accounts.set_password(form, at=request.at)
        update_session_auth_hash(request, form.user)
        messages.success(request, "Votre mot de passe est changé.")
        return redirect(_onwards(request))
    title = "Changer de mot de passe"
    if request.user.password_is_temporary:
        title = "Choisissez votre mot de passe"
    context = {"form": form, "next": _onwards(request), "title": title}
    return render(request, "admin/sign_in/change_password.html", context)
