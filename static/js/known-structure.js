// A structure picked in the list need not be described: its questions step aside.
const DESCRIBED = ["name", "kind", "seat", "website", "about", "siret", "rna", "uai"];

export function attach(select) {
  const fields = DESCRIBED.map((name) => select.form.elements[name])
    .filter(Boolean)
    .map((input) => input.closest(".field"));

  // Filled or wrong fields stay in sight: nothing typed may seem lost.
  const isBare = (field) =>
    !field.classList.contains("wrong") &&
    !field.querySelector("input, select, textarea").value;

  const update = () => {
    for (const field of fields) {
      field.hidden = Boolean(select.value) && isBare(field);
    }
  };
  select.addEventListener("change", update);
  update();
}
