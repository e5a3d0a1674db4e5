/** A rectangle in shares (0 to 1) of a picture's width and height, from its top left corner. */
export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
export type Spot = { readonly x: number; readonly y: number };
type Size = { readonly width: number; readonly height: number };

/** The rectangle with these two corners, whichever way it was dragged, cut at the picture's edges. */
export function boxBetween(one: Spot, other: Spot): Box {
  const inside = (share: number) => Math.min(1, Math.max(0, share));
  const [left, right] = [inside(Math.min(one.x, other.x)), inside(Math.max(one.x, other.x))];
  const [top, bottom] = [inside(Math.min(one.y, other.y)), inside(Math.max(one.y, other.y))];
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Tiles a covered part is averaged into, across and down; the server draws the public version the same way. */
const TILES = 6;

/** Draws the picture with every box averaged into a few tiles, as the public will see it. */
export function drawCovered(
  context: CanvasRenderingContext2D,
  image: CanvasImageSource,
  size: Size,
  boxes: readonly Box[],
): void {
  context.drawImage(image, 0, 0, size.width, size.height);
  for (const box of boxes) {
    const [width, height] = [(box.width * size.width) / TILES, (box.height * size.height) / TILES];
    if (width < 1 || height < 1) continue;
    for (let row = 0; row < TILES; row += 1) {
      for (let column = 0; column < TILES; column += 1) {
        const left = Math.floor(box.x * size.width + column * width);
        const top = Math.floor(box.y * size.height + row * height);
        const { data } = context.getImageData(left, top, Math.ceil(width), Math.ceil(height));
        context.fillStyle = averageColour(data);
        context.fillRect(left, top, Math.ceil(width), Math.ceil(height));
      }
    }
    outline(context, box, size);
  }
}

/** On even ground a covered part looks as before; its edge says that it is covered. */
function outline(context: CanvasRenderingContext2D, box: Box, size: Size): void {
  const place = [box.x * size.width, box.y * size.height, box.width * size.width, box.height * size.height] as const;
  for (const [colour, dashes] of [
    ['#fff', []],
    ['#000', [6, 6]],
  ] as const) {
    context.strokeStyle = colour;
    context.setLineDash([...dashes]);
    context.lineWidth = 2;
    context.strokeRect(...place);
  }
}

/** The mean colour of pixels given as red, green, blue, alpha in turn. */
export function averageColour(pixels: ArrayLike<number>): string {
  const sum = [0, 0, 0];
  for (let at = 0; at < pixels.length; at += 4) {
    for (const channel of [0, 1, 2]) sum[channel] = (sum[channel] ?? 0) + (pixels[at + channel] ?? 0);
  }
  const [red, green, blue] = sum.map((total) => Math.round((total * 4) / pixels.length));
  return `rgb(${red} ${green} ${blue})`;
}
