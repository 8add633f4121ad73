// Which behaviours does this page ask for? Each is fetched only where it is used.
const behaviours = {
  "autosave": () => import("./autosave.js"),
  "cookies": () => import("./cookies.js"),
  "counter": () => import("./counter.js"),
  "error-summary": () => import("./error-summary.js"),
  "keep-typed": () => import("./keep-typed.js"),
  "known-structure": () => import("./known-structure.js"),
  "mail-hint": () => import("./mail-hint.js"),
  "print": () => import("./print.js"),
  "submit-once": () => import("./submit-once.js"),
};

for (const element of document.querySelectorAll("[data-behaviour]")) {
  for (const name of element.dataset.behaviour.split(" ")) {
    behaviours[name]?.().then((module) => module.attach(element));
  }
}
