export type ReceiptPicture = {
  readonly heading: string;
  readonly lines: readonly { readonly label: string; readonly value: string }[];
  readonly note: string;
  readonly address: string;
};

const WIDTH = 720;
const HEIGHT = 900;
const EDGE = 56;
const FONT = '"PingFang SC","Noto Sans SC","Noto Sans CJK SC","Microsoft YaHei",system-ui,sans-serif';

/** Draws number and code as a PNG that can lie in the photo album. Always dark on white, whatever the page's scheme. */
export function drawReceipt(picture: ReceiptPicture): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const pen = canvas.getContext('2d');
  if (!pen) return Promise.reject(new Error('no canvas'));
  pen.fillStyle = '#ffffff';
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  pen.fillStyle = '#0b6b66';
  pen.fillRect(0, 0, WIDTH, 112);
  write(pen, picture.heading, 72, 34, '600', '#ffffff');
  let y = 196;
  for (const { label, value } of picture.lines) {
    write(pen, label, y, 30, '400', '#55605e');
    write(pen, value, y + 72, 60, '600', '#1d2322');
    y += 184;
  }
  for (const line of wrap(pen, picture.note, 28)) {
    write(pen, line, y, 28, '400', '#1d2322');
    y += 44;
  }
  write(pen, picture.address, HEIGHT - EDGE, 26, '400', '#55605e');
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png');
  });
}

type Pen = CanvasRenderingContext2D;

/** One line; made smaller until it fits. */
function write(pen: Pen, text: string, y: number, size: number, weight: string, colour: string): void {
  pen.fillStyle = colour;
  for (let fitting = size; ; fitting -= 2) {
    pen.font = `${weight} ${fitting}px ${FONT}`;
    if (fitting <= 16 || pen.measureText(text).width <= WIDTH - 2 * EDGE) break;
  }
  pen.fillText(text, EDGE, y);
}

function wrap(pen: Pen, text: string, size: number): string[] {
  pen.font = `400 ${size}px ${FONT}`;
  const lines: string[] = [];
  let line = '';
  // Chinese breaks between any two characters, English between words.
  for (const piece of text.match(/[\w’'.,-]+\s*|[\s\S]/gu) ?? []) {
    if (line !== '' && pen.measureText(line + piece).width > WIDTH - 2 * EDGE) {
      lines.push(line);
      line = '';
    }
    line += piece;
  }
  return [...lines, line];
}
