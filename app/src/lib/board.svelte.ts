// SPDX-License-Identifier: Apache-2.0
// Every incident that one may see, in columns, and what is asked of them.
import {get} from "./api";
import {listenCalmly} from "./events.svelte";
import {explain} from "./problems";

interface Columns {
  count: number; words: string[]; incidents?: string[]; from?: (number | null)[]; to?: (number | null)[];
  latitude?: (number | null)[]; longitude?: (number | null)[]; radius_m?: (number | null)[]; place?: (number | null)[];
  accounts?: number[]; is_sealed?: boolean[]; kinds?: number[][]; actors?: number[][]; targets?: number[][]; sources?: number[][]; verdicts?: number[][];
}
export type Mark = "broken" | "contested" | "unknown" | "kept" | "none" | "act";
/// Most serious first.
export const marks: readonly Mark[] = ["broken", "contested", "unknown", "kept", "none", "act"];
export interface ClauseVerdict { clause: string; bearer: string; verdict: string }

/// What institutions do under an agreement, which is no incident of harm.
const institutional = new Set(["extend", "suspend", "resume", "terminate", "determine", "report", "notify", "accede", "fix", "release", "amend"]);

/// All incidents as one sees them; an incident is its number.
export class Board {
  readonly count: number;
  readonly words: readonly string[];
  /// The most serious verdict of each, as a place in `marks`.
  readonly mark: Uint8Array;

  constructor(private readonly columns: Columns) {
    this.count = columns.count;
    this.words = columns.words;
    const ofVerdict = Int8Array.from(this.words, (word) => marks.indexOf(word as Mark));
    const acts = new Set<number>();
    this.words.forEach((word, number) => { if (institutional.has(word)) acts.add(number); });
    this.mark = new Uint8Array(this.count);
    for (let at = 0; at < this.count; at += 1) {
      const verdicts = columns.verdicts?.[at] ?? [];
      const isAct = (columns.kinds?.[at] ?? []).some((kind) => acts.has(kind));
      let worst: number = isAct ? 5 : 4;
      for (let part = 2; part < verdicts.length; part += 3) {
        const found = ofVerdict[verdicts[part]!] ?? -1;
        if (found >= 0 && found < worst && !isAct) worst = found;
      }
      this.mark[at] = worst;
    }
  }
  private read(column: number[][] | undefined, at: number): string[] { return (column?.[at] ?? []).map((number) => this.words[number] ?? ""); }

  /// All incidents, latest first: put in order once.
  get latestFirst(): Uint32Array {
    if (this.order === undefined) {
      const begins = Float64Array.from({length: this.count}, (_, at) => this.columns.from?.[at] ?? 0);
      this.order = Uint32Array.from({length: this.count}, (_, at) => at).sort((one, other) => begins[other]! - begins[one]!);
    }
    return this.order;
  }
  private order: Uint32Array | undefined;
  /// Everybody according to whom something is reported.
  get allSources(): string[] {
    const numbers = new Set<number>();
    for (const some of this.columns.sources ?? []) for (const number of some) numbers.add(number);
    return [...numbers].map((number) => this.words[number] ?? "");
  }

  name(at: number): string { return this.columns.incidents?.[at] ?? ""; }
  from(at: number): number | null { return this.columns.from?.[at] ?? null; }
  to(at: number): number | null { return this.columns.to?.[at] ?? null; }
  latitude(at: number): number | null { return this.columns.latitude?.[at] ?? null; }
  longitude(at: number): number | null { return this.columns.longitude?.[at] ?? null; }
  radius_m(at: number): number | null { return this.columns.radius_m?.[at] ?? null; }
  place(at: number): string { return this.words[this.columns.place?.[at] ?? -1] ?? ""; }
  accounts(at: number): number { return this.columns.accounts?.[at] ?? 0; }
  isSealed(at: number): boolean { return this.columns.is_sealed?.[at] ?? false; }
  kinds(at: number): string[] { return this.read(this.columns.kinds, at); }
  actors(at: number): string[] { return this.read(this.columns.actors, at); }
  targets(at: number): string[] { return this.read(this.columns.targets, at); }
  sources(at: number): string[] { return this.read(this.columns.sources, at); }
  markOf(at: number): Mark { return marks[this.mark[at] ?? 4] ?? "none"; }
  verdicts(at: number): ClauseVerdict[] {
    const numbers = this.columns.verdicts?.[at] ?? [];
    const found: ClauseVerdict[] = [];
    for (let part = 0; part + 2 < numbers.length; part += 3) {
      const [clause, bearer, verdict] = [0, 1, 2].map((more) => this.words[numbers[part + more]!] ?? "") as [string, string, string];
      found.push({clause, bearer, verdict});
    }
    return found;
  }
}

class Held {
  board: Board = $state.raw(new Board({count: 0, words: []}));
  isLoaded = $state(false);
  wrong = $state("");
}
export const held = new Held();

export async function loadBoard(): Promise<void> {
  try {
    held.board = new Board(await get<Columns>("/api/v1/board"));
    held.wrong = "";
  } catch (error) {
    held.wrong = explain(error);
  }
  held.isLoaded = true;
}

/// Loads it now and again when something changes, until what it returns is called.
export function followBoard(): () => void {
  void loadBoard();
  return listenCalmly(() => void loadBoard());
}
