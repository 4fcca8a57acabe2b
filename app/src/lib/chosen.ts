// SPDX-License-Identifier: Apache-2.0
// Which incidents the filters of the map choose. They stand in the address, so that what is shown can be handed on.
import {marks, type Board, type Mark} from "./board.svelte";
import {beginOf, dayFromCode} from "./times";

export interface Filters { clause: string; side: string; verdict: string; source: string; exact: string; from: string; until: string }
export const noFilters: Filters = {clause: "", side: "", verdict: "", source: "", exact: "", from: "", until: ""};
export const filtersOf = (query: URLSearchParams): Filters =>
  Object.fromEntries(Object.keys(noFilters).map((key) => [key, query.get(key) ?? ""])) as unknown as Filters;

/// The places of the incidents that are chosen, latest first.
export function chosenOf(board: Board, filters: Filters): Uint32Array {
  const order = board.latestFirst;
  if (Object.values(filters).every((value) => value === "")) return order;
  const first = dayFromCode(filters.from), last = dayFromCode(filters.until);
  const begin = first === undefined ? -Infinity : beginOf(first), end = last === undefined ? Infinity : beginOf(last + 1);
  const isTimed = first !== undefined || last !== undefined;
  const wanted = filters.verdict === "" ? -1 : marks.indexOf(filters.verdict as Mark);
  const most_m = filters.exact === "" ? Infinity : Number(filters.exact);
  const isReported = filters.source === "" ? undefined : board.reportedBy(filters.source);
  const isJudged = filters.clause === "" && filters.side === "" ? undefined
    : board.judgedAs(({clause, bearer}) => (filters.clause === "" || clause === filters.clause) && (filters.side === "" || bearer === filters.side));
  // Whole columns, once through: there may be very many.
  const {begins, ends, radii_m, mark} = board;
  const chosen = new Uint32Array(order.length);
  let count = 0;
  for (const at of order) {
    if (wanted >= 0 && mark[at] !== wanted) continue;
    // What is not known is no number, and compares with none.
    if (isTimed) {
      const to = ends[at]!, from = begins[at]!;
      if (to < begin || from >= end || (to === begin && !(from >= begin))) continue;
    }
    if (most_m < Infinity && !(radii_m[at]! <= most_m)) continue;
    if (isReported !== undefined && !isReported(at)) continue;
    if (isJudged !== undefined && !isJudged(at)) continue;
    chosen[count] = at;
    count += 1;
  }
  return chosen.subarray(0, count);
}
