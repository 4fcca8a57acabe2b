// SPDX-License-Identifier: Apache-2.0
// The text of an agreement as parts that a page can show: clauses by number, disputed words by who proposed them.
export interface Piece { text: string; proposer?: string }
export interface Part { number: string; pieces: Piece[] }

const begins = /^(\d+\.\d+)\s/;

/// A clause ends where the next one, an article or a part of the text begins; what stands before the first is a part
/// without a number.
export function partsOf(text: string): Part[] {
  const parts: {number: string; lines: string[]}[] = [{number: "", lines: []}];
  for (const line of text.split("\n")) {
    const number = begins.exec(line)?.[1];
    if (number !== undefined) parts.push({number, lines: []});
    else if (/^(article|local truce|confidential annex|signed|done|annex)\b/.test(line) && parts.at(-1)!.number !== "") parts.push({number: "", lines: []});
    parts.at(-1)!.lines.push(line);
  }
  return parts.map(({number, lines}) => ({number, pieces: piecesOf(lines.join("\n").trim())})).filter(({pieces}) => pieces.some(({text: words}) => words !== ""));
}

/// Of `[Russian Federation: 24 hours | United States: 48 hours]` each alternative is a piece of who proposed it.
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(/\[([^[\]]*)\]/g)) {
    pieces.push({text: text.slice(from, match.index)});
    for (const alternative of (match[1] ?? "").split("|")) {
      const colon = alternative.indexOf(":");
      pieces.push({proposer: alternative.slice(0, Math.max(colon, 0)).trim(), text: alternative.slice(colon + 1).trim()});
    }
    from = match.index + match[0].length;
  }
  pieces.push({text: text.slice(from)});
  return pieces.filter(({text: words}) => words !== "");
}

/// A document whose lines were broken for a terminal, with each paragraph on one line.
export function unbroken(document: string): string {
  return document.replace(/(\S.{50,})\n(?! *\n)( *)(?=\S)(?!\([a-z]\)|[=-]{4}|\d+\.\d+ )/g, "$1 ");
}
