// SPDX-License-Identifier: Apache-2.0
// Whether a ledger has what somebody is shown: the text, its hash in the entry, the entry in the tree, the tree under the
// signature of the ledger's key. All of it is computed here; docs/server.md and docs/formats/ledger.md say how.
import {get, ask} from "./api";
import {fromBase64, isSignedBy, joined, leafHash, readCheckpoint, sha256, toBase64, toHex, type Checkpoint} from "./checkpoint";
import {keptKey} from "./ledger";

/// As the server gives it.
export interface RecordProof { number: number; index: number; kind: string; at: string; entry: string; proof: string; opened: string; who?: string; who_salt?: string }
/// What is said in the text that was proved.
export interface Opened { number: number; at: number; kind: string; who: string; audience: string[]; body: Record<string, unknown>; salt: string }
export interface ProofChecked {
  /// The key of the ledger signed the checkpoint.
  isSigned: boolean;
  /// The entry is in the tree of that checkpoint.
  isIncluded: boolean;
  /// The entry holds the hash of the text.
  isOpened: boolean;
  /// The writer who is named is the one whose hash the text holds; undefined where none is named.
  isWriter: boolean | undefined;
  checkpoint: Checkpoint;
  opened: Opened;
}
export const holds = ({isSigned, isIncluded, isOpened, isWriter}: ProofChecked): boolean => isSigned && isIncluded && isOpened && isWriter !== false;

const encoded = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;
const hexOf = async (text: string): Promise<string> => toHex(await sha256(encoded(text)));

interface TreeProof { index: number; path: Uint8Array<ArrayBuffer>[]; checkpoint: Checkpoint }
/// C2SP tlog-proof. Throws for what is none.
export function readProof(text: string): TreeProof {
  const end = text.indexOf("\n\n");
  const [head, ...lines] = text.slice(0, end).split("\n");
  if (end < 0 || head !== "c2sp.org/tlog-proof@v1") throw new Error("no proof");
  const [numbered, ...hashes] = lines.filter((line) => !line.startsWith("extra "));
  const index = /^index (0|[1-9]\d{0,15})$/.exec(numbered ?? "")?.[1];
  const path = hashes.map(fromBase64);
  if (index === undefined || path.some(({length}) => length !== 32)) throw new Error("no proof");
  return {index: Number(index), path, checkpoint: readCheckpoint(text.slice(end + 2))};
}

/// The root that follows from a leaf and what stands beside its way up, by RFC 9162, 2.1.3.2; undefined where the way does
/// not fit the size.
export async function rootFrom(leaf: Uint8Array<ArrayBuffer>, index: number, size: number, path: Uint8Array<ArrayBuffer>[]): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (index >= size) return undefined;
  let place = index, last = size - 1, root = leaf;
  for (const beside of path) {
    if (last === 0) return undefined;
    if (place % 2 === 1 || place === last) {
      root = await sha256(joined(Uint8Array.of(1), beside, root));
      while (place % 2 === 0 && place !== 0) { place = Math.floor(place / 2); last = Math.floor(last / 2); }
    } else root = await sha256(joined(Uint8Array.of(1), root, beside));
    place = Math.floor(place / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 ? root : undefined;
}

/// The key of the ledger: as this browser saw it when it first checked the ledger, else as the server gives it now.
export async function ledgerKey(): Promise<string> {
  const key = (await (await ask("/ledger/key")).text()).trim();
  return keptKey(key.split("+")[0] ?? "") ?? key;
}
export const recordProof = (entry: number): Promise<RecordProof> => get<RecordProof>(`/api/v1/ledger/entries/${entry}`);

/// Throws for what is no proof at all.
export async function checkProof(proof: RecordProof, key: string): Promise<ProofChecked> {
  const {index, path, checkpoint} = readProof(proof.proof);
  const opened = JSON.parse(proof.opened) as Opened;
  const root = await rootFrom(await leafHash(encoded(proof.entry)), index, checkpoint.size, path);
  const elsewhere = /^elsewhere: ([0-9a-f]{64}) 64$/m.exec(proof.entry)?.[1];
  return {
    checkpoint, opened,
    isSigned: await isSignedBy(checkpoint, key),
    isIncluded: root !== undefined && toBase64(root) === checkpoint.root && index === proof.index,
    isOpened: elsewhere !== undefined && await hexOf(await hexOf(proof.opened)) === elsewhere && opened.number === proof.number && opened.number === index + 1,
    isWriter: proof.who === undefined ? undefined : proof.who_salt ? await hexOf(`${proof.who_salt} ${proof.who}`) === opened.who : proof.who === opened.who,
  };
}

/// Rows of CSV by the names of its first one.
export function rowsOf(csv: string): Record<string, string>[] {
  const rows: string[][] = [[]];
  let field = "", isQuoted = false;
  for (let at = 0; at < csv.length; at += 1) {
    const letter = csv[at]!;
    if (isQuoted) {
      if (letter !== '"') field += letter;
      else if (csv[at + 1] === '"') { field += '"'; at += 1; } else isQuoted = false;
    } else if (letter === '"') isQuoted = true;
    else if (letter === "," || letter === "\n") {
      rows.at(-1)!.push(field.replace(/\r$/, ""));
      field = "";
      if (letter === "\n") rows.push([]);
    } else field += letter;
  }
  if (field !== "" || rows.at(-1)!.length > 0) rows.at(-1)!.push(field);
  const [names = [], ...records] = rows.filter((row) => row.length > 0);
  return records.map((row) => Object.fromEntries(names.map((name, at) => [name, row[at] ?? ""])));
}

const times = ["from", "to", "reported_at"];
/// Whether the text that was proved has a row with these very columns.
export function saysWhatIsShown({kind, body}: Opened, incident: string, columns: Record<string, string>): boolean {
  if (kind !== "accounts" || typeof body["rows"] !== "string") return false;
  const same = (name: string, one: string, other: string): boolean => one === other || (times.includes(name) && Date.parse(one) === Date.parse(other));
  return rowsOf(body["rows"]).some((row) => row["incident"] === incident
    && Object.entries(columns).every(([name, value]) => same(name, value, row[name] ?? ""))
    && Object.entries(row).every(([name, value]) => value === "" || name in columns));
}

// Names and texts stand on record as they were sent, but for spaces at their ends.
const asSent = ["incident", "actor", "target", "weapon", "kind", "place", "observed_by", "source", "note"];
const numbers = ["latitude", "longitude", "radius_m", "deaths_low", "deaths_high"];
// `B|A` is what `A|B` is.
const inOrder = (text: string): string => text.split("|").map((part) => part.trim()).sort().join("|");
/// The row of the text that was proved which says what was sent; `account` and `according_to` follow from who sends it where they
/// were not sent.
export function rowSent({kind, body}: Opened, sent: Record<string, unknown>): Record<string, string> | undefined {
  if (kind !== "accounts" || typeof body["rows"] !== "string") return undefined;
  // What is taken back says nothing any more.
  const names = sent["kind"] === "withdrawn" ? ["incident", "kind"] : [...asSent, ...numbers];
  const same = (row: Record<string, string>, name: string): boolean => !(name in sent)
    || (numbers.includes(name) ? Math.abs(Number(sent[name]) - Number(row[name])) < 1e-6 : inOrder(String(sent[name])) === inOrder(row[name] ?? ""));
  return rowsOf(body["rows"]).find((row) => names.every((name) => same(row, name))
    && Date.parse(row["reported_at"] ?? "") === Date.parse(String(sent["reported_at"])));
}
