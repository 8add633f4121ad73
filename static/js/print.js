// How does a page print? As it stands on paper; its button needs this script to exist.
export function attach(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
