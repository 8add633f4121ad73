// Is what somebody types kept while they type? By the same address as the button of the step.
import { texts, textsAsTheyCame } from "./texts.js";

const PAUSE = 2000;
const REASONS = {
  network: "Pas de connexion : ce que vous venez d’écrire n’est pas encore enregistré.",
  session: "Cette page ne s’enregistre plus toute seule : cliquez sur le bouton au bas de la page.",
  server: "L’enregistrement a échoué : ce que vous venez d’écrire n’est pas encore enregistré.",
  conflict: "Cette étape a été modifiée ailleurs : cliquez sur le bouton au bas de la page pour voir les deux versions.",
};

export function attach(form) {
  const saved = document.querySelector("[data-saved]");
  const alert = form.querySelector("[data-not-saved]");
  let kept = textsAsTheyCame(form), timer, pending, unreachable = !navigator.onLine, left = false;

  async function save(options = {}, anyway = false) {
    clearTimeout(timer);
    const sending = texts(form);
    if (pending || left || (sending === kept && !anyway)) return;
    pending = post(options);
    const failure = await pending;
    pending = null;
    unreachable = failure === "network";
    alert.hidden = !failure;
    if (failure) {
      alert.firstElementChild.textContent = REASONS[failure];
    } else {
      kept = sending.replace(/\["seen",".*?"\]/, JSON.stringify(["seen", form.elements.seen.value]));
      if (texts(form) !== kept) later();
    }
  }

  async function post(options) {
    const headers = { "X-Autosave": "1" };
    try {
      const response = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), headers, ...options });
      if (response.status === 409) return "conflict";
      if (response.status === 403 || response.status === 404) return "session";
      if (!response.ok) return "server";
      const { at, seen } = await response.json();
      form.elements.seen.value = seen;
      if (saved) saved.textContent = `Enregistré à ${at}`;
    } catch {
      return "network";
    }
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  }

  form.addEventListener("input", later);
  alert.querySelector("button").addEventListener("click", () => save());
  window.addEventListener("offline", () => { unreachable = true; });
  window.addEventListener("online", () => save());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save({ keepalive: true });
  });
  // Without network, the browser would leave the page for an error, and what is typed with it.
  async function sendOnceReached(submitter) {
    await pending; // Begun when the network came back, perhaps.
    if (unreachable) await save({}, true);
    if (alert.hidden) form.requestSubmit(submitter);
  }

  // What the button sends carries what the last save has answered.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (unreachable) {
      event.preventDefault();
      event.stopImmediatePropagation();
      sendOnceReached(event.submitter);
      return;
    }
    left = true;
    if (!pending) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    pending.finally(() => setTimeout(() => form.requestSubmit(event.submitter)));
  }, { capture: true });
  window.addEventListener("pageshow", () => { left = false; });
  // A browser that comes back puts old texts into a fresh page: the page alone is right.
  if (performance.getEntriesByType("navigation")[0]?.type === "back_forward") {
    form.reset();
  } else if (texts(form) !== kept) {
    later(); // Somebody was quicker than this module.
  }
}
