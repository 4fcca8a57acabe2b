// SPDX-License-Identifier: Apache-2.0
// Hashes, trees and signed checkpoints of a ledger, byte by byte as docs/formats/ledger.md has them.
export interface Checkpoint { text: string; origin: string; size: number; root: string; signatures: {name: string; id: string; bytes: Uint8Array<ArrayBuffer>}[] }

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
const nodeHash = (left: Uint8Array, right: Uint8Array): Promise<Uint8Array<ArrayBuffer>> => sha256(joined(Uint8Array.of(1), left, right));
/// By size, the root of the tree of so many first leaves. Each node is hashed once, however many sizes are asked for.
export async function rootsOf(leaves: readonly Uint8Array<ArrayBuffer>[], sizes: readonly number[]): Promise<Map<number, Uint8Array<ArrayBuffer>>> {
  const roots = new Map<number, Uint8Array<ArrayBuffer>>(), wanted = new Set(sizes);
  if (wanted.has(0)) roots.set(0, await sha256(new Uint8Array()));
  // Complete subtrees, each with how many leaves it holds; equal neighbours are joined as they come.
  const stack: {hash: Uint8Array<ArrayBuffer>; count: number}[] = [];
  for (const [at, leaf] of leaves.entries()) {
    let last = {hash: leaf, count: 1};
    while (stack.at(-1)?.count === last.count) last = {hash: await nodeHash(stack.pop()!.hash, last.hash), count: 2 * last.count};
    stack.push(last);
    if (!wanted.has(at + 1)) continue;
    let root = last.hash;
    for (const {hash} of stack.slice(0, -1).reverse()) root = await nodeHash(hash, root);
    roots.set(at + 1, root);
  }
  return roots;
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

/// A key as C2SP signed-note writes it, `NAME+ID+KEY`; `bytes` without the one that says its type. Undefined for what is none.
async function readKey(text: string): Promise<{name: string; id: string; type: number; bytes: Uint8Array<ArrayBuffer>} | undefined> {
  // base64 has plus signs of its own.
  const [, name = "", id = "", encoded = ""] = /^([^+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text.trim()) ?? [];
  if (encoded === "") return undefined;
  const whole = fromBase64(encoded);
  const own = toHex((await sha256(joined(new TextEncoder().encode(`${name}\n`), whole))).slice(0, 4));
  return own === id && whole.length === 33 ? {name, id, type: whole[0]!, bytes: whole.slice(1)} : undefined;
}
async function holdsUnder(key: Uint8Array<ArrayBuffer>, signature: Uint8Array<ArrayBuffer>, text: string): Promise<boolean> {
  const imported = await crypto.subtle.importKey("raw", key, {name: "Ed25519"}, false, ["verify"]);
  return crypto.subtle.verify({name: "Ed25519"}, imported, signature, new TextEncoder().encode(text));
}
const ofLedger = 1, ofWitness = 4;

/// Whether the ledger's key `NAME+ID+KEY` signed the checkpoint.
export async function isSignedBy(checkpoint: Checkpoint, key: string): Promise<boolean> {
  const known = await readKey(key);
  const signature = checkpoint.signatures.find((one) => one.name === known?.name && one.id === known.id);
  return known !== undefined && signature !== undefined && known.type === ofLedger && known.name === checkpoint.origin
    && holdsUnder(known.bytes, signature.bytes, checkpoint.text);
}
/// When the witness's key signed the checkpoint, in seconds since 1970, as C2SP tlog-cosignature has it; undefined where it
/// did not.
export async function cosignedAt(checkpoint: Checkpoint, key: string): Promise<number | undefined> {
  const known = await readKey(key);
  const signature = checkpoint.signatures.find((one) => one.name === known?.name && one.id === known.id)?.bytes;
  if (known?.type !== ofWitness || signature?.length !== 72) return undefined;
  const at = Number(new DataView(signature.buffer, signature.byteOffset).getBigUint64(0));
  return await holdsUnder(known.bytes, signature.slice(8), `cosignature/v1\ntime ${at}\n${checkpoint.text}`) ? at : undefined;
}
