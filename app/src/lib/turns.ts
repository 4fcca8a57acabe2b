// SPDX-License-Identifier: Apache-2.0
// Loading again what is on its way already, without an older answer that comes last.
import {untrack} from "svelte";

/// `load`, one after another: who asks while one is on its way waits for one that begins after it, and so do all who ask in the
/// meantime. What is shown is then never older than what was shown before, nor than the question. An effect that asks does not
/// run again by what `load` reads.
export function inTurn(load: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const run = (): Promise<void> => {
    running = untrack(load).finally(() => { running = undefined; });
    return running;
  };
  return () => {
    if (next !== undefined) return next;
    if (running === undefined) return run();
    next = running.catch(() => undefined).then(() => {
      next = undefined;
      return run();
    });
    return next;
  };
}
