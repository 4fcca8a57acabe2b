// SPDX-License-Identifier: Apache-2.0
// Every incident that one may see, in columns, and what is asked of them.
import {untrack} from "svelte";
import {ask} from "./api";
import {columnsOf, nameOf, noColumns, noWord, withIncident, type Columns} from "./columns";
import {listenForIncidents} from "./events.svelte";
import {explain} from "./problems";
import {inTurn} from "./turns";

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
    // What many incidents share is looked at once.
    const worstOf = Uint8Array.from(columns.lists, (list) => {
      let worst = 4;
      for (let part = 2; part < list.length; part += 3) {
        const found = ofVerdict[list[part]!] ?? -1;
        if (found >= 0 && found < worst) worst = found;
      }
      return worst;
    });
    const hasAct = Uint8Array.from(columns.lists, (list) => Number(list.some((word) => acts.has(word))));
    this.mark = new Uint8Array(this.count);
    for (let at = 0; at < this.count; at += 1) this.mark[at] = hasAct[columns.kinds[at]!] === 1 ? 5 : worstOf[columns.verdicts[at]!]!;
  }

  /// All incidents, latest first: put in order once.
  get latestFirst(): Uint32Array {
    this.order ??= inOrder(this.columns.from);
    return this.order;
  }
  private order: Uint32Array | undefined;
  /// Columns, for who goes through all of them: what is not known is not a number.
  get begins(): Float64Array { return this.columns.from; }
  get ends(): Float64Array { return this.columns.to; }
  get radii_m(): Float64Array { return this.columns.radius_m; }
  get latitudes(): Float64Array { return this.columns.latitude; }
  get longitudes(): Float64Array { return this.columns.longitude; }
  /// Everybody according to whom something is reported.
  get allSources(): string[] {
    const isThere = new Uint8Array(this.columns.lists.length), numbers = new Set<number>();
    for (const list of this.columns.sources) isThere[list] = 1;
    isThere.forEach((is, list) => { if (is === 1) for (const number of this.columns.lists[list]!) numbers.add(number); });
    return [...numbers].map((number) => this.words[number] ?? "");
  }
  /// For each incident whether somebody reports it.
  reportedBy(source: string): (at: number) => boolean {
    const {lists, sources} = this.columns;
    const holds = Uint8Array.from(lists, (_, list) => Number(this.texts(list).includes(source)));
    return (at) => holds[sources[at]!] === 1;
  }
  /// For each incident whether there is a verdict of that kind on it.
  judgedAs(isOne: (verdict: ClauseVerdict) => boolean): (at: number) => boolean {
    const {lists, verdicts} = this.columns;
    // Of lists of something else nobody asks.
    const holds = new Uint8Array(lists.length).fill(2);
    return (at) => {
      const list = verdicts[at]!;
      if (holds[list] === 2) holds[list] = Number(this.verdicts(at).some(isOne));
      return holds[list] === 1;
    };
  }

  name(at: number): string { return nameOf(this.columns, at); }
  from(at: number): number | null { return known(this.columns.from[at]); }
  to(at: number): number | null { return known(this.columns.to[at]); }
  latitude(at: number): number | null { return known(this.columns.latitude[at]); }
  longitude(at: number): number | null { return known(this.columns.longitude[at]); }
  radius_m(at: number): number | null { return known(this.columns.radius_m[at]); }
  place(at: number): string { return this.words[this.columns.place[at] ?? noWord] ?? ""; }
  accounts(at: number): number { return this.columns.accounts[at] ?? 0; }
  isSealed(at: number): boolean { return this.columns.is_sealed[at] === 1; }
  kinds(at: number): readonly string[] { return this.texts(this.columns.kinds[at]); }
  actors(at: number): readonly string[] { return this.texts(this.columns.actors[at]); }
  targets(at: number): readonly string[] { return this.texts(this.columns.targets[at]); }
  sources(at: number): readonly string[] { return this.texts(this.columns.sources[at]); }
  markOf(at: number): Mark { return marks[this.mark[at] ?? 4] ?? "none"; }
  verdicts(at: number): readonly ClauseVerdict[] {
    const number = this.columns.verdicts[at] ?? 0;
    let found = this.verdictsOfList.get(number);
    if (found === undefined) {
      const texts = this.texts(number);
      const made: ClauseVerdict[] = [];
      for (let part = 0; part + 2 < texts.length; part += 3) made.push({clause: texts[part]!, bearer: texts[part + 1]!, verdict: texts[part + 2]!});
      found = made;
      this.verdictsOfList.set(number, found);
    }
    return found;
  }
  private readonly verdictsOfList = new Map<number, readonly ClauseVerdict[]>();
  private texts(list = 0): readonly string[] {
    let found = this.textsOfList.get(list);
    if (found === undefined) {
      found = (this.columns.lists[list] ?? []).map((number) => this.words[number] ?? "");
      this.textsOfList.set(list, found);
    }
    return found;
  }
  private readonly textsOfList = new Map<number, readonly string[]>();

  /// With what is said now of one incident; undefined where that cannot be put in, and all is to be loaded again.
  with(incident: string, one: Columns): Board | undefined {
    if (one.count !== 1) return undefined;
    this.placeOf ??= new Map(Array.from({length: this.count}, (_, at) => [this.name(at), at]));
    const place = this.placeOf.get(incident) ?? this.count;
    const board = new Board(withIncident(this.columns, place, one));
    board.placeOf = this.placeOf.set(incident, place);
    return board;
  }
  private placeOf: Map<string, number> | undefined;
}
const known = (number: number | undefined): number | null => (number === undefined || Number.isNaN(number) ? null : number);

