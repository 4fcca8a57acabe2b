// SPDX-License-Identifier: Apache-2.0
// Checks a ledger in the browser: docs/formats/ledger.md says byte by byte what it is. Nothing is taken on the server's word.
import {ask} from "./api";

export interface Entry { index: number; hash: string; kind: string; at: string }
export interface Checkpoint { text: string; origin: string; size: number; root: string; signatures: {name: string; id: string; bytes: Uint8Array<ArrayBuffer>}[] }
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
  witnesses: string[];
}

export const sha256 = async (bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
export const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
export const fromBase64 = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
export const toHex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

export function joined(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/// RFC 6962, section 2.1.
export const leafHash = (entry: Uint8Array): Promise<Uint8Array<ArrayBuffer>> => sha256(joined(Uint8Array.of(0), entry));
export async function rootOf(leaves: Uint8Array<ArrayBuffer>[]): Promise<Uint8Array<ArrayBuffer>> {
  if (leaves.length === 0) return sha256(new Uint8Array());
  // Complete subtrees, each with how many leaves it holds; equal neighbours are joined as they come.
  const stack: {hash: Uint8Array<ArrayBuffer>; count: number}[] = [];
  const join = async (): Promise<void> => {
    const right = stack.pop()!, left = stack.pop()!;
    stack.push({hash: await sha256(joined(Uint8Array.of(1), left.hash, right.hash)), count: left.count + right.count});
  };
  for (const hash of leaves) {
    stack.push({hash, count: 1});
    while (stack.length > 1 && stack.at(-1)!.count === stack.at(-2)!.count) await join();
  }
  while (stack.length > 1) await join();
  return stack[0]!.hash;
}

/// Throws for what is none.
export function readCheckpoint(note: string): Checkpoint {
  const end = note.indexOf("\n\n");
  const text = note.slice(0, end + 1);
  const [origin = "", size = "", root = ""] = text.split("\n");
  if (end < 0 || origin === "" || !/^(0|[1-9]\d*)$/.test(size) || fromBase64(root).length !== 32) throw new Error("no checkpoint");
  const signatures = note.slice(end + 2).split("\n").flatMap((line) => {
    const match = /^\u2014 (\S+) (\S+)$/.exec(line);
    if (match === null) return [];
    const bytes = fromBase64(match[2]!);
    return [{name: match[1]!, id: toHex(bytes.slice(0, 4)), bytes: bytes.slice(4)}];
  });
  return {text, origin, size: Number(size), root, signatures};
}

/// Whether the key `NAME+ID+KEY` signed the checkpoint.
export async function isSignedBy(checkpoint: Checkpoint, key: string): Promise<boolean> {
  const [name = "", id = "", encoded = ""] = key.trim().split("+").length > 3
    // base64 has plus signs of its own.
    ? ((parts) => [parts[0]!, parts[1]!, parts.slice(2).join("+")])(key.trim().split("+")) : key.trim().split("+");
  const bytes = fromBase64(encoded);
  const own = toHex((await sha256(joined(new TextEncoder().encode(`${name}\n`), bytes))).slice(0, 4));
  const signature = checkpoint.signatures.find((one) => one.name === name && one.id === id);
  if (own !== id || bytes[0] !== 1 || bytes.length !== 33 || name !== checkpoint.origin || signature === undefined) return false;
  const imported = await crypto.subtle.importKey("raw", bytes.slice(1), {name: "Ed25519"}, false, ["verify"]);
  return crypto.subtle.verify({name: "Ed25519"}, imported, signature.bytes, new TextEncoder().encode(checkpoint.text));
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
function keptBefore(origin: string): Kept | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(place) ?? "null") as Kept | null;
    return kept?.origin === origin ? kept : undefined;
  } catch {
    return undefined;
  }
}
/// The key with which this browser found the ledger of that origin signed before.
export const keptKey = (origin: string): string | undefined => keptBefore(origin)?.key;
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
  const checkpoint = readCheckpoint(await (await ask("/ledger/checkpoint")).text());
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
  const before = keptBefore(checkpoint.origin);
  const goesOn = before === undefined ? undefined
    : before.key === key && before.size <= leaves.length && toBase64(await rootOf(leaves.slice(0, before.size))) === before.root;
  return {
    checkpoint, key, entries, before, goesOn,
    isSigned: await isSignedBy(checkpoint, key),
    isWhole: toBase64(await rootOf(leaves)) === checkpoint.root,
    witnesses: checkpoint.signatures.filter(({name}) => name !== checkpoint.origin).map(({name}) => name),
  };
}
