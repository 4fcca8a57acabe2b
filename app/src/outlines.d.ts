// SPDX-License-Identifier: Apache-2.0
// Addresses of GeoJSON that vite.config.ts makes of world-atlas.
declare module "virtual:outlines" {
  const outlines: {land: string; borders: string};
  export default outlines;
}
