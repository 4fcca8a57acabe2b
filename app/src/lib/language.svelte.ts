// SPDX-License-Identifier: Apache-2.0
// Words, numbers and times in the reader's language. A file of messages/ for each; the English one says which keys there are.
import en from "../messages/en.json";

export type Key = keyof typeof en;
export type Language = "en" | "ar" | "fr" | "ru";
type Message = string | Record<string, string>;
type Messages = Record<Key, Message>;
export type Values = Record<string, string | number>;

export const languages: readonly {code: Language; name: string; direction: "ltr" | "rtl"}[] = [
  {code: "en", name: "English", direction: "ltr"},
  {code: "ar", name: "العربية", direction: "rtl"},
  {code: "fr", name: "Français", direction: "ltr"},
  {code: "ru", name: "Русский", direction: "ltr"},
];
// Fetched when they are chosen.
const files: Record<Exclude<Language, "en">, () => Promise<{default: object}>> = {
  ar: () => import("../messages/ar.json"),
  fr: () => import("../messages/fr.json"),
  ru: () => import("../messages/ru.json"),
};

const kept = "truce.language";

class Chosen {
  code: Language = $state("en");
  messages: Messages = $state.raw(en);
  direction = $derived(languages.find(({code}) => code === this.code)!.direction);
  /// For Intl: days and months as the language writes them, the day before the month in English.
  locale = $derived(this.code === "en" ? "en-GB" : this.code);
  plural = $derived(new Intl.PluralRules(this.locale));
  number = $derived(new Intl.NumberFormat(this.locale));
  list = $derived(new Intl.ListFormat(this.locale, {type: "conjunction"}));
  either = $derived(new Intl.ListFormat(this.locale, {type: "disjunction"}));
}
export const language = new Chosen();

let chosenLast: Language = "en";
/// The one chosen last counts, whichever file comes last. Throws where its file cannot be had.
export async function choose(code: Language): Promise<void> {
  chosenLast = code;
  const messages = code === "en" ? en : (await files[code]()).default as Messages;
  if (chosenLast !== code) return;
  language.messages = messages;
  language.code = code;
  document.documentElement.lang = code;
  document.documentElement.dir = language.direction;
  try {
    localStorage.setItem(kept, code);
  } catch {
    // Kept for this page alone.
  }
}

/// The language of the address, else the one chosen before, else the browser's.
export async function beginLanguage(): Promise<void> {
  let before: string | null = null;
  try {
    before = localStorage.getItem(kept);
  } catch {
    before = null;
  }
  const wanted = [new URLSearchParams(location.search).get("language"), before, ...navigator.languages.map((name) => name.slice(0, 2))];
  const found = wanted.map((name) => languages.find(({code}) => code === name)).find((one) => one !== undefined);
  await choose(found?.code ?? "en").catch(() => choose("en"));
}

/// A message with its values. One with forms of plural is chosen by `count`. Numbers are written as the language does, and
/// a text keeps its own direction.
export function t(key: Key, values: Values = {}): string {
  const message = language.messages[key] ?? en[key];
  const count = values["count"];
  const text = typeof message === "string" ? message
    : message[typeof count === "number" ? language.plural.select(count) : "other"] ?? message["other"] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === "number" ? language.number.format(value) : isolated(value);
  });
}

// FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE, by number: as letters they are seen by nobody.
const isolate = String.fromCharCode(0x2068), release = String.fromCharCode(0x2069);

/// A text that keeps its own direction among words of another.
export function isolated(text: string): string {
  return language.direction === "rtl" ? isolate + text + release : text;
}

/// Without the signs that isolated() puts around a text.
export const withoutIsolates = (text: string): string => text.replaceAll(isolate, "").replaceAll(release, "");

/// Whether a key is one of a message, for keys made of data.
export const isKey = (key: string): key is Key => key in en;
/// The message of a key made of data, or else the data.
export const worded = (key: string, otherwise: string): string => (isKey(key) ? t(key) : otherwise);
