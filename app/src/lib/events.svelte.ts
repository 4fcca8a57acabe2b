// SPDX-License-Identifier: Apache-2.0
// What changes in what one may see, as it does: one stream for all pages.
type Told = (kind: EventKind, data: Record<string, unknown>) => void;
export type EventKind = "agreement" | "accounts" | "verdict" | "change";
// `change` tells of findings, questions, convoys, sealed files and reports.
const kinds: readonly EventKind[] = ["agreement", "accounts", "verdict", "change"];

class Line {
  /// Whether news comes in; undefined: not known yet.
  isOpen: boolean | undefined = $state();
}
export const line = new Line();

let source: EventSource | undefined;
const listeners = new Set<Told>();

/// Begins anew, for who has signed in or out. Ends when news comes in, or will not soon: what is loaded after it misses nothing
/// that happens from then on.
export function beginEvents(): Promise<void> {
  source?.close();
  const begun = source = new EventSource("/api/v1/events");
  let hasHeard = false;
  for (const kind of kinds) {
    source.addEventListener(kind, (event) => {
      hasHeard = true;
      const data = JSON.parse((event as MessageEvent<string>).data) as Record<string, unknown>;
      for (const told of listeners) told(kind, data);
    });
  }
  return new Promise((resolve) => {
    const soon = setTimeout(resolve, 1000);
    const is = (isOpen: boolean): void => {
      // The server goes on behind the last event that was heard; where none was, all is asked for anew.
      const isBack = isOpen && line.isOpen === false && !hasHeard;
      line.isOpen = isOpen;
      clearTimeout(soon);
      resolve();
      if (isBack) for (const told of listeners) told("agreement", {});
    };
    begun.onopen = () => is(true);
    begun.onerror = () => is(false);
  });
}

/// Calls `told` for each event until the function that is returned is called.
export function listen(told: Told): () => void {
  listeners.add(told);
  return () => listeners.delete(told);
}

/// Calls `told` soon after something was said of incidents or judged, once for a burst, with their names, or `all` where the
/// agreement is another.
export function listenForIncidents(told: (incidents: ReadonlySet<string> | "all") => void, {wait_ms = 150} = {}): () => void {
  let changed: Set<string> | "all" = new Set();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const note = (incidents: readonly string[] | "all"): void => {
    if (incidents === "all" || changed === "all") changed = "all";
    else for (const incident of incidents) changed.add(incident);
    timer ??= setTimeout(() => {
      timer = undefined;
      const all = changed;
      changed = new Set();
      if (all === "all" || all.size > 0) told(all);
    }, wait_ms);
  };
  const stop = listen((kind, data) => {
    if (kind === "agreement") note("all");
    if (kind === "accounts") note(data["incidents"] as string[]);
    if (kind === "verdict" && typeof data["incident"] === "string") note([data["incident"]]);
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}

/// Calls `again` soon after something changed, once for a burst of changes.
export function listenCalmly(again: () => void, {wait_ms = 150} = {}): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = listen(() => {
    timer ??= setTimeout(() => {
      timer = undefined;
      again();
    }, wait_ms);
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}
