// SPDX-License-Identifier: Apache-2.0
// Which page the address leads to, kept in step with the browser's history.
import {pages, type Page} from "../pages";
import {addresses} from "../pages.json";

class Route {
  path = $state("/");
  query = $state(new URLSearchParams());
  /// Grows with each step to another page, so that the shell can move the focus.
  steps = $state(0);

  readonly found: {page: Page; parameters: string[]} | undefined = $derived.by(() => {
    const segments = this.path.split("/").filter((segment) => segment !== "");
    for (const page of pages) {
      const pattern = addresses[page.name].split("/").filter((segment) => segment !== "");
      if (pattern.length === segments.length && pattern.every((wanted, at) => wanted === "*" || wanted === segments[at])) {
        return {page, parameters: segments.filter((_, at) => pattern[at] === "*").map(decodeURIComponent)};
      }
    }
    return undefined;
  });
}
export const route = new Route();

function read(): void {
  const isOther = route.path !== location.pathname;
  route.path = location.pathname;
  route.query = new URLSearchParams(location.search);
  if (isOther) route.steps += 1;
}

/// Goes to an address of the workspace.
export function go(address: string, {isInPlace = false} = {}): void {
  history[isInPlace ? "replaceState" : "pushState"](null, "", address);
  read();
  if (!isInPlace) scrollTo(0, 0);
}

/// The address of a page, with its parameters in order.
export function addressOf(name: Page["name"], ...parameters: string[]): string {
  let at = 0;
  return addresses[name].replace(/\*/g, () => encodeURIComponent(parameters[at++] ?? ""));
}

/// Changes the query of this page without a step in the history; an empty value takes a parameter out.
export function setQuery(changes: Record<string, string>): void {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === "") query.delete(name);
    else query.set(name, value);
  }
  const text = query.toString();
  go(location.pathname + (text === "" ? "" : `?${text}`), {isInPlace: true});
}

export function beginRouter(): void {
  route.path = location.pathname;
  route.query = new URLSearchParams(location.search);
  addEventListener("popstate", read);
  // A link inside the workspace asks the server for nothing.
  addEventListener("click", (event) => {
    const link = (event.target as Element | null)?.closest?.("a[href]");
    if (!(link instanceof HTMLAnchorElement) || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (link.origin !== location.origin || link.target !== "" || link.hasAttribute("download") || link.getAttribute("href")!.startsWith("#")) return;
    if (/^\/(api|ogc|openapi\.json|healthz|metrics|assets)(\/|$)/.test(link.pathname)) return;
    event.preventDefault();
    go(link.pathname + link.search);
  });
}
