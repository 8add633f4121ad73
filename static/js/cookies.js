// Says, before anything is typed, that a browser which refuses cookies keeps nothing.
export function attach(element) {
  element.hidden = navigator.cookieEnabled;
}
