// SPDX-License-Identifier: Apache-2.0
// What stands near each other on the map is one spot. Made for what is in view alone, in one pass over plain numbers, so
// that 100,000 incidents need no library's tree and no second thread.
import type {Board} from "./board.svelte";

/// Of Mercator's square: 0 to 1 from west to east and from north to south.
export interface Box { west: number; north: number; east: number; south: number }
export interface Spot {
  x: number; y: number; count: number;
  /// The most serious of them, as a place in `marks`.
  worst: number;
  /// One of them, the first in the order of what was chosen.
  first: number;
  box: Box;
}

export const xOf = (longitude: number): number => (longitude + 180) / 360;
export const yOf = (latitude: number): number => {
  const sine = Math.sin((Math.max(-85, Math.min(85, latitude)) * Math.PI) / 180);
  return .5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
};
export const longitudeOf = (x: number): number => x * 360 - 180;
export const latitudeOf = (y: number): number => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;

/// Incidents with a position, but for acts under the agreement, which happened nowhere.
export class Points {
  readonly count: number;
  readonly at: Uint32Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly mark: Uint8Array;
  constructor(board: Board, chosen: Uint32Array) {
    const {latitudes, longitudes, mark} = board;
    const at = new Uint32Array(chosen.length), x = new Float64Array(chosen.length), y = new Float64Array(chosen.length), marks = new Uint8Array(chosen.length);
    let count = 0;
    for (const one of chosen) {
      const latitude = latitudes[one]!, longitude = longitudes[one]!;
      if (mark[one] === 5 || Number.isNaN(latitude) || Number.isNaN(longitude)) continue;
      at[count] = one;
      x[count] = xOf(longitude);
      y[count] = yOf(latitude);
      marks[count] = mark[one]!;
      count += 1;
    }
    this.count = count;
    this.at = at.subarray(0, count);
    this.x = x.subarray(0, count);
    this.y = y.subarray(0, count);
    this.mark = marks.subarray(0, count);
  }
  /// Undefined where there is none.
  get box(): Box | undefined {
    if (this.count === 0) return undefined;
    const box = {west: 1, north: 1, east: 0, south: 0};
    for (let number = 0; number < this.count; number += 1) widen(box, this.x[number]!, this.y[number]!);
    return box;
  }
  /// Those in the box, as incidents.
  within({west, north, east, south}: Box): number[] {
    const found: number[] = [];
    for (let number = 0; number < this.count; number += 1) {
      const x = this.x[number]!, y = this.y[number]!;
      if (x >= west && x <= east && y >= north && y <= south) found.push(this.at[number]!);
    }
    return found;
  }
}
function widen(box: Box, x: number, y: number): void {
  if (x < box.west) box.west = x;
  if (x > box.east) box.east = x;
  if (y < box.north) box.north = y;
  if (y > box.south) box.south = y;
}

// Pixels of a cell, and of the whole world at zoom 0.
const width = 46, world = 512;
const apart = .6;

/// The spots in view at a whole zoom. Cells are those of the world, not of the view, so that moving it changes no spot;
/// spots of neighbouring cells that would overlap are one.
export function spotsIn(points: Points, zoom: number, view: Box): Spot[] {
  const cells = (world * 2 ** Math.max(0, Math.floor(zoom))) / width;
  const found = new Map<number, Spot & {column: number; row: number}>();
  for (let number = 0; number < points.count; number += 1) {
    const x = points.x[number]!, y = points.y[number]!;
    if (x < view.west || x > view.east || y < view.north || y > view.south) continue;
    const column = Math.floor(x * cells), row = Math.floor(y * cells);
    const key = row * 2 ** 26 + column;
    const spot = found.get(key);
    if (spot === undefined) {
      found.set(key, {x, y, count: 1, worst: points.mark[number]!, first: points.at[number]!, box: {west: x, north: y, east: x, south: y}, column, row});
      continue;
    }
    spot.count += 1;
    spot.x += (x - spot.x) / spot.count;
    spot.y += (y - spot.y) / spot.count;
    if (points.mark[number]! < spot.worst) spot.worst = points.mark[number]!;
    widen(spot.box, x, y);
  }
  const spots: Spot[] = [];
  // The largest take in what is too near.
  for (const spot of [...found.values()].sort((one, other) => other.count - one.count)) {
    const key = spot.row * 2 ** 26 + spot.column;
    if (found.get(key) !== spot) continue;
    found.delete(key);
    for (let row = spot.row - 1; row <= spot.row + 1; row += 1) {
      for (let column = spot.column - 1; column <= spot.column + 1; column += 1) {
        const other = found.get(row * 2 ** 26 + column);
        if (other === undefined || Math.hypot(other.x - spot.x, other.y - spot.y) * cells > apart) continue;
        found.delete(row * 2 ** 26 + column);
        spot.x = (spot.x * spot.count + other.x * other.count) / (spot.count + other.count);
        spot.y = (spot.y * spot.count + other.y * other.count) / (spot.count + other.count);
        spot.count += other.count;
        spot.worst = Math.min(spot.worst, other.worst);
        widen(spot.box, other.box.west, other.box.north);
        widen(spot.box, other.box.east, other.box.south);
      }
    }
    spots.push(spot);
  }
  return spots;
}
