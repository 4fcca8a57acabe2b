// SPDX-License-Identifier: Apache-2.0
// The board as bytes, read where they lie: docs/formats/board.md.
export interface Columns {
  count: number;
  words: readonly string[];
  lists: readonly (readonly number[])[];
  from: Float64Array; to: Float64Array; latitude: Float64Array; longitude: Float64Array; radius_m: Float64Array;
  place: Uint32Array; accounts: Uint32Array; is_sealed: Uint32Array;
  kinds: Uint32Array; actors: Uint32Array; targets: Uint32Array; sources: Uint32Array; verdicts: Uint32Array;
  nameEnd: Uint32Array;
  names: Uint8Array;
}
const exact = ["from", "to", "latitude", "longitude", "radius_m"] as const;
const numbers = ["place", "accounts", "is_sealed", "kinds", "actors", "targets", "sources", "verdicts", "nameEnd"] as const;
const ofLists = ["kinds", "actors", "targets", "sources", "verdicts"] as const;
export const noWord = 0xffffffff;

const decoder = new TextDecoder();
const mark = "truce-board/1\n", headBegins = mark.length + 10;

/// Throws for what is none.
export function columnsOf(buffer: ArrayBuffer): Columns {
  const text = (begin: number, end: number): string => decoder.decode(new Uint8Array(buffer, begin, end - begin));
  if (buffer.byteLength < headBegins || text(0, mark.length) !== mark) throw new Error("no board");
  let at = headBegins + Number(text(mark.length, headBegins));
  const head = JSON.parse(text(headBegins, at)) as Pick<Columns, "count" | "words" | "lists">;
  const columns: Partial<Columns> = {...head};
  for (const name of exact) {
    columns[name] = new Float64Array(buffer, at, head.count);
    at += 8 * head.count;
  }
  for (const name of numbers) {
    columns[name] = new Uint32Array(buffer, at, head.count);
    at += 4 * head.count;
  }
  columns.names = new Uint8Array(buffer, at);
  return columns as Columns;
}
export const noColumns = (): Columns => ({
  count: 0, words: [], lists: [], names: new Uint8Array(),
  ...Object.fromEntries(exact.map((name) => [name, new Float64Array()])) as Pick<Columns, (typeof exact)[number]>,
  ...Object.fromEntries(numbers.map((name) => [name, new Uint32Array()])) as Pick<Columns, (typeof numbers)[number]>,
});

export const nameOf = (columns: Columns, at: number): string =>
  decoder.decode(columns.names.subarray(at === 0 ? 0 : columns.nameEnd[at - 1], columns.nameEnd[at]));

/// The columns with what `one`, a board of one incident, says of it in place of what they said, or behind all where `place`
/// is their count. Linear, without reading any of the other incidents.
export function withIncident(columns: Columns, place: number, one: Columns): Columns {
  const isNew = place === columns.count, count = columns.count + (isNew ? 1 : 0);
  const words = [...columns.words], lists = [...columns.lists];
  const numberOf = new Map(words.map((word, number) => [word, number]));
  const word = (text: string): number => {
    const number = numberOf.get(text) ?? words.push(text) - 1;
    numberOf.set(text, number);
    return number;
  };
  const list = (number: number): number => lists.push((one.lists[number] ?? []).map((part) => word(one.words[part] ?? ""))) - 1;
  const copy = {...columns, count, words, lists};
  for (const name of exact) {
    const column = new Float64Array(count);
    column.set(columns[name]);
    column[place] = one[name][0]!;
    copy[name] = column;
  }
  for (const name of numbers) {
    const column = new Uint32Array(count);
    column.set(columns[name]);
    copy[name] = column;
  }
  for (const name of ofLists) copy[name][place] = list(one[name][0]!);
  copy.place[place] = one.place[0] === noWord ? noWord : word(one.words[one.place[0]!] ?? "");
  copy.accounts[place] = one.accounts[0]!;
  copy.is_sealed[place] = one.is_sealed[0]!;
  if (isNew) {
    copy.names = new Uint8Array(columns.names.length + one.names.length);
    copy.names.set(columns.names);
    copy.names.set(one.names, columns.names.length);
    copy.nameEnd[place] = copy.names.length;
  }
  return copy;
}
