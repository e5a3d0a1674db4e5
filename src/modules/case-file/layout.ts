import { loadFonts } from './fonts.ts';

/** One step as it is printed. */
export type PrintedStep = {
  readonly at: string;
  readonly what: string;
  readonly who: string;
  /** To whom, until when, with which outcome. */
  readonly details: readonly string[];
  readonly words: readonly string[];
  /** Between offices; marked as such. */
  readonly internal: boolean;
};

/** Everything that stands in a case's file, in words already. */
export type Printed = {
  readonly number: string;
  readonly title: string;
  readonly heading: string;
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly asked: { readonly heading: string; readonly text: string };
  readonly steps: { readonly heading: string; readonly internalMark: string; readonly rows: readonly PrintedStep[] };
  readonly photos: { readonly heading: string; readonly images: readonly Buffer[]; readonly left: string | null };
  readonly chain: { readonly heading: string; readonly lines: readonly string[] };
  readonly continued: string;
  readonly foot: string;
  readonly page: (at: number, of: number) => string;
};

const MARGIN = { top: 64, bottom: 64, left: 56, right: 56 };
const INK = '#1D2322';
const SOFT = '#55605E';
const LINE = '#DDE3E2';
const BRAND = '#0B6B66';
const WIDTH = 595.28 - MARGIN.left - MARGIN.right;
const TIME_WIDTH = 104;

type Doc = PDFKit.PDFDocument;

/** Draws the file on A4. The document is a stream: it may be sent while its last pages are drawn. */
export async function drawCaseFile(printed: Printed, locale: string): Promise<Doc> {
  // Ten megabytes of code that a process wants only when somebody prints.
  const [{ default: PDFDocument }, fonts] = await Promise.all([import('pdfkit'), loadFonts()]);
  const doc = new PDFDocument({
    size: 'A4',
    margins: MARGIN,
    bufferPages: true,
    lang: locale,
    info: { Title: `${printed.number} ${printed.title}`, Creator: 'Gongzhi' },
  });
  doc.registerFont('regular', fonts.regular).registerFont('bold', fonts.bold);
  // Null while a part begins: where that opens a page, nothing is continued there.
  let part: string | null = null;
  doc.on('pageAdded', () => {
    runningHead(doc, part === null ? printed.number : `${printed.number} · ${part} ${printed.continued}`);
  });
  const begin = (heading: string) => {
    part = null;
    sectionHead(doc, heading);
    part = heading;
  };
  titleOf(doc, printed);
  factsOf(doc, printed.facts);
  begin(printed.asked.heading);
  paragraph(doc, printed.asked.text);
  begin(printed.steps.heading);
  for (const step of printed.steps.rows) drawStep(doc, step, printed.steps.internalMark);
  if (printed.photos.images.length > 0) {
    begin(printed.photos.heading);
    photosOf(doc, printed.photos);
  }
  begin(printed.chain.heading);
  for (const line of printed.chain.lines) paragraph(doc, line);
  feet(doc, printed);
  doc.end();
  return doc;
}

function runningHead(doc: Doc, text: string): void {
  const { x } = doc;
  doc.font('regular').fontSize(8.5).fillColor(SOFT);
  doc.text(text, MARGIN.left, 36, { width: WIDTH, lineBreak: false, ellipsis: true });
  doc
    .moveTo(MARGIN.left, 52)
    .lineTo(MARGIN.left + WIDTH, 52)
    .lineWidth(0.5)
    .strokeColor(LINE)
    .stroke();
  doc.x = x;
  doc.y = MARGIN.top;
  body(doc);
}

function body(doc: Doc): Doc {
  return doc.font('regular').fontSize(10.5).fillColor(INK);
}

function titleOf(doc: Doc, { heading, number, title }: Printed): void {
  doc.font('regular').fontSize(10).fillColor(BRAND).text(heading, MARGIN.left, MARGIN.top, { width: WIDTH });
  doc.moveDown(0.2).font('bold').fontSize(19).fillColor(INK).text(title, { width: WIDTH, lineGap: 3 });
  doc.moveDown(0.15).font('regular').fontSize(12).fillColor(SOFT).text(number);
  doc.moveDown(0.6);
}

