// SPDX-License-Identifier: Apache-2.0
// Who is signed in. The cookie itself is out of reach of scripts; whether there was one is remembered, so that a visitor
// without a session asks for none.
import {ask, get, onSessionEnd, post, Problem, setToken} from "./api";
import {beginEvents} from "./events.svelte";

export type Role = "public" | "mediator" | "monitor" | "verifier" | "reporter" | "delegate" | "convoy-officer" | "auditor" | "administrator";
export interface Person { name: string; role: Role; party?: string; csrf: string }

const hint = "truce.session";

class Session {
  person: Person | undefined = $state.raw();
  /// It ended by itself, not by its owner.
  hasLapsed = $state(false);
  role: Role = $derived(this.person?.role ?? "public");
  isOfMission = $derived(["mediator", "monitor", "verifier", "auditor"].includes(this.role));
}
export const session = new Session();

async function hold(person: Person | undefined): Promise<void> {
  setToken(person?.csrf ?? "");
  try {
    if (person) localStorage.setItem(hint, person.name);
    else localStorage.removeItem(hint);
  } catch {
    // Then it is asked again after the next load.
  }
  const begun = beginEvents();
  // What somebody may see no longer goes at once; what a person may see comes when news of it does.
  if (person === undefined) session.person = undefined;
  await begun;
  if (person !== undefined) session.person = person;
}

export async function beginSession(): Promise<void> {
  onSessionEnd(() => {
    session.hasLapsed = true;
    void hold(undefined);
  });
  let before: string | null;
  try {
    before = localStorage.getItem(hint);
  } catch {
    before = null;
  }
  if (before === null) {
    await beginEvents();
    return;
  }
  try {
    await hold(await get<Person>("/api/v1/session"));
  } catch (error) {
    session.hasLapsed = error instanceof Problem && error.status === 401;
    await hold(undefined);
  }
}

export async function signIn(name: string, password: string): Promise<void> {
  const person = await post<Person>("/api/v1/session", {name, password});
  session.hasLapsed = false;
  await hold(person);
}

export async function signOut(): Promise<void> {
  await ask("/api/v1/session", {method: "DELETE"});
  void hold(undefined);
}
