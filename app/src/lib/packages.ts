// SPDX-License-Identifier: Apache-2.0
// What `truce talks packages --format json` wrote, as the mediator opens it on this device. It is never sent.
export interface Point { utilities: string[]; package: Record<string, string>; accepted_by_all?: boolean }
export interface Packages {
  schema: string;
  parties: string[];
  issues: number;
  packages: string;
  feasible: string | null;
  frontier: {size: number | null; complete: boolean; points: Point[]};
  closeness?: {largest_concession: string | null; demands_to_relax: number | null; acceptable_share: string | null} | null;
  sticking_points: string[][] | null;
  nash: Point | null;
  kalai_smorodinsky: Point | null;
  egalitarian: Point | null;
  utilitarian: Point | null;
}
export const rules = ["nash", "kalai_smorodinsky", "egalitarian", "utilitarian"] as const;

/// An exact number as text, `7`, `2.5` or `a/b`, for drawing.
export function approximately(exact: string): number {
  const [above, below] = exact.split("/");
  return Number(above) / (below === undefined ? 1 : Number(below));
}

/// Undefined for anything else.
export function readPackages(text: string): Packages | undefined {
  try {
    const value = JSON.parse(text) as Packages;
    const isOne = value.schema === "truce.packages/1" && Array.isArray(value.parties) && Array.isArray(value.frontier?.points)
      && value.frontier.points.every(({utilities}) => Array.isArray(utilities) && utilities.length === value.parties.length);
    return isOne ? value : undefined;
  } catch {
    return undefined;
  }
}
