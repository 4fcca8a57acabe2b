// SPDX-License-Identifier: Apache-2.0
import {mount} from "svelte";
import App from "./App.svelte";
import "./app.css";
import {readInvitation} from "./lib/invitation";
import {beginLanguage} from "./lib/language.svelte";
import {beginOutbox} from "./lib/outbox.svelte";
import {beginRouter} from "./lib/router.svelte";
import {beginSession} from "./lib/session.svelte";

// An invitation leaves the address bar before anything else is asked for.
readInvitation();
await beginLanguage();
beginRouter();
await beginSession();
beginOutbox();
mount(App, {target: document.getElementById("app")!});
