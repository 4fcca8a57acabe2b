// SPDX-License-Identifier: Apache-2.0
// What the witnesses of the ledger said, and whether it is so: each signature is checked with the key of its witness.
import {cosignedAt, readCheckpoint, type Checkpoint} from "./checkpoint";

/// As the server gives them.
export interface Witness { name: string; key: string }
export interface Reply { name: string; outcome: string; why?: string }
export interface Round { size: number; at: string; checkpoint: string; replies: Reply[] }
export interface WitnessesAnswer { witnesses: Witness[]; rounds: Round[] }

export interface CheckedReply extends Reply {
  /// When it signed, in seconds since 1970, by a signature that holds.
  signedAt: number | undefined;
  /// Whether what is said of it holds: of one that signed, its signature; undefined where its key is not named any more, or
  /// where it did not sign, which nothing proves.
  isRight: boolean | undefined;
}
export interface CheckedRound {
  size: number; at: string;
  /// What they were asked to sign is the beginning of this ledger, under its own key.
  isOfLedger: boolean;
  replies: CheckedReply[];
}
/// Whether nothing of it is wrong, however many refused.
export const holdsRound = ({isOfLedger, replies}: CheckedRound): boolean => isOfLedger && replies.every(({isRight}) => isRight !== false);

async function checkReply(reply: Reply, checkpoint: Checkpoint, witnesses: readonly Witness[]): Promise<CheckedReply> {
  const key = witnesses.find(({name}) => name === reply.name)?.key;
  const signedAt = key === undefined ? undefined : await cosignedAt(checkpoint, key);
  const isRight = reply.outcome !== "cosigned" || key === undefined ? undefined : signedAt !== undefined;
  return {...reply, signedAt, isRight};
}

/// `isBeginning`: whether a checkpoint is the beginning of the ledger that was read.
export async function checkRound(round: Round, witnesses: readonly Witness[], isBeginning: (checkpoint: Checkpoint) => Promise<boolean>): Promise<CheckedRound> {
  const checkpoint = readCheckpoint(round.checkpoint);
  return {
    size: checkpoint.size, at: round.at,
    isOfLedger: checkpoint.size === round.size && await isBeginning(checkpoint),
    replies: await Promise.all(round.replies.map((reply) => checkReply(reply, checkpoint, witnesses))),
  };
}
