// How many signs are typed? Counted as the server does: code points without the spaces
// around them, a new line is one.
const QUIET = 1000;

function spaced(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, "\u202f");
}

function written(typed, limit) {
  const over = typed - limit;
  if (!typed) {
    return `${spaced(limit)}\u00a0caractères au plus`;
  }
  if (over <= 0) {
    return `${spaced(typed)} sur ${spaced(limit)}`;
  }
  return `${spaced(typed)} sur ${spaced(limit)}, ${spaced(over)}\u00a0${over > 1 ? "caractères" : "caractère"} de trop`;
}

export function attach(counter) {
  const field = document.getElementById(counter.dataset.for);
  const limit = Number(counter.dataset.limit);
  const voice = document.createElement("span");
  voice.className = "visually-hidden";
  voice.setAttribute("role", "status");
  counter.after(voice);
  let waiting;

  function show() {
    const typed = [...field.value.trim()].length;
    counter.textContent = written(typed, limit);
    counter.classList.toggle("over", typed > limit);
    return typed;
  }

  if (field) show();
  field?.addEventListener("input", () => {
    const typed = show();
    // Aloud only near the limit and past it, and once the typing rests.
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      voice.textContent = typed >= limit * 0.9 ? written(typed, limit) : "";
    }, QUIET);
  });
}
