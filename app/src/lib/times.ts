// SPDX-License-Identifier: Apache-2.0
// Moments on the clock of the agreement, in the reader's language. A moment is seconds since 1970; a day is a number of days.
import {language} from "./language.svelte";
import {agreement} from "./agreement.svelte";

/// In seconds.
export const dayLength = 86_400;
type Style = Intl.DateTimeFormatOptions;
const made = new Map<string, Intl.DateTimeFormat>();

function format(style: Style, timeZone: string): Intl.DateTimeFormat {
  const key = `${language.locale} ${timeZone} ${JSON.stringify(style)}`;
  let found = made.get(key);
  if (found === undefined) {
    found = new Intl.DateTimeFormat(language.locale, {...style, timeZone});
    made.set(key, found);
  }
  return found;
}

export const secondsOf = (iso: string): number => Date.parse(iso) / 1000;
export const dayOf = (seconds: number): number => Math.floor((seconds + agreement.offset_s) / dayLength);
export const beginOf = (day: number): number => day * dayLength - agreement.offset_s;

const zone = (): string => agreement.zone;
const long: Style = {day: "numeric", month: "long", year: "numeric"};
export const dayText = (day: number, style: Style = long): string => format(style, "UTC").format(day * dayLength * 1000);
export const shortDayText = (day: number): string => dayText(day, {day: "numeric", month: "short"});
export const weekdayText = (day: number): string => dayText(day, {weekday: "long", day: "numeric", month: "long", year: "numeric"});
export const momentText = (seconds: number): string => format({...long, hour: "2-digit", minute: "2-digit", hourCycle: "h23"}, zone()).format(seconds * 1000);

/// `2016-09-17`, as fields and addresses have it.
export const dayCode = (day: number): string => new Date(day * dayLength * 1000).toISOString().slice(0, 10);
export function dayFromCode(code: string): number | undefined {
  const at = /^\d{4}-\d\d-\d\d$/.test(code) ? Date.parse(`${code}T00:00:00Z`) : NaN;
  return Number.isNaN(at) ? undefined : at / dayLength / 1000;
}

/// From when to when, as exactly as it is known.
export function rangeText(from: number | null, to: number | null): string {
  if (from === null || to === null) return from !== null ? momentText(from) : to !== null ? momentText(to) : "";
  if (to - from <= 0) return momentText(from);
  const isWholeDays = (from + agreement.offset_s) % dayLength === 0 && (to + agreement.offset_s) % dayLength === 0;
  if (isWholeDays) {
    const last = dayOf(to) - 1;
    return dayOf(from) === last ? dayText(last) : format(long, "UTC").formatRange(dayOf(from) * dayLength * 1000, last * dayLength * 1000);
  }
  return format({...long, hour: "2-digit", minute: "2-digit", hourCycle: "h23"}, zone()).formatRange(from * 1000, to * 1000);
}

/// A length to the minute, in all its units: `2 days 12 hours`.
export function wholeLengthText(seconds: number): string {
  const parts: string[] = [];
  for (const [unit, size, most] of [["day", dayLength, Infinity], ["hour", 3600, 24], ["minute", 60, 60]] as const) {
    const count = Math.floor(seconds / size) % most;
    if (count > 0) parts.push(new Intl.NumberFormat(language.locale, {style: "unit", unit, unitDisplay: "long"}).format(count));
  }
  return parts.length === 0 ? lengthText(seconds) : new Intl.ListFormat(language.locale, {type: "unit"}).format(parts);
}

/// A length in its largest unit that is whole enough: `3 days`, `5 hours`.
export function lengthText(seconds: number): string {
  const [unit, size] = seconds >= 2 * dayLength ? ["day", dayLength] as const : seconds >= 7200 ? ["hour", 3600] as const : ["minute", 60] as const;
  return new Intl.NumberFormat(language.locale, {style: "unit", unit, unitDisplay: "long", maximumFractionDigits: 0}).format(Math.max(0, Math.floor(seconds / size)));
}
