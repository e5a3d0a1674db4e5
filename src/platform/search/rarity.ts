/** How rarely a word stands in texts at large: its inverse document frequency. What the list does not know is middling. */
export type Rarity = (word: string) => number;

/** Seeds of the two numbers that a word becomes: where it lies, and what is kept of it there. */
const PLACE = 0x811c9dc5;
const MARK = 0x3ade68b1;
const SPACE = 0x20;
const NEWLINE = 0x0a;

/**
 * Reads a list of lines `word number`. Of each word four bytes are kept, and four of its number: 4 MB for a quarter of a
 * million words, where a table of strings takes 20. A word that is not there is taken for another once in some billion.
 */
export function readRarity(list: Buffer): Rarity {
  // A third of the places and more stay free, so that looking ends soon.
  const last = 2 ** Math.ceil(Math.log2(countLines(list) * 1.5)) - 1;
  const marks = new Uint32Array(last + 1);
  const numbers = new Float32Array(last + 1);
  const find = (bytes: Buffer, from: number, to: number) => {
    const mark = markOf(bytes, from, to);
    let place = digest(PLACE, bytes, from, to) & last;
    while (marks[place] !== 0 && marks[place] !== mark) place = (place + 1) & last;
    return { place, mark };
  };
  for (let start = 0; start < list.length; ) {
    const newline = list.indexOf(NEWLINE, start);
    const end = newline < 0 ? list.length : newline;
    const space = list.lastIndexOf(SPACE, end - 1);
    if (space > start) {
      const { place, mark } = find(list, start, space);
      marks[place] = mark;
      numbers[place] = Number(list.toString('latin1', space + 1, end));
    }
    start = end + 1;
  }
  const known = numbers.filter((number) => number > 0).sort();
  const middling = known[known.length >> 1] ?? 1;
  return (word) => {
    const bytes = Buffer.from(word);
    return numbers[find(bytes, 0, bytes.length).place] || middling;
  };
}

function countLines(list: Buffer): number {
  let lines = 1;
  for (let at = list.indexOf(NEWLINE); at >= 0; at = list.indexOf(NEWLINE, at + 1)) lines++;
  return lines;
}

/** Never 0, which means a free place. */
const markOf = (bytes: Buffer, from: number, to: number) => digest(MARK, bytes, from, to) || 1;

/** FNV-1a, its bits mixed once more at the end. */
function digest(seed: number, bytes: Buffer, from: number, to: number): number {
  let hash = seed;
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
