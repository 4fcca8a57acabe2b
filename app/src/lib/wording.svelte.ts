// SPDX-License-Identifier: Apache-2.0
// Sentences that the server writes, such as why a verdict is what it is, said in the reader's language: it gives each as a
// pattern in English with what fills it. docs/server.md says what the parts are.
import {isolated, language, withoutIsolates, type Language} from "./language.svelte";
import {momentText, rangeText, secondsOf, wholeLengthText} from "./times";
import {moment} from "./when";

export type Wording = string | {say: string; with: Wording[]} | {all: Wording[]} | {either: Wording[]} | {act: string; done: string}
  | {at: string} | {from: string; to: string} | {seconds: number};
interface Words { patterns: Record<string, string>; acts: Record<string, string> }

const files: Record<Exclude<Language, "en">, () => Promise<{default: Words}>> = {
  ar: () => import("../messages/wording/ar.json"),
  fr: () => import("../messages/wording/fr.json"),
  ru: () => import("../messages/wording/ru.json"),
};
class Known {
  code: Language = $state("en");
  words: Words = $state.raw({patterns: {}, acts: {}});
}
const known = new Known();

/// Fetches the words of the chosen language. The shell does, for all pages.
export function followWording(): void {
  const code = language.code;
  if (code === "en") {
    known.code = code;
    return;
  }
  void files[code]().then(({default: words}) => {
    if (language.code !== code) return;
    known.words = words;
    known.code = code;
  }, () => undefined);
}

/// The name of an act in the reader's language, or as the agreement has it.
export const actText = (name: string): string => (known.code === language.code ? known.words.acts[name] : undefined) ?? name;

class Unknown extends Error {}

// What is to be written in the text is one piece from left to right, and has no signs in it that nobody sees.
const withCode = (sentence: string): string => sentence.replace(/`[^`]*`/g, (code) => isolated(withoutIsolates(code)));

function text(wording: Wording): string {
  if (typeof wording === "string") return isolated(wording);
  if ("all" in wording) return language.list.format(wording.all.map(text));
  if ("either" in wording) return language.either.format(wording.either.map(text));
  if ("act" in wording) return known.words.acts[wording.act] ?? isolated(wording.act);
  // On the clock that it names, as of a text that is not the one that is watched, or on that of the agreement.
  if ("at" in wording) return wording.at.endsWith("Z") ? momentText(secondsOf(wording.at)) : moment(wording.at);
  if ("from" in wording) return rangeText(secondsOf(wording.from), secondsOf(wording.to));
  if ("seconds" in wording) return wholeLengthText(wording.seconds);
  const pattern = known.words.patterns[wording.say];
  if (pattern === undefined) throw new Unknown();
  return pattern.replace(/\{(\d)\}/g, (_, place: string) => text(wording.with[Number(place)] ?? ""));
}

export interface Said { text: string; isEnglish: boolean }
/// The sentence for the reader; in English where this page does not know all of its words.
export function said(wording: Wording | undefined, english: string): Said {
  // A sentence without parts is what the text itself says.
  if (language.code === "en" || known.code !== language.code || wording === undefined || typeof wording === "string") return {text: english, isEnglish: true};
  try {
    const whole = withCode(text(wording));
    return {text: whole.charAt(0).toLocaleUpperCase(language.locale) + whole.slice(1), isEnglish: false};
  } catch (error) {
    if (error instanceof Unknown) return {text: english, isEnglish: true};
    throw error;
  }
}
