// SPDX-License-Identifier: Apache-2.0
// Moments as the language writes them, on the clock that the moment itself names.
import {language} from "./language.svelte";

const zoneOf = (iso: string): string => /[+-]\d\d:\d\d$/.exec(iso)?.[0] ?? "UTC";

/// `17 September 2016, 15:55`, with the name of the clock where it is that of the world.
export function moment(iso: string): string {
  const zone = zoneOf(iso);
  return new Intl.DateTimeFormat(language.locale, {dateStyle: "medium", timeStyle: "short", timeZone: zone === "+00:00" ? "UTC" : zone}).format(new Date(iso))
    + (zone === "UTC" || zone === "+00:00" ? " UTC" : "");
}

/// `17 September 2016`, of `2016-09-17`.
export function day(date: string): string {
  return new Intl.DateTimeFormat(language.locale, {dateStyle: "long", timeZone: "UTC"}).format(new Date(`${date}T00:00:00Z`));
}
