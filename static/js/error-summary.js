// Where does one land when a page comes back with errors? On their list.
export function attach(summary) {
  summary.focus();
}
