// SPDX-License-Identifier: Apache-2.0
import {Problem} from "./api";
import {t} from "./language.svelte";
import {said} from "./wording.svelte";

/// What went wrong, for a person. What the server says of an input names what to mend: in the reader's language, or in
/// English where it is of the texts and files of others.
export function explain(error: unknown): string {
  if (!(error instanceof Problem)) return t("problem.unforeseen");
  if (error.isOffline) return t("problem.offline");
  if (error.status === 401) return t("problem.signed_out");
  if (error.status === 403) return t("problem.not_allowed");
  if (error.status === 404) return t("problem.nothing_there");
  if (error.status === 429) return t("problem.too_many");
  if (error.status >= 500) return t("problem.server", {detail: error.message});
  return said(error.said, error.message).text;
}
