// SPDX-License-Identifier: Apache-2.0
// Which incidents the filters of the map choose. They stand in the address, so that what is shown can be handed on.
import {marks, type Board, type Mark} from "./board.svelte";
import {beginOf, dayFromCode} from "./times";

export interface Filters { clause: string; side: string; verdict: string; source: string; exact: string; from: string; until: string }
export const noFilters: Filters = {clause: "", side: "", verdict: "", source: "", exact: "", from: "", until: ""};
export const filtersOf = (query: URLSearchParams): Filters =>
  Object.fromEntries(Object.keys(noFilters).map((key) => [key, query.get(key) ?? ""])) as unknown as Filters;

/// The places of the incidents that are chosen, latest first.
export function chosenOf(board: Board, filters: Filters): number[] {
  if (Object.values(filters).every((value) => value === "")) return Array.from(board.latestFirst);
  const first = dayFromCode(filters.from), last = dayFromCode(filters.until);
  const begin = first === undefined ? -Infinity : beginOf(first), end = last === undefined ? Infinity : beginOf(last + 1);
  const mark = filters.verdict === "" ? -1 : marks.indexOf(filters.verdict as Mark);
  const most_m = filters.exact === "" ? Infinity : Number(filters.exact);
  const chosen: number[] = [];
  for (const at of board.latestFirst) {
    const from = board.from(at) ?? -Infinity, to = board.to(at) ?? Infinity;
    if (to < begin || from >= end || (to === begin && from < begin)) continue;
    if (mark >= 0 && board.mark[at] !== mark) continue;
    if (most_m < Infinity && (board.radius_m(at) ?? Infinity) > most_m) continue;
    if (filters.source !== "" && !board.sources(at).includes(filters.source)) continue;
    if ((filters.clause !== "" || filters.side !== "") && !board.verdicts(at).some(({clause, bearer}) =>
      (filters.clause === "" || clause === filters.clause) && (filters.side === "" || bearer === filters.side))) continue;
    chosen.push(at);
  }
  return chosen;
}