// The places of the numbers, highest first, those that are none last. Sorted as plain numbers, place and all, which is many
// times quicker than with a comparison; where one would not hold both, with one.
function inOrder(begins: Float64Array): Uint32Array {
  const width = 2 ** Math.ceil(Math.log2(begins.length + 1));
  let low = Infinity, high = -Infinity;
  for (const begin of begins) {
    if (begin < low) low = begin;
    if (begin > high) high = begin;
  }
  if (!((high - low + 2) * width < Number.MAX_SAFE_INTEGER)) {
    const value = (at: number): number => known(begins[at]) ?? -Infinity;
    return Uint32Array.from(begins, (_, at) => at).sort((one, other) => (value(other) === value(one) ? 0 : value(other) - value(one)));
  }
  const keys = Float64Array.from(begins, (begin, at) => (high - (Number.isNaN(begin) ? low - 1 : begin)) * width + at).sort();
  return Uint32Array.from(keys, (key) => key % width);
}

class Held {
  board: Board = $state.raw(new Board(noColumns()));
  /// Some are there, or an answer that says why not.
  isLoaded = $state(false);
  /// All are there, not the latest alone.
  isWhole = $state(false);
  wrong = $state("");
  /// Nothing more comes by itself.
  isSettled = $derived(this.isWhole || this.wrong !== "");
}
export const held = new Held();

const columns = "/api/v1/board/columns";
const read = async (path: string): Promise<Columns> => columnsOf(await (await ask(path)).arrayBuffer());
// Whoever waits for an answer to a key or a click has it first.
const pause = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve, 0); });

async function loadAll(): Promise<void> {
  try {
    const found = await read(columns);
    await pause();
    const board = new Board(found);
    await pause();
    // Put in order now, rather than by the first who shows it, together with all else that this takes.
    void board.latestFirst;
    await pause();
    held.board = board;
    held.isWhole = true;
    held.wrong = "";
  } catch (error) {
    held.wrong = explain(error);
  }
  held.isLoaded = true;
}

// Of so many at once all are loaded again.
const most = 8;
// What is to be asked for. One question is answered before the next is put, so that no older answer comes last.
let wanted: Set<string> | "all" = new Set();
const work = inTurn(async () => {
  const asked = wanted;
  wanted = new Set();
  await (asked === "all" || asked.size > most || !held.isWhole || held.wrong !== "" ? loadAll() : loadChanged(asked));
});
/// Loads all. What changes while they are on their way is asked for once they are there.
export function loadBoard(): Promise<void> {
  wanted = "all";
  return work();
}

// What a page of many shows while the others are on their way.
const first = 200;
async function loadFromLatest(): Promise<void> {
  try {
    const latest = new Board(await read(`${columns}?limit=${first}`));
    if (!held.isWhole) {
      held.board = latest;
      held.isLoaded = true;
      held.isWhole = latest.count < first;
      held.wrong = "";
    }
  } catch {
    // Whoever loads all of them says what is wrong.
  }
  if (!held.isWhole) await loadBoard();
}

async function loadChanged(incidents: ReadonlySet<string>): Promise<void> {
  try {
    for (const incident of incidents) {
      const one = await read(`${columns}?incident=${encodeURIComponent(incident)}`);
      const changed = held.board.with(incident, one);
      if (changed === undefined) return await loadAll();
      held.board = changed;
    }
    held.wrong = "";
  } catch (error) {
    held.wrong = explain(error);
  }
  return undefined;
}

/// Loads it now, and again what changes, until what it returns is called.
export function followBoard(): () => void {
  void loadBoard();
  return followChanges();
}
/// The same for a page that shows the latest before it has all.
export function followBoardFromLatest(): () => void {
  // Having all is no reason to begin again.
  untrack(() => void (held.isWhole ? loadBoard() : loadFromLatest()));
  return followChanges();
}
function followChanges(): () => void {
  return listenForIncidents((incidents) => {
    if (incidents === "all") wanted = "all";
    else if (wanted !== "all") for (const incident of incidents) wanted.add(incident);
    void work();
  });
}
