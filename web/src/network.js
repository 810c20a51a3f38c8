// The network of `hpkg export --format html`: zoom, search without tones, filter by kind, evidence on click.
// What it shows stands in the page as JSON (#network); nothing is fetched.
import cytoscape from "cytoscape";
import fcose from "cytoscape-fcose";

cytoscape.use(fcose);

const said = JSON.parse(document.getElementById("network").textContent);
const text = said.texts;

// As hpkg.namespaces.fold: lower case, without tone and vowel marks.
const fold = (name) =>
  name.normalize("NFC").replaceAll("đ", "d").replaceAll("Đ", "D").normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "onclick") made.addEventListener("click", value);
    else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

// The same places each time: the layout draws lots, so the lots are drawn from a fixed start.
function withFixedLots(work) {
  const lots = Math.random;
  let state = 20201218;
  Math.random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
  try {
    work();
  } finally {
    Math.random = lots;
  }
}

const cy = cytoscape({
  container: document.getElementById("drawing"),
  elements: said.elements,
  style: [
    ...said.style,
    { selector: ".away", style: { display: "none" } },
    { selector: ".pale", style: { opacity: 0.12 } },
    { selector: "node:selected", style: { "border-width": 4, "border-color": "#000000" } },
    { selector: "node", style: { "min-zoomed-font-size": 9 } },
    { selector: "edge.near", style: { "line-color": "#555555", "target-arrow-color": "#555555", width: 2 } },
  ],
  minZoom: 0.05,
  maxZoom: 6,
  layout: { name: "null" },
});

// Many nodes are first shown without the frame of plans, years and classes, which is linked with everything.
const bare = said.elements.nodes.length > 120 && said.groups.length > 1;
const starts = (group) => !(bare && group.name === "frame");
for (const group of said.groups) if (!starts(group)) cy.nodes(`[group = "${group.name}"]`).addClass("away");

function place() {
  if (said.placed) {
    cy.layout({ name: "preset", fit: true, padding: 30 }).run();
    return;
  }
  withFixedLots(() =>
    cy
      .elements(":visible")
      .layout({
        name: "fcose",
        animate: false,
        quality: "default",
        nodeSeparation: 110,
        // Hubs keep their distance, or they would lie on each other amid what they share.
        idealEdgeLength: (edge) => 60 + 22 * Math.sqrt(Math.max(edge.source().degree(), edge.target().degree())),
        nodeRepulsion: (node) => 16000 * Math.max(1, Math.sqrt(node.degree())),
        gravity: 0.12,
        packComponents: true,
        tilingPaddingVertical: 30,
        tilingPaddingHorizontal: 60,
        padding: 30,
      })
      .run(),
  );
}
place();

const panel = document.getElementById("panel");

function show(node) {
  cy.elements().removeClass("pale near");
  cy.nodes().unselect();
  panel.replaceChildren();
  if (!node) {
    panel.append(element("p", { class: "hint" }, text.hint));
    return;
  }
  node.select();
  const near = node.closedNeighborhood();
  cy.elements().not(near).addClass("pale");
  node.connectedEdges().addClass("near");
  const data = node.data();
  const number = data.number ? `${data.number} · ` : "";
  const years = data.start_year ? ` · ${data.start_year}${data.end_year > data.start_year ? `–${data.end_year}` : ""}` : "";
  panel.append(element("h2", {}, data.label), element("p", { class: "kind" }, number + data.kind_name + years));
  if (data.quote) {
    panel.append(element("h3", {}, text.evidence));
    for (const quote of data.quote.split("\n")) panel.append(element("blockquote", { lang: "vi" }, quote));
  }
  const links = node.connectedEdges(":visible");
  if (links.length) panel.append(element("h3", {}, text.links));
  const list = element("ul");
  links.forEach((link) => {
    const out = link.source().same(node);
    const other = out ? link.target() : link.source();
    const name = element("button", { type: "button", onclick: () => go(other) }, other.data("label"));
    list.append(element("li", {}, element("span", {}, `${out ? "" : "← "}${link.data("label")}${out ? " →" : ""} `), name));
  });
  if (links.length) panel.append(list);
  panel.append(element("p", { class: "iri" }, element("a", { href: data.id, rel: "noreferrer" }, data.id)));
}

function go(node) {
  show(node);
  cy.animate({ center: { eles: node }, zoom: Math.max(cy.zoom(), 1.1), duration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 250 });
}

cy.on("tap", "node", (event) => show(event.target));
cy.on("tap", (event) => {
  if (event.target === cy) show(null);
});

// Search: each word must occur in the label, its other language, the number or the evidence.
const index = cy.nodes().map((node) => {
  const data = node.data();
  const names = fold([data.label, data.label_vi, data.label_en, data.number].filter(Boolean).join(" "));
  return { node, names, all: `${names} ${fold(data.quote || "")}` };
});
const search = document.getElementById("search");
const results = document.getElementById("results");

function find() {
  const words = fold(search.value).split(/\s+/).filter(Boolean);
  results.replaceChildren();
  if (!words.length) return;
  const rank = (one) => (words.every((word) => one.names.includes(word)) ? 0 : 1);
  const found = index
    .filter((one) => words.every((word) => one.all.includes(word)) && one.node.visible())
    .sort((one, other) => rank(one) - rank(other) || one.names.length - other.names.length);
  for (const { node } of found.slice(0, 12)) {
    const kind = element("small", {}, node.data("kind_name"));
    const name = element("button", { type: "button", onclick: () => go(node) }, node.data("label"), " ", kind);
    results.append(element("li", {}, name));
  }
  const count = element("li", { class: "count" }, text.found.replace("{count}", String(found.length)));
  results.append(count);
}
search.addEventListener("input", find);
search.addEventListener("keydown", (event) => {
  if (event.key === "Enter") results.querySelector("button")?.click();
  if (event.key === "Escape") {
    search.value = "";
    find();
    show(null);
  }
});

// Kinds: a box for each group, with its colour and how many nodes it has.
const kinds = document.getElementById("kinds");
for (const group of said.groups) {
  const box = element("input", { type: "checkbox", id: `kind-${group.name}` });
  box.checked = starts(group);
  box.addEventListener("change", () => {
    cy.nodes(`[group = "${group.name}"]`).toggleClass("away", !box.checked);
    if (bare && box.checked && !said.placed) place();
    find();
  });
  const mark = element("span", { class: "mark", style: `background:${group.colour}` });
  kinds.append(element("label", { for: box.id }, box, mark, `${group.label} (${group.count})`));
}

const zoomBy = (factor) => cy.zoom({ level: cy.zoom() * factor, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
document.getElementById("zoom-in").addEventListener("click", () => zoomBy(1.4));
document.getElementById("zoom-out").addEventListener("click", () => zoomBy(1 / 1.4));
document.getElementById("fit").addEventListener("click", () => cy.fit(cy.elements(":visible"), 30));

show(null);
const wanted = decodeURIComponent(location.hash.slice(1));
const first = wanted ? cy.getElementById(wanted) : cy.collection();
if (first.nonempty()) go(first);
// For whoever drives the page, such as a test.
window.hpkgNetwork = cy;
