// SPDX-License-Identifier: Apache-2.0
import {svelte} from "@sveltejs/vite-plugin-svelte";
import {defineConfig} from "vite";

export default defineConfig({
  plugins: [svelte()],
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
