/** How rare words are in Chinese at large. */
export type Rarity = {
  /** The inverse document frequency of a word (log of all texts by those that hold it); that of the middle word if unknown. */
  of(word: string): number;
};

const LINE_END = 0x0a;
const SPACE = 0x20;

/**
 * Reads a list of lines `word frequency` in UTF-8, as word cutters bring it along. It is held as numbers: a table by
 * the hash of a word, with a second hash in place of the word itself. A list of 270,000 words takes 4 MB so, where
 * a map of its words takes 20, in every process. Of unknown words, one in a billion is taken for one of the list.
 */
export function readRarity(list: Uint8Array): Rarity {
  const mask = 2 ** Math.ceil(Math.log2(linesOf(list) * 1.5)) - 1;
  const marks = new Uint32Array(mask + 1);
  const values = new Float32Array(mask + 1);
  // Where the word between two places of these bytes stands, or would.
  const placeOf = (bytes: Uint8Array, from: number, to: number, mark: number) => {
    let at = hash(bytes, from, to, PLACE_SEED) & mask;
    while (marks[at] !== 0 && marks[at] !== mark) at = (at + 1) & mask;
    return at;
  };
  const text = Buffer.from(list.buffer, list.byteOffset, list.byteLength);
  let words = 0;
  for (let start = 0; start < list.length; ) {
    const found = list.indexOf(LINE_END, start);
    const end = found < 0 ? list.length : found;
    const gap = list.indexOf(SPACE, start);
    if (gap > start && gap < end) {
      const mark = markOf(list, start, gap);
      const at = placeOf(list, start, gap, mark);
      if (marks[at] === 0) words++;
      marks[at] = mark;
      values[at] = Number(text.toString('latin1', gap + 1, end));
    }
    start = end + 1;
  }
  const middle = middleOf(values, words);
  return {
    of(word) {
      const bytes = Buffer.from(word);
      const at = placeOf(bytes, 0, bytes.length, markOf(bytes, 0, bytes.length));
      return marks[at] === 0 ? middle : (values[at] as number);
    },
  };
}

function linesOf(list: Uint8Array): number {
  let lines = 1;
  for (let at = list.indexOf(LINE_END); at >= 0; at = list.indexOf(LINE_END, at + 1)) lines++;
  return lines;
}

/** Of the places taken, the one in the middle by value; free places hold 0 and sort first. */
function middleOf(values: Float32Array, taken: number): number {
  const sorted = values.slice().sort();
  return sorted[sorted.length - taken + Math.floor(taken / 2)] ?? 0;
}

const PLACE_SEED = 0x811c9dc5;
const MARK_SEED = 0x2f0b4c47;
const FNV_PRIME = 0x01000193;

/** Never 0, which marks a free place. */
const markOf = (bytes: Uint8Array, from: number, to: number) => hash(bytes, from, to, MARK_SEED) || 1;

/** FNV-1a with 32 bits, its bits stirred once more at the end. */
function hash(bytes: Uint8Array, from: number, to: number, seed: number): number {
  let found = seed;
  for (let at = from; at < to; at++) found = Math.imul(found ^ (bytes[at] as number), FNV_PRIME);
  found = Math.imul(found ^ (found >>> 15), 0x2c1b3c6d);
  return (found ^ (found >>> 13)) >>> 0;
}
