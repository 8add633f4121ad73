// Who leaves a page where something is typed and not sent? The browser asks them first.
import { texts, textsAsTheyCame } from "./texts.js";

export function attach(form) {
  const served = "unsaved" in form.dataset ? null : textsAsTheyCame(form);
  let sent = false;

  // What opens beside the page leaves it where it is.
  form.addEventListener("submit", (event) => { sent = !event.submitter?.formTarget; });
  window.addEventListener("pageshow", () => { sent = false; });
  window.addEventListener("beforeunload", (event) => {
    if (!sent && texts(form) !== served) event.preventDefault();
  });
}
