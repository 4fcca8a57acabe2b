// SPDX-License-Identifier: Apache-2.0
// Day by day: what happened, how it was judged, and who reported it.
import {marks, type Board} from "./board.svelte";
import {agreement, type Force} from "./agreement.svelte";
import {beginOf, dayOf, secondsOf} from "./times";

export interface Day {
  day: number;
  /// Incidents by mark, in the order of `marks`.
  counts: number[];
  incidents: number[];
  accounts: number;
  sources: Set<string>;
}
const empty = (day: number): Day => ({day, counts: marks.map(() => 0), incidents: [], accounts: 0, sources: new Set()});

/// The days on which something is reported, by their numbers.
export function daysOf(board: Board): Map<number, Day> {
  const days = new Map<number, Day>();
  for (let at = 0; at < board.count; at += 1) {
    const from = board.from(at);
    if (from === null) continue;
    const number = dayOf(from);
    let day = days.get(number);
    if (day === undefined) {
      day = empty(number);
      days.set(number, day);
    }
    day.counts[board.mark[at]!]! += 1;
    day.incidents.push(at);
    day.accounts += board.accounts(at);
    for (const source of board.sources(at)) day.sources.add(source);
  }
  return days;
}
export const dayIn = (days: Map<number, Day>, day: number): Day => days.get(day) ?? empty(day);

/// Whether some prohibition or permission with a window was in force for a part of the day.
export function isInForce(force: readonly Force[], day: number): boolean {
  const begin = beginOf(day), end = beginOf(day + 1);
  return force.some((one) => (one.from !== undefined || one.until !== undefined)
    && (one.from === undefined || secondsOf(one.from) < end) && (one.until === undefined || secondsOf(one.until) > begin));
}

/// The day that is shown first: today while the truce runs; afterwards the last on which it was in force.
export function firstDay(days: Map<number, Day>, force: readonly Force[]): number {
  const today = dayOf(agreement.present);
  if (isInForce(force, today)) return today;
  const ends = force.flatMap((one) => (one.until === undefined || one.from === undefined ? [] : [dayOf(secondsOf(one.until) - 1)]));
  const past = ends.filter((day) => day < today);
  if (past.length > 0) return Math.max(...past);
  const reported = [...days.keys()].filter((day) => day <= today);
  return reported.length > 0 ? Math.max(...reported) : today;
}
