// SPDX-License-Identifier: Apache-2.0
// A presence file as rows that can be changed, and back. It never leaves this page but as part of a question.
/// `keys`: what each row is called here, whatever its place: a plan on its way may speak of rows that stand elsewhere by then.
export interface Presence { columns: readonly string[]; rows: readonly (readonly string[])[]; keys: readonly number[] }

let lastKey = 0;
const newKey = (): number => {
  lastKey += 1;
  return lastKey;
};

export class LacksColumn extends Error {
  constructor(readonly column: string) { super(column); }
}

/// Fields may stand in quotation marks, doubled within. Throws LacksColumn where a needed one is not there.
export function readPresence(text: string): Presence {
  const lines: string[][] = [];
  let line: string[] = [], field = "", isQuoted = false, isOpen = false;
  const endField = (): void => { line.push(field); field = ""; };
  const endLine = (): void => { endField(); if (line.length > 1 || line[0] !== "") lines.push(line); line = []; isOpen = false; };
  const clean = text.replace(/^\uFEFF/, "");
  for (let at = 0; at < clean.length; ++at) {
    const letter = clean[at]!;
    isOpen = true;
    if (isQuoted) {
      if (letter !== "\"") field += letter;
      else if (clean[at + 1] === "\"") { field += "\""; ++at; } else isQuoted = false;
    } else if (letter === "\"" && field === "") isQuoted = true;
    else if (letter === ",") endField();
    else if (letter === "\n" || letter === "\r") { if (letter === "\r" && clean[at + 1] === "\n") ++at; endLine(); } else field += letter;
  }
  if (isOpen && (field !== "" || line.length > 0)) endLine();
  const [head = [], ...rest] = lines;
  const columns = head.map((name) => name.trim());
  for (const needed of ["actor", "at", "latitude", "longitude"]) if (!columns.includes(needed)) throw new LacksColumn(needed);
  // A row without a name gets one, so that it can be spoken of.
  if (!columns.includes("id")) { columns.push("id"); }
  const id = columns.indexOf("id");
  const rows = rest.map((row, number) => columns.map((_, at) => row[at] ?? "").map((value, at) => at === id && value === "" ? `row ${number + 2}` : value));
  return {columns, rows, keys: rows.map(newKey)};
}

export function writePresence({columns, rows}: Pick<Presence, "columns" | "rows">): string {
  // One line for each row, so that a line of the answer is a row here.
  const quoted = (value: string): string => {
    const line = value.replaceAll(/[\r\n]+/g, " ");
    return /[",]/.test(line) ? `"${line.replaceAll("\"", "\"\"")}"` : line;
  };
  return [columns, ...rows].map((row) => row.map(quoted).join(",") + "\n").join("");
}

export const fieldOf = (presence: Presence, row: number, column: string): string => presence.rows[row]?.[presence.columns.indexOf(column)] ?? "";

/// The place of a row, -1 where it is left out.
export const rowOf = (presence: Presence, key: number): number => presence.keys.indexOf(key);

export function withFields(presence: Presence, row: number, fields: Readonly<Record<string, string>>): Presence {
  return {...presence, rows: presence.rows.map((values, at) => at === row ? presence.columns.map((column, place) => fields[column] ?? values[place]!) : values)};
}
export function without(presence: Presence, row: number): Presence {
  const stays = (_: unknown, at: number): boolean => at !== row;
  return {...presence, rows: presence.rows.filter(stays), keys: presence.keys.filter(stays)};
}
export const withRow = (presence: Presence, fields: Readonly<Record<string, string>>): Presence =>
  ({...presence, rows: [...presence.rows, presence.columns.map((column) => fields[column] ?? "")], keys: [...presence.keys, newKey()]});
