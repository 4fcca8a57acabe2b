// SPDX-License-Identifier: Apache-2.0
// Builds the pages and packs them for the program: node build.mjs PACK DEPFILE. Packages are fetched only where
// package-lock.json names others than those that are installed; without a network a second build works.
//
// A pack is a line for each file, an empty line, and then the bytes of the files, one behind the other:
//   file TAB address TAB type TAB encoding TAB hash TAB length
//   page TAB address
// A page is an address inside the workspace that the shell answers. `*` in it stands for one segment.
import {spawnSync} from "node:child_process";
import {createHash} from "node:crypto";
import {cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync} from "node:fs";
import {dirname, extname, join, relative, resolve} from "node:path";
import {fileURLToPath} from "node:url";
import {gzipSync} from "node:zlib";

const app = dirname(fileURLToPath(import.meta.url));
const [pack, depfile] = process.argv.slice(2);
const cache = join(app, "node_modules/.cache/truce");
const installed = join(app, "node_modules/.installed");
// What a browser fetches before the first page stands, compressed.
const firstLoadLimit = 600_000;

const types = {".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8", ".json": "application/json", ".svg": "image/svg+xml", ".woff2": "font/woff2"};

function filesIn(folder) {
  return readdirSync(folder, {withFileTypes: true}).sort((one, other) => (one.name < other.name ? -1 : 1)).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesIn(path) : [path];
  });
}
const inputs = [...["build.mjs", "index.html", "vite.config.ts", "svelte.config.js", "tsconfig.json", "package.json", "package-lock.json"].map((name) => join(app, name)),
  ...filesIn(join(app, "src"))];

const hashOf = (bytes) => createHash("sha256").update(bytes).digest("hex");

// Whether the packages that package-lock.json names are there, fetched if need be.
function hasPackages() {
  const lock = readFileSync(join(app, "package-lock.json"));
  if (existsSync(installed) && readFileSync(installed).equals(lock)) return true;
  const done = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {cwd: app, stdio: ["ignore", "inherit", "inherit"]});
  if (done.status !== 0) return false;
  writeFileSync(installed, lock);
  return true;
}

function writePack(path, files, pages) {
  const head = files.map(({address, type, encoding, bytes}) =>
    ["file", address, type, encoding, hashOf(bytes).slice(0, 32), bytes.length].join("\t")).concat(pages.map((page) => `page\t${page}`));
  mkdirSync(dirname(path), {recursive: true});
  writeFileSync(path, Buffer.concat([Buffer.from(`${head.join("\n")}\n\n`), ...files.map(({bytes}) => bytes)]));
}

// The shell is there without compression too, for who asks without it.
function packed(folder) {
  return filesIn(folder).flatMap((path) => {
    const bytes = readFileSync(path);
    const address = `/${relative(folder, path)}`;
    const type = types[extname(path)] ?? "application/octet-stream";
    const file = {address, type, encoding: "gzip", bytes: gzipSync(bytes, {level: 9})};
    return address === "/index.html" ? [file, {address, type, encoding: "identity", bytes}] : [file];
  });
}

// Scripts and styles that the shell names, and what those scripts import at once.
function firstLoad(files, folder) {
  const shell = readFileSync(join(folder, "index.html"), "utf8");
  const named = [...shell.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, address]) => address);
  return files.filter(({address, encoding}) => encoding === "gzip" && (address === "/index.html" || named.includes(address)))
    .reduce((sum, {bytes}) => sum + bytes.length, 0);
}

async function build() {
  const {build: bundle} = await import("vite");
  const folder = join(cache, "pages");
  rmSync(folder, {recursive: true, force: true});
  await bundle({root: app, configFile: join(app, "vite.config.ts"), logLevel: "warn", build: {outDir: folder, emptyOutDir: true}});
  const files = packed(folder);
  const size = firstLoad(files, folder);
  const whole = files.reduce((sum, {bytes}) => sum + bytes.length, 0);
  console.log(`Pages of the workspace: ${Math.round(size / 1000)} kB compressed at first load, ${Math.round(whole / 1000)} kB in all`);
  if (size > firstLoadLimit) throw new Error(`the first load has ${size} bytes, and ${firstLoadLimit} are allowed; import what is not needed at once later`);
  const {addresses} = JSON.parse(readFileSync(join(app, "src/pages.json"), "utf8"));
  return {files, pages: Object.values(addresses)};
}

const missing = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Truce</title><p>This program was built without its pages, because \
npm could not fetch what builds them. The server answers programs all the same: see <a href="/openapi.json">/openapi.json</a>. Build again \
where npm can be reached.</p></html>`;

const key = hashOf(Buffer.concat(inputs.map((path) => Buffer.from(`${relative(app, path)}\n${hashOf(readFileSync(path))}\n`))));
const kept = join(cache, `${key}.pack`);
if (!hasPackages()) {
  console.log("npm could not fetch what builds the pages of the workspace; the program is built without them");
  writePack(pack, [{address: "/index.html", type: types[".html"], encoding: "identity", bytes: Buffer.from(missing)}], []);
} else {
  if (!existsSync(kept)) {
    const {files, pages} = await build();
    // The last few are kept: presets share them.
    if (existsSync(cache)) {
      const old = readdirSync(cache).filter((name) => name.endsWith(".pack")).sort((one, other) => statSync(join(cache, other)).mtimeMs - statSync(join(cache, one)).mtimeMs);
      for (const name of old.slice(4)) rmSync(join(cache, name));
    }
    writePack(kept, files, pages);
  }
  mkdirSync(dirname(resolve(pack)), {recursive: true});
  cpSync(kept, pack);
}
writeFileSync(depfile, `${pack}: ${[...inputs, installed].map((path) => path.replaceAll(" ", "\\ ")).join(" ")}\n`);
