"""The screen of lists to take away: as workbooks, and as CSV."""

import tempfile

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_safe

from assises.admin.screens import admin_screen, show_screen
from committee import visibility
from committee.exports import catalogue, files
from committee.exports.catalogue import EXPORTS

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@admin_screen("committee.export_decision", "committee.view_decision")
@require_safe
def exports(request):
    """Show the lists that the user may take, and to organisers who took each last."""
    edition = request.site.edition
    if edition is None:
        raise Http404("no edition")
    sight = visibility.sight(request.user, edition, at=request.at)
    if sight.lacks_seat:
        return show_screen(request, "committee/no_seat.html", title="Exports")
    watches = request.user.has_perm("committee.export_decision")
    last = catalogue.last_downloads(edition) if watches else {}
    lines = [
        (export, last.get(name))
        for name, export in EXPORTS.items()
        if export.is_for(request.user)
    ]
    return show_screen(
        request,
        "committee/exports.html",
        title="Exports",
        lines=lines,
        left=sight.pending.count(),
        named=sight.named,
        watches=watches,
    )


@admin_screen("committee.export_decision", "committee.view_decision")
@require_GET
def download(request, name, extension):
    """Send one list, and write in the journal who took it: the only GET that writes."""
    edition, export = request.site.edition, EXPORTS.get(name)
    if edition is None or export is None or extension not in SENDERS:
        raise Http404("no such list")
    sight = visibility.sight(request.user, edition, at=request.at)
    if sight.lacks_seat or not export.is_for(request.user):
        raise PermissionDenied
    table = export.table(sight)
    file_name = export.file_name(edition, extension, at=request.at)
    response = SENDERS[extension](table, file_name, title=export.title, at=request.at)
    catalogue.record_download(
        export,
        extension,
        len(table.keys),
        edition=edition,
        by=request.user,
        at=request.at,
    )
    return response


def _send_workbook(table, file_name, *, title, at):
    """Write the whole workbook outside memory, then send it piece by piece."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
    files.write_workbook(table, file, title=title, at=at)
    file.seek(0)
    return FileResponse(
        file, as_attachment=True, filename=file_name, content_type=WORKBOOK
    )


def _send_delimited(table, file_name, **_):
    """Send the rows while they are read."""
    return StreamingHttpResponse(
        files.csv_pieces(table),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(True, file_name)},
    )


SENDERS = {"xlsx": _send_workbook, "csv": _send_delimited}
