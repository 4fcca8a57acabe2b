// SPDX-License-Identifier: Apache-2.0
// What every page needs to know of the agreement that is watched.
import {get} from "./api";
import {listen} from "./events.svelte";
import {inTurn} from "./turns";

interface RevisionLine { revision: number; title: string; at: string; is_watched: boolean }

class Workspace {
  title = $state("");
  /// 0: none is watched, or none that one may see.
  revision = $state(0);
  isKnown = $state(false);
}
export const workspace = new Workspace();

const load = inTurn(async () => {
  try {
    const {revisions} = await get<{revisions: RevisionLine[]}>("/api/v1/agreement/revisions");
    const watched = revisions.find((revision) => revision.is_watched);
    workspace.title = watched?.title ?? "";
    workspace.revision = watched?.revision ?? 0;
    workspace.isKnown = true;
  } catch {
    // The pages say what they could not get.
  }
});

export function beginWorkspace(): () => void {
  void load();
  return listen((kind) => { if (kind === "agreement") void load(); });
}
