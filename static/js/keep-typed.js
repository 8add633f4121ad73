// Who leaves a page where something is typed and not sent? The browser asks them first.
export function attach(form) {
  const typed = () => JSON.stringify([...new FormData(form)]);
  const served = "unsaved" in form.dataset ? null : typed();
  let sent = false;

  form.addEventListener("submit", () => { sent = true; });
  window.addEventListener("pageshow", () => { sent = false; });
  window.addEventListener("beforeunload", (event) => {
    if (!sent && typed() !== served) event.preventDefault();
  });
}
