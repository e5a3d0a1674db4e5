import { inflateSync } from 'node:zlib';

type Objects = ReadonlyMap<string, string>;

/**
 * The text of a PDF as a reader would copy it: every glyph is looked up in its font's table of characters. Enough for
 * what pdfkit writes; a file whose text cannot be copied gives none.
 */
export function pdfText(file: Buffer): string {
  const objects = objectsOf(file);
  const all = [...objects.values()];
  return all
    .filter((object) => object.includes('BT\n'))
    .map((content) => textOf(content, fontsOf(objects)))
    .join('\n');
}

export function pdfPages(file: Buffer): number {
  return [...objectsOf(file).values()].filter((object) => /\/Type \/Page\b(?!s)/.test(object)).length;
}

function objectsOf(file: Buffer): Objects {
  const raw = file.toString('latin1');
  const found = new Map<string, string>();
  for (const match of raw.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const [, id = '', content = ''] = match;
    // One line end belongs to the file, as pdfkit writes it; packed bytes may themselves end in a carriage return.
    const stream = /stream\n([\s\S]*?)\nendstream/.exec(content)?.[1];
    const head = content.slice(0, stream === undefined ? content.length : content.indexOf('stream'));
    const packed = stream !== undefined && head.includes('/FlateDecode');
    const bytes = stream === undefined ? '' : packed ? unpacked(stream) : stream;
    found.set(id, `${head}\n${bytes}`);
  }
  return found;
}

function unpacked(stream: string): string {
  try {
    return inflateSync(Buffer.from(stream, 'latin1')).toString('latin1');
  } catch {
    return '';
  }
}

/** Font name in the pages (`F1`) → glyph → character. */
function fontsOf(objects: Objects): Map<string, Map<number, string>> {
  const fonts = new Map<string, Map<number, string>>();
  for (const object of objects.values()) {
    for (const [, name = '', id = ''] of object.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const table = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id) ?? '')?.[1];
      if (table !== undefined) fonts.set(name, charactersOf(objects.get(table) ?? ''));
    }
  }
  return fonts;
}

function charactersOf(table: string): Map<number, string> {
  const characters = new Map<number, string>();
  for (const [, first = '', list = ''] of table.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/gi)) {
    // A ligature is one glyph of several characters, written with blanks between.
    [...list.matchAll(/<([0-9a-f ]*)>/gi)].forEach(([, hex = ''], index) => {
      const codes = hex.match(/[0-9a-f]{4}/gi)?.map((code) => Number.parseInt(code, 16)) ?? [];
      characters.set(Number.parseInt(first, 16) + index, String.fromCharCode(...codes));
    });
  }
  return characters;
}

function textOf(content: string, fonts: Map<string, Map<number, string>>): string {
  let font = new Map<number, string>();
  let text = '';
  for (const [whole, name, shown] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (name !== undefined) font = fonts.get(name) ?? new Map();
    else if (shown !== undefined)
      text += glyphsOf(shown)
        .map((glyph) => font.get(glyph) ?? '')
        .join('');
    if (whole === '') break;
  }
  return text;
}

function glyphsOf(shown: string): number[] {
  return [...shown.matchAll(/<([0-9a-f]*)>/gi)].flatMap(
    ([, hex = '']) => hex.match(/.{4}/g)?.map((code) => Number.parseInt(code, 16)) ?? [],
  );
}
