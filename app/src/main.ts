// SPDX-License-Identifier: Apache-2.0
import {mount} from "svelte";
import App from "./App.svelte";
import "./app.css";
import {readInvitation} from "./lib/invitation";
import {beginLanguage} from "./lib/language.svelte";
import {beginOutbox} from "./lib/outbox.svelte";
import {beginRouter, route} from "./lib/router.svelte";
import {beginSession} from "./lib/session.svelte";

// An invitation leaves the address bar before anything else is asked for.
readInvitation();
beginRouter();
// The page comes while language and session are asked for; the shell says it where it cannot be had.
route.found?.page.load().catch(() => undefined);
await Promise.all([beginLanguage(), beginSession()]);
beginOutbox();
mount(App, {target: document.getElementById("app")!});
