// SPDX-License-Identifier: Apache-2.0
// The one-time link: what stands behind `#invitation=` is taken out of the address bar and kept for this page alone.
let held = "";

export function readInvitation(): void {
  const match = /^#invitation=([\w-]+)$/.exec(location.hash);
  if (match === null) return;
  held = match[1] ?? "";
  history.replaceState(null, "", "/sign-in");
}
export const invitation = (): string => held;
export const forgetInvitation = (): void => { held = ""; };
