// How does the script of Django's lists count the ticked rows, in French?
"use strict";

window.gettext = (words) => words;

// Django asks for « %(sel)s of %(cnt)s selected »: the only words that its script shows.
window.ngettext = (one, many, count) => {
  if (count === 0) {
    return "Aucune ligne sélectionnée";
  }
  return count === 1 ? "1 ligne sélectionnée" : "%(sel)s lignes sélectionnées";
};

window.interpolate = (words, values) => words.replace(/%\((\w+)\)s/g, (_, name) => values[name]);
