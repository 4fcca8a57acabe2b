// SPDX-License-Identifier: Apache-2.0
// The agreement that is watched: its words, its clock, when it was in force, how its streaks run.
import {get} from "./api";
import {listen, listenCalmly} from "./events.svelte";
import {explain} from "./problems";
import {inTurn} from "./turns";
import type {Wording} from "./wording.svelte";

export interface Clause { clause: string; heading?: string; form: string; text: string }
export interface Force { clause: string; from?: string; until_at_least?: string; until?: string }
export interface Reset { incident: string; from: string; to: string; is_certain: boolean }
export interface Clock { name: string; accounts: string[]; start?: string; period_seconds: number; resets: Reset[]; earliest_end?: string; latest_end?: string }
export interface Opinion { according_to: string; verdict: string }
export interface Verdict { clause: string; bearer?: string; incident?: string; at?: string; verdict: string; is_final: boolean; by_account: Opinion[]; blame: string[]; because?: string; because_said?: Wording }
interface Answer {
  title?: string; present: string; sides: string[]; actors: string[]; acts: string[]; things: string[]; places: string[];
  clauses: Clause[]; force: Force[]; clocks: Clock[]; duties: Verdict[];
}
const nothing: Answer = {present: "1970-01-01T00:00:00Z", sides: [], actors: [], acts: [], things: [], places: [], clauses: [], force: [], clocks: [], duties: []};

function offsetOf(iso: string): number {
  const match = /([+-])(\d\d):(\d\d)$/.exec(iso);
  return match === null ? 0 : (match[1] === "-" ? -1 : 1) * (Number(match[2]) * 3600 + Number(match[3]) * 60);
}

class Agreement {
  is: Answer = $state.raw(nothing);
  /// It is there, or why it is not.
  isLoaded = $state(false);
  /// It is there: of one that is not, nobody knows the clock.
  isKnown = $state(false);
  wrong = $state("");
  /// How far its clock is ahead of UTC, in seconds.
  offset_s = $derived(offsetOf(this.is.present));
  /// Its clock as Intl names a zone.
  zone = $derived(/[+-]\d\d:\d\d$/.exec(this.is.present)?.[0] ?? "UTC");
  present = $derived(Date.parse(this.is.present) / 1000);
  title = $derived(this.is.title ?? "");
}
export const agreement = new Agreement();

export const loadAgreement = inTurn(async () => {
  try {
    agreement.is = await get<Answer>("/api/v1/agreement");
    agreement.isKnown = true;
    agreement.wrong = "";
  } catch (error) {
    agreement.wrong = explain(error);
  }
  agreement.isLoaded = true;
});

// The server reads the whole record for it: often enough for streaks and duties, and for who shows none of them seldom.
const often_ms = 1000, seldom_ms = 15_000;
function follow(wait_ms: number): () => void {
  void loadAgreement();
  const stopCalmly = listenCalmly(() => void loadAgreement(), {wait_ms});
  const stop = listen((kind) => { if (kind === "agreement") void loadAgreement(); });
  return () => {
    stopCalmly();
    stop();
  };
}
/// Loads it now and again, at once when the text is another and sometime after something was reported, until what it returns
/// is called.
export const followAgreement = (): (() => void) => follow(seldom_ms);
/// The same for who shows how streaks and duties stand.
export const followCourse = (): (() => void) => follow(often_ms);
