// SPDX-License-Identifier: Apache-2.0
// Checks a ledger in the browser: docs/formats/ledger.md says byte by byte what it is. Nothing is taken on the server's word.
import {ask, get} from "./api";
import {isSignedBy, leafHash, readCheckpoint, rootsOf, toBase64, type Checkpoint} from "./checkpoint";
import {checkRound, type CheckedRound, type Witness, type WitnessesAnswer} from "./witnesses";

export interface Entry { index: number; hash: string; kind: string; at: string }
export interface Kept { origin: string; key: string; size: number; root: string }
export interface Checked {
  checkpoint: Checkpoint;
  key: string;
  entries: Entry[];
  /// The signature of the ledger's own key over the checkpoint.
  isSigned: boolean;
  /// The root that follows from all entries is that of the checkpoint.
  isWhole: boolean;
  /// What this browser saw before is its beginning; undefined where it saw nothing.
  goesOn: boolean | undefined;
  before: Kept | undefined;
  /// Who is asked to sign it besides, and what each said, latest first.
  witnesses: Witness[];
  rounds: CheckedRound[];
}

function headOf(entry: Uint8Array): {kind: string; at: string} {
  const text = new TextDecoder().decode(entry.slice(0, 400));
  const isOne = text.startsWith("truce-entry/1\n");
  const line = (name: string): string => (isOne ? new RegExp(`^${name}: (.*)$`, "m").exec(text)?.[1] ?? "" : "");
  return {kind: line("kind"), at: line("at")};
}

export function entriesOf(bundle: Uint8Array<ArrayBuffer>, count: number): Uint8Array<ArrayBuffer>[] {
  const entries: Uint8Array<ArrayBuffer>[] = [];
  for (let at = 0; entries.length < count;) {
    if (at + 2 > bundle.length) throw new Error("a bundle ends early");
    const length = bundle[at]! * 256 + bundle[at + 1]!;
    if (at + 2 + length > bundle.length) throw new Error("a bundle ends early");
    entries.push(bundle.slice(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return entries;
}

const place = "truce.ledger";
function keptBefore(): Kept | undefined {
  try {
    return JSON.parse(localStorage.getItem(place) ?? "null") as Kept | null ?? undefined;
  } catch {
    return undefined;
  }
}
const of = (kept: Kept | undefined, origin: string): Kept | undefined => (kept?.origin === origin ? kept : undefined);
/// The key with which this browser found the ledger of that origin signed before.
export const keptKey = (origin: string): string | undefined => of(keptBefore(), origin)?.key;
/// What the next check has to go on from.
export function keep({checkpoint, key}: Checked): void {
  try {
    localStorage.setItem(place, JSON.stringify({origin: checkpoint.origin, key, size: checkpoint.size, root: checkpoint.root} satisfies Kept));
  } catch {
    // Then the next check begins anew.
  }
}

/// Reads every entry and checks all that there is. `told` hears how many were read.
export async function check(told: (read: number, of: number) => void): Promise<Checked> {
  const key = (await (await ask("/ledger/key")).text()).trim();
  // What the witnesses signed, and what another window keeps, may go on meanwhile: both are of before the checkpoint that they are
  // compared with, or it would lack what is in them.
  const seen = keptBefore();
  const asked = await get<WitnessesAnswer>("/api/v1/ledger/witnesses");
  const checkpoint = readCheckpoint(await (await ask("/ledger/checkpoint")).text());
  const before = of(seen, checkpoint.origin);
  const entries: Entry[] = [], leaves: Uint8Array<ArrayBuffer>[] = [];
  const width = 256;
  for (let first = 0; first < checkpoint.size; first += width) {
    const count = Math.min(width, checkpoint.size - first);
    const bundle = new Uint8Array(await (await ask(`/api/v1/ledger/entries?first=${first}&count=${count}`)).arrayBuffer());
    for (const entry of entriesOf(bundle, count)) {
      const hash = await leafHash(entry);
      entries.push({index: leaves.length, hash: toBase64(hash), ...headOf(entry)});
      leaves.push(hash);
    }
    told(leaves.length, checkpoint.size);
  }
  const roots = await rootsOf(leaves, [checkpoint.size, before?.size ?? 0, ...asked.rounds.map(({size}) => size)]);
  const isRoot = ({size, root}: {size: number; root: string}): boolean => {
    const found = roots.get(size);
    return found !== undefined && toBase64(found) === root;
  };
  return {
    checkpoint, key, entries, before,
    goesOn: before === undefined ? undefined : before.key === key && isRoot(before),
    isSigned: await isSignedBy(checkpoint, key),
    isWhole: isRoot(checkpoint),
    witnesses: asked.witnesses,
    rounds: await Promise.all(asked.rounds.map((round) => checkRound(round, asked.witnesses, async (signed) => isRoot(signed) && isSignedBy(signed, key)))),
  };
}
