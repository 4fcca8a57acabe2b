// SPDX-License-Identifier: Apache-2.0
import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import {svelte} from "@sveltejs/vite-plugin-svelte";
import {feature, mesh} from "topojson-client";
import type {GeometryCollection, Topology} from "topojson-specification";
import {defineConfig, type Plugin} from "vite";

// The outlines under the map: land and borders of Natural Earth, to a hundredth of a degree, without names. A point that
// adds nothing at that scale is left out.
function outlines(): Plugin {
  const virtual = "virtual:outlines";
  const round = (value: number): number => Math.round(value * 100) / 100;
  const thin = (part: unknown): unknown => {
    if (!Array.isArray(part) || typeof part[0] === "number") return part;
    if (!Array.isArray(part[0]) || typeof part[0][0] !== "number") return part.map(thin);
    const line = (part as [number, number][]).map(([x, y]) => [round(x), round(y)] as [number, number]);
    return line.filter(([x, y], at) => at === 0 || at === line.length - 1 || x !== line[at - 1]![0] || y !== line[at - 1]![1]);
  };
  return {
    name: "outlines",
    resolveId: (id) => (id === virtual ? `\0${virtual}` : undefined),
    load(id) {
      if (id !== `\0${virtual}`) return undefined;
      const read = (name: string): Topology => JSON.parse(readFileSync(createRequire(import.meta.url).resolve(`world-atlas/${name}`), "utf8")) as Topology;
      const atlas = read("countries-50m.json");
      const countries = atlas.objects["countries"] as GeometryCollection;
      const land = feature(read("land-50m.json"), read("land-50m.json").objects["land"]!) as GeoJSON.FeatureCollection;
      for (const {geometry} of land.features) if ("coordinates" in geometry) geometry.coordinates = thin(geometry.coordinates) as never;
      const borders = mesh(atlas, countries, (one, other) => one !== other);
      borders.coordinates = thin(borders.coordinates) as never;
      const emit = (name: string, data: unknown): string => `import.meta.ROLLUP_FILE_URL_${this.emitFile({type: "asset", name: `${name}.json`, source: JSON.stringify(data)})}`;
      return `export default {land: ${emit("land", land)}, borders: ${emit("borders", borders)}};`;
    },
  };
}

export default defineConfig({
  plugins: [svelte(), outlines()],
  worker: {format: "es"},
  build: {
    target: "es2022",
    assetsDir: "assets",
    // A policy of `self` alone lets in no data: address.
    assetsInlineLimit: 0,
    modulePreload: {polyfill: false},
    chunkSizeWarningLimit: 1500,
  },
  server: {proxy: {"/api": "http://127.0.0.1:8080", "/ogc": "http://127.0.0.1:8080", "/openapi.json": "http://127.0.0.1:8080"}},
});
