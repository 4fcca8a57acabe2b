// SPDX-License-Identifier: Apache-2.0
// The documented API and nothing else. Every refusal is a Problem with what the server says.
import type {Wording} from "./wording.svelte";

export class Problem extends Error {
  /// `said`: the detail in parts, where the server gives it so.
  constructor(readonly status: number, detail: string, readonly said?: Wording) {
    super(detail);
  }
  /// Whether nobody answered at all.
  get isOffline(): boolean { return this.status === 0; }
}

let csrf = "";
/// The token that goes with each write of this session.
export const setToken = (token: string): void => { csrf = token; };

let ended: () => void = () => undefined;
/// Called when the server knows the session no more.
export const onSessionEnd = (told: () => void): void => { ended = told; };

export interface Asked { method?: string; json?: unknown; body?: BodyInit; type?: string; signal?: AbortSignal }

export async function ask(path: string, {method = "GET", json, body, type, signal}: Asked = {}): Promise<Response> {
  const headers = new Headers();
  if (method !== "GET" && csrf !== "") headers.set("X-CSRF-Token", csrf);
  if (json !== undefined) headers.set("Content-Type", "application/json");
  else if (type !== undefined) headers.set("Content-Type", type);
  let response: Response;
  try {
    response = await fetch(path, {method, headers, body: json === undefined ? body ?? null : JSON.stringify(json), credentials: "same-origin", signal: signal ?? null});
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Problem(0, "");
  }
  if (response.ok) return response;
  const {detail, detail_said} = await response.json().catch(() => ({})) as {detail?: string; detail_said?: Wording};
  if (response.status === 401 && csrf !== "") ended();
  throw new Problem(response.status, detail ?? response.statusText, detail_said);
}

export const get = async <T>(path: string, signal?: AbortSignal): Promise<T> => (await ask(path, signal ? {signal} : {})).json() as Promise<T>;
export async function post<T>(path: string, json: unknown): Promise<T> {
  const response = await ask(path, {method: "POST", json});
  return (response.status === 204 ? undefined : await response.json()) as T;
}
