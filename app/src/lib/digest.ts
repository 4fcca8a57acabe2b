// SPDX-License-Identifier: Apache-2.0
/// The SHA-256 of bytes, in hexadecimal, as the browser itself makes it.
export async function digestOf(bytes: BufferSource): Promise<string> {
  return [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
