// Bundles what pages need into the folder given as argument: one file a bundle, each whole in itself.
// A new bundle is a line in BUNDLES; a file that is taken as it is, a line in COPIES.
import { build } from "esbuild";
import { copyFile, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";

const BUNDLES = {
  "network.js": "src/network.js", // the network of `hpkg export --format html`
  "sparql.js": "src/sparql.js", // the query page of `hpkg publish`
};
const COPIES = {
  "network.css": "src/network.css",
  "oxigraph.wasm": "node_modules/oxigraph/web_bg.wasm",
};

const target = process.argv[2];
if (!target) throw new Error("node build.mjs FOLDER");
await mkdir(target, { recursive: true });

const packages = new Set();
for (const [name, entry] of Object.entries(BUNDLES)) {
  const made = await build({
    entryPoints: [entry],
    outfile: path.join(target, name),
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2020",
    charset: "utf8",
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
    define: { "import.meta.url": '""' }, // the page says where the WebAssembly stands
  });
  for (const file of Object.keys(made.metafile.inputs)) {
    const found = file.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)\//);
    if (found) packages.add(found[1]);
  }
}
for (const [name, file] of Object.entries(COPIES)) {
  await copyFile(file, path.join(target, name));
  const found = file.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)\//);
  if (found) packages.add(found[1]);
}

// The licences of what was bundled go with it.
const notices = [];
for (const name of [...packages].sort()) {
  const folder = path.join("node_modules", name);
  const said = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
  const texts = (await readdir(folder)).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file)).sort();
  const whole = await Promise.all(texts.map((file) => readFile(path.join(folder, file), "utf8")));
  notices.push([`${name} ${said.version} (${said.license})`, ...whole.map((text) => text.trim())].join("\n\n"));
}
await writeFile(path.join(target, "LICENSES.txt"), notices.join(`\n\n${"-".repeat(80)}\n\n`) + "\n");
