// SPARQL over the dump of a published folder: Oxigraph as WebAssembly, loaded when the first query is run.
import init, { Store } from "oxigraph/web.js";

const form = document.querySelector("#ask");
const place = document.querySelector("#answer");
const status = document.querySelector("#status");
const said = form.dataset;
const MOST = 1000;

let loading;
const load = async () => {
  status.textContent = said.loading;
  await init({ module_or_path: said.wasm });
  const packed = await fetch(said.dump);
  const text = await new Response(packed.body.pipeThrough(new DecompressionStream("gzip"))).text();
  const store = new Store();
  store.load(text, { format: "application/n-quads", no_transaction: true });
  return store;
};

const cell = (term) => {
  const made = document.createElement("td");
  if (!term) return made;
  if (term.termType === "NamedNode") {
    const link = document.createElement("a");
    link.href = /^https?:/.test(term.value) ? term.value : "#";
    link.textContent = said.base && term.value.startsWith(said.base) ? term.value.slice(said.base.length) : term.value;
    made.append(link);
  } else {
    made.textContent = term.value;
    if (term.language) made.lang = term.language;
  }
  return made;
};

const table = (names, rows) => {
  const made = document.createElement("table");
  const head = made.createTHead().insertRow();
  for (const name of names) {
    const heading = document.createElement("th");
    heading.scope = "col";
    heading.textContent = name;
    head.append(heading);
  }
  const body = made.createTBody();
  for (const row of rows) {
    const line = body.insertRow();
    for (const name of names) line.append(cell(row.get(name)));
  }
  return made;
};

const run = async () => {
  place.replaceChildren();
  try {
    loading ??= load();
    const store = await loading;
    status.textContent = said.running;
    // Let the page show it before the engine takes the thread.
    await new Promise((done) => setTimeout(done, 20));
    const begin = performance.now();
    const found = store.query(said.prefixes + form.query.value, { use_default_graph_as_union: true });
    const spent = Math.round(performance.now() - begin);
    if (typeof found === "boolean") {
      status.textContent = `${found} · ${spent} ms`;
      return;
    }
    const told = said.rows.replace("{count}", found.length).replace("{shown}", Math.min(MOST, found.length));
    status.textContent = `${told} · ${spent} ms`;
    if (!found.length) return;
    if (found[0] instanceof Map) {
      place.append(table([...found[0].keys()], found.slice(0, MOST)));
    } else {
      const text = document.createElement("pre");
      text.textContent = found.slice(0, MOST).map((quad) => quad.toString()).join("\n");
      place.append(text);
    }
  } catch (error) {
    loading = undefined;
    status.textContent = `${said.failed} ${error.message ?? error}`;
  }
};

const asked = new URLSearchParams(location.search).get("query");
if (asked) form.query.value = asked;
form.addEventListener("submit", (event) => {
  event.preventDefault();
  history.replaceState(null, "", `?query=${encodeURIComponent(form.query.value)}`);
  run();
});
