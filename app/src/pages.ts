// SPDX-License-Identifier: Apache-2.0
// The table of pages. README.md says how to add one.
import type {Component} from "svelte";
import type {Key} from "./lib/language.svelte";
import type {Role} from "./lib/session.svelte";
import {addresses} from "./pages.json";

/// What a page is given: the segments of the address that `*` stands for.
export interface PageProperties { parameters: string[] }

export interface Page {
  /// Of pages.json, which holds the address: the server reads it there.
  name: keyof typeof addresses;
  title: Key;
  load: () => Promise<{default: Component<PageProperties>}>;
  /// Whether the navigation leads there.
  isNamed: boolean;
  /// Who may open it; absent: everybody, signed in or not. The server decides about data by itself.
  roles?: readonly Role[];
}

const reporters = ["mediator", "monitor", "verifier", "reporter", "delegate"] as const;

export const pages: readonly Page[] = [
  {name: "overview", title: "page.overview", load: () => import("./pages/Overview.svelte"), isNamed: true},
  {name: "map", title: "page.map", load: () => import("./pages/MapAndTime.svelte"), isNamed: true},
  {name: "incident", title: "page.incident", load: () => import("./pages/Incident.svelte"), isNamed: false},
  {name: "enter", title: "page.enter", load: () => import("./pages/Enter.svelte"), isNamed: true, roles: reporters},
  {name: "outbox", title: "page.outbox", load: () => import("./pages/Outbox.svelte"), isNamed: true, roles: reporters},
  {name: "agreement", title: "page.agreement", load: () => import("./pages/Agreement.svelte"), isNamed: true},
  {name: "talks", title: "page.talks", load: () => import("./pages/Talks.svelte"), isNamed: true, roles: ["mediator", "delegate"]},
  {name: "separation", title: "page.separation", load: () => import("./pages/Separation.svelte"), isNamed: true, roles: ["mediator"]},
  {name: "access", title: "page.access", load: () => import("./pages/Access.svelte"), isNamed: true, roles: ["convoy-officer", "mediator", "monitor", "verifier", "auditor", "delegate"]},
  {name: "findings", title: "page.findings", load: () => import("./pages/Findings.svelte"), isNamed: true},
  {name: "reports", title: "page.reports", load: () => import("./pages/Reports.svelte"), isNamed: true},
  {name: "ledger", title: "page.ledger", load: () => import("./pages/Ledger.svelte"), isNamed: true, roles: ["mediator", "monitor", "verifier", "auditor"]},
  {name: "first-steps", title: "page.first_steps", load: () => import("./pages/FirstSteps.svelte"), isNamed: true, roles: ["administrator", "mediator", "monitor"]},
  {name: "administration", title: "page.administration", load: () => import("./pages/Administration.svelte"), isNamed: true, roles: ["administrator", "auditor"]},
  {name: "sign-in", title: "page.sign_in", load: () => import("./pages/SignIn.svelte"), isNamed: false},
];
