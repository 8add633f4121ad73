// How many signs are typed? Counted as the server does: code points without the spaces
// around them, a new line is one.
const QUIET = 1000;

function written(typed, limit) {
  const over = typed - limit;
  if (over <= 0) {
    return `${typed} sur ${limit}`;
  }
  return `${typed} sur ${limit}, ${over}\u00a0${over > 1 ? "caractères" : "caractère"} de trop`;
}

export function attach(counter) {
  const field = document.getElementById(counter.dataset.for);
  const limit = Number(counter.dataset.limit);
  const voice = document.createElement("span");
  voice.className = "visually-hidden";
  voice.setAttribute("role", "status");
  counter.after(voice);
  let waiting;

  field?.addEventListener("input", () => {
    const typed = [...field.value.trim()].length;
    counter.textContent = written(typed, limit);
    counter.classList.toggle("over", typed > limit);
    // Aloud only near the limit and past it, and once the typing rests.
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      voice.textContent = typed >= limit * 0.9 ? written(typed, limit) : "";
    }, QUIET);
  });
}
