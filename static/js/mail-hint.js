// Was the address typed with a slip? A suggestion, that may be ignored.
const DOMAINS = [
  "gmail.com", "outlook.com", "outlook.fr", "hotmail.com", "hotmail.fr", "live.fr", "yahoo.fr", "yahoo.com", "icloud.com",
  "orange.fr", "wanadoo.fr", "free.fr", "sfr.fr", "laposte.net", "bbox.fr", "numericable.fr", "protonmail.com", "proton.me",
  "ac-versailles.fr", "ac-creteil.fr", "univ-evry.fr", "grandparissud.fr",
];

// One letter away from those, and no slip.
const OTHERS = ["ymail.com", "mail.com", "email.com", "gmx.com", "gmx.fr", "mail.fr", "ffr.fr", "sfc.fr", "live.be", "box.fr", "fre.fr"];
const REST = 600;

// Damerau-Levenshtein: two letters swapped are one slip.
function slips(a, b) {
  const rows = [[...Array(b.length + 1).keys()]];
  for (let i = 1; i <= a.length; i++) {
    rows[i] = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      rows[i][j] = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
      }
    }
  }
  return rows[a.length][b.length];
}

export function suggestion(address) {
  const [name, domain] = address.trim().toLowerCase().split("@");
  if (!name || !domain || [...DOMAINS, ...OTHERS].includes(domain)) return null;
  const near = domain === "gmail.fr" ? "gmail.com" : DOMAINS.find((known) => slips(domain, known) === 1);
  return near ? `${address.trim().split("@")[0]}@${near}` : null;
}

export function attach(field) {
  const line = document.createElement("p");
  line.className = "suggestion";
  line.setAttribute("role", "status");
  field.after(line);
  let waiting, asked = field.defaultValue;  // What came with the page was asked about where it was typed.

  // While typing rests, never when the field is left: a line that appears or goes
  // at that instant moves the page under the pointer, and the click is lost.
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => show(field, line), REST);
  });

  // Asked once at sending, before anything else hears of it: sent again, it leaves.
  document.addEventListener("submit", (event) => {
    if (event.target !== field.form || asked === field.value || !suggestion(field.value)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    clearTimeout(waiting);
    asked = field.value;
    show(field, line);
    const sure = button(`Oui, c’est bien ${field.value}`, () => field.form.requestSubmit(event.submitter));
    line.append(sure);
    sure.focus();
  }, { capture: true });
}

function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

function show(field, line) {
  line.replaceChildren();
  const better = suggestion(field.value);
  if (!better) return;
  line.append(`Vouliez-vous écrire ${better}\u202f?`, button("Corriger", () => {
    field.value = better;
    line.replaceChildren();
    field.focus();
  }));
}
