// SPDX-License-Identifier: Apache-2.0
// What was entered here and is to be sent: kept in the browser until the server has acknowledged it, through reloads and
// without a connection, and with the receipt from then on. Of everybody who signs in on this device apart.
import {ask, get, Problem} from "./api";
import {line} from "./events.svelte";
import {checkProof, holds, ledgerKey, recordProof, rowSent, type Opened, type RecordProof} from "./proof";
import {session} from "./session.svelte";
import {inTurn} from "./turns";
import type {Wording} from "./wording.svelte";

export interface Receipt { incident: string; account: string; reported_at: string; entry?: number }
export type State = "waiting" | "sent" | "refused";
export interface Item {
  id: string; who: string; at: string; body: Record<string, unknown>; state: State;
  receipt?: Receipt;
  /// That the signed ledger has it, and the key with which it was checked: docs/server.md, "Proof of record".
  proof?: RecordProof;
  key?: string;
  /// Whether the proof held when it came; undefined: none came yet.
  isProved?: boolean;
  /// The SHA-256 of what was sent, in hexadecimal.
  digest?: string;
  refusal?: string;
  refusal_said?: Wording;
}

const store = "items";
let database: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
  database ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("truce-outbox", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(store, {keyPath: "id"});
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("no database"));
  });
  return database;
}
async function run<T>(mode: IDBTransactionMode, act: (items: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const transaction = (await open()).transaction(store, mode, {durability: "strict"});
  const request = act(transaction.objectStore(store));
  return new Promise((resolve, reject) => {
    // Kept is what the whole transaction has kept.
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error ?? new Error("not kept"));
  });
}

class Outbox {
  all: Item[] = $state.raw([]);
  /// Of who is signed in, latest first.
  items = $derived(this.all.filter(({who}) => who === session.person?.name).sort((one, other) => (one.at < other.at ? 1 : -1)));
  waiting = $derived(this.items.filter(({state}) => state === "waiting").length);
}
export const outbox = new Outbox();

export async function readOutbox(): Promise<void> {
  outbox.all = await run<Item[]>("readonly", (items) => items.getAll() as IDBRequest<Item[]>);
}
async function keep(item: Item): Promise<void> {
  await run("readwrite", (items) => items.put(item));
  await readOutbox();
}
export async function forget(id: string): Promise<void> {
  await run("readwrite", (items) => items.delete(id));
  await readOutbox();
}

async function digestOf(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/// Keeps an account on this device, then sends it if it can.
export async function enter(body: Record<string, unknown>): Promise<Item> {
  const who = session.person?.name ?? "";
  // As it was said now: sent later it says the same, and sent twice it is one.
  const whole = {...body, reported_at: body["reported_at"] ?? new Date(Math.floor(Date.now() / 1000) * 1000).toISOString()};
  const item: Item = {id: crypto.randomUUID(), who, at: new Date().toISOString(), body: whole, state: "waiting"};
  await keep(item);
  await send();
  return outbox.all.find(({id}) => id === item.id) ?? item;
}

// Whether what was refused as being there already is what was sent, by an answer that was lost.
async function isThere({body, who}: Item): Promise<Receipt | undefined> {
  const incident = String(body["incident"]);
  const {proofs} = await get<{proofs: RecordProof[]}>(`/api/v1/incidents/${encodeURIComponent(incident)}/proofs`);
  for (const proof of proofs) {
    const row = proof.who === who ? rowSent(JSON.parse(proof.opened) as Opened, body) : undefined;
    if (row) return {incident, account: row["account"] ?? "", reported_at: String(body["reported_at"]), entry: proof.number};
  }
  return undefined;
}

/// Whether the receipt shows that the ledger has what was sent, by who sent it.
export async function isReceiptRight({proof, key, body, who}: Item): Promise<boolean> {
  if (proof === undefined || key === undefined) return false;
  try {
    const checked = await checkProof(proof, key);
    return holds(checked) && proof.who === who && rowSent(checked.opened, body) !== undefined;
  } catch {
    return false;
  }
}
// Asks for the proof of what was acknowledged, checks and keeps it. One that does not hold is kept too: it shows what the
// server said.
async function prove(item: Item): Promise<void> {
  if (item.receipt?.entry === undefined) return;
  const whole = {...item, proof: await recordProof(item.receipt.entry), key: await ledgerKey()};
  await keep({...whole, isProved: await isReceiptRight(whole)});
}

async function sendOne(item: Item): Promise<void> {
  const digest = await digestOf(JSON.stringify(item.body));
  try {
    const response = await ask("/api/v1/accounts", {method: "POST", json: item.body});
    const sent: Item = {...item, state: "sent", receipt: await response.json() as Receipt, digest};
    await keep(sent);
    // A proof that cannot be had now is asked for again with the next sending.
    await prove(sent).catch(() => undefined);
  } catch (error) {
    if (!(error instanceof Problem) || error.isOffline || error.status === 401 || error.status === 429 || error.status >= 500) throw error;
    const receipt = error.status === 409 ? await isThere(item).catch(() => undefined) : undefined;
    const answered: Item = receipt ? {...item, state: "sent", receipt, digest} : {...item, state: "refused", refusal: error.message, ...(error.said === undefined ? {} : {refusal_said: error.said})};
    await keep(answered);
    await prove(answered).catch(() => undefined);
  }
}

/// Sends what waits, in the order in which it was entered; what cannot be sent now stays. What is entered while something is sent
/// has its turn after it.
export const send = inTurn(async () => {
  try {
    for (const item of [...outbox.items].reverse()) if (item.state === "waiting") await sendOne(item);
    for (const item of outbox.items) if (item.state === "sent" && item.proof === undefined) await prove(item).catch(() => undefined);
  } catch {
    // It stays, and waits.
  }
});

/// Begins to send whenever the server can be reached again.
export function beginOutbox(): void {
  void readOutbox().then(send, () => undefined);
  addEventListener("online", () => void send());
  $effect.root(() => {
    $effect(() => { if (line.isOpen && session.person) void send(); });
  });
}