function room(doc: Doc, height: number): void {
  if (doc.y + height > doc.page.height - MARGIN.bottom) doc.addPage();
}

function factsOf(doc: Doc, facts: Printed['facts']): void {
  const labelWidth = 104;
  for (const [label, value] of facts) {
    body(doc);
    const width = WIDTH - labelWidth;
    const height = doc.heightOfString(value, { width, lineGap: 2 }) + 4;
    room(doc, height);
    const { y } = doc;
    doc.fillColor(SOFT).text(label, MARGIN.left, y, { width: labelWidth - 8 });
    const below = doc.y;
    doc.fillColor(INK).text(value, MARGIN.left + labelWidth, y, { width, lineGap: 2 });
    doc.y = Math.max(below, doc.y) + 3;
    doc.x = MARGIN.left;
  }
}

function sectionHead(doc: Doc, heading: string): void {
  room(doc, 70);
  doc.x = MARGIN.left;
  doc.moveDown(0.9).font('bold').fontSize(13).fillColor(BRAND).text(heading, { width: WIDTH });
  const y = doc.y + 3;
  doc
    .moveTo(MARGIN.left, y)
    .lineTo(MARGIN.left + WIDTH, y)
    .lineWidth(0.8)
    .strokeColor(BRAND)
    .stroke();
  doc.y = y + 7;
}

function paragraph(doc: Doc, text: string): void {
  body(doc).text(text, MARGIN.left, doc.y, { width: WIDTH, lineGap: 3, paragraphGap: 4 });
}

function drawStep(doc: Doc, { at, what, who, details, words, internal }: PrintedStep, mark: string): void {
  body(doc);
  const left = MARGIN.left + TIME_WIDTH;
  const width = WIDTH - TIME_WIDTH;
  room(doc, doc.heightOfString(what, { width }) + 34);
  const { y } = doc;
  doc
    .fontSize(9)
    .fillColor(SOFT)
    .text(at, MARGIN.left, y + 1, { width: TIME_WIDTH - 8 });
  doc
    .font('bold')
    .fontSize(10.5)
    .fillColor(INK)
    .text(internal ? `${what} [${mark}]` : what, left, y, { width });
  if (who) doc.font('regular').fontSize(9).fillColor(SOFT).text(who, left, doc.y, { width });
  if (details.length > 0) {
    doc.font('regular').fontSize(9.5).fillColor(INK);
    doc.text(details.join(' · '), left, doc.y + 1, { width, lineGap: 2 });
  }
  for (const text of words) body(doc).text(text, left, doc.y + 1, { width, lineGap: 2 });
  doc.y += 7;
  doc.x = MARGIN.left;
}

function photosOf(doc: Doc, { images, left }: Printed['photos']): void {
  const gap = 12;
  const width = (WIDTH - gap) / 2;
  const height = 170;
  for (let index = 0; index < images.length; index += 2) {
    room(doc, height + gap);
    const { y } = doc;
    images.slice(index, index + 2).forEach((image, column) => {
      doc.image(image, MARGIN.left + column * (width + gap), y, { fit: [width, height] });
    });
    doc.y = y + height + gap;
    doc.x = MARGIN.left;
  }
  if (left) paragraph(doc, left);
}

/** The foot of every page, written when it is known how many there are. */
function feet(doc: Doc, { foot, page }: Printed): void {
  const { start, count } = doc.bufferedPageRange();
  for (let index = start; index < start + count; index += 1) {
    doc.switchToPage(index);
    // Below the margin a line would begin a new page.
    doc.page.margins.bottom = 0;
    doc.font('regular').fontSize(8).fillColor(SOFT);
    doc.text(foot, MARGIN.left, doc.page.height - 40, { width: WIDTH - 90, lineBreak: false, ellipsis: true });
    doc.text(page(index + 1, count), MARGIN.left + WIDTH - 90, doc.page.height - 40, {
      width: 90,
      align: 'right',
      lineBreak: false,
    });
    doc.page.margins.bottom = MARGIN.bottom;
  }
}
