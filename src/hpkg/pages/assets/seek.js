// The search of a folder: folds what is typed as the names are folded, so that tone marks do not matter.
const form = document.querySelector("form.ask");
const list = document.querySelector("#hits");
const status = document.querySelector("#found");
const MOST = 50;

const fold = (text) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();

let index;
const load = async () => {
  if (!index) {
    const told = await (await fetch(list.dataset.index)).json();
    index = told.things.map(([kind, path, ...names]) => ({
      kind: told.kinds[kind],
      path,
      label: names[0],
      names: names.map((name) => ` ${fold(name)}`),
      exact: names.map((name) => name.normalize("NFC").toLowerCase()),
    }));
  }
  return index;
};

// Better: the words as typed, with their tones; then the label before other names; then the shorter name.
const rank = (thing, words, typed) => {
  let best = Infinity;
  thing.names.forEach((name, at) => {
    if (!words.every((word) => name.includes(` ${word}`))) return;
    const exact = thing.exact[at].includes(typed) ? 0 : 1000;
    const whole = name.trim() === words.join(" ") ? 0 : 200;
    best = Math.min(best, exact + whole + (at ? 400 : 0) + Math.min(name.length, 199));
  });
  return best;
};

const page = (path) => {
  const [file, place] = path.split("#");
  return list.dataset.root + encodeURI(file) + list.dataset.ending + (place ? `#${encodeURIComponent(place)}` : "");
};

const show = async (query) => {
  const words = fold(query).split(" ").filter(Boolean);
  list.replaceChildren();
  status.textContent = "";
  if (!words.length) return;
  const typed = query.trim().normalize("NFC").toLowerCase();
  const found = (await load())
    .map((thing) => [rank(thing, words, typed), thing])
    .filter(([score]) => score < Infinity)
    .sort(([one], [other]) => one - other);
  status.textContent = list.dataset.found.replace("{count}", found.length).replace("{shown}", Math.min(MOST, found.length));
  for (const [, thing] of found.slice(0, MOST)) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = page(thing.path);
    link.textContent = thing.label;
    const kind = document.createElement("span");
    kind.className = "tag";
    kind.textContent = thing.kind;
    item.append(link, " ", kind);
    list.append(item);
  }
};

const asked = new URLSearchParams(location.search).get("q");
form.addEventListener("submit", (event) => {
  event.preventDefault();
  history.replaceState(null, "", `?q=${encodeURIComponent(form.q.value)}`);
  show(form.q.value);
});
form.q.addEventListener("input", () => show(form.q.value));
if (asked) {
  form.q.value = asked;
  show(asked);
}
