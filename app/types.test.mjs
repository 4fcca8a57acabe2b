// SPDX-License-Identifier: Apache-2.0
// svelte-check has nothing to say of the pages. Where npm could not fetch it, this is skipped.
import {spawnSync} from "node:child_process";
import {existsSync} from "node:fs";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";

const app = dirname(fileURLToPath(import.meta.url));
const program = join(app, "node_modules/svelte-check/bin/svelte-check");
if (!existsSync(program)) {
  console.log("skipped: svelte-check is not installed; the build fetches it where npm can be reached");
  process.exit(77);
}
const {status} = spawnSync(process.execPath, [program, "--tsconfig", "tsconfig.json", "--fail-on-warnings"], {cwd: app, stdio: "inherit"});
process.exit(status ?? 1);
