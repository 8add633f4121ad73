// What does a form hold, and what did it hold when its page came? To be compared.
export const texts = (form) => JSON.stringify([...new FormData(form)]);

export function textsAsTheyCame(form) {
  const page = form.cloneNode(true);
  page.reset();
  return texts(page);
}
