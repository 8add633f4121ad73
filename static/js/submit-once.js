// How is a double click prevented from sending twice? The server refuses it anyway.
export function attach(form) {
  let sent = false;

  form.addEventListener("submit", (event) => {
    if (sent) {
      event.preventDefault();
      return;
    }
    sent = true;
    // Never `disabled`: the name and value of the button must leave with the form.
    event.submitter?.setAttribute("aria-disabled", "true");
  });

  // Back from the next page, the form can be sent again.
  window.addEventListener("pageshow", () => {
    sent = false;
    for (const button of form.querySelectorAll("[aria-disabled]")) {
      button.removeAttribute("aria-disabled");
    }
  });
}
