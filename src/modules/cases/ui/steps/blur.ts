/** A rectangle in the picture's own pixels. */
export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
type Spot = { readonly x: number; readonly y: number };

/** The rectangle with these two corners, whichever way it was dragged. */
export function boxBetween(one: Spot, other: Spot): Box {
  return {
    x: Math.min(one.x, other.x),
    y: Math.min(one.y, other.y),
    width: Math.abs(one.x - other.x),
    height: Math.abs(one.y - other.y),
  };
}

/** The part of a box inside a picture, on whole pixels; null when nothing of it is. */
export function clip(box: Box, size: { readonly width: number; readonly height: number }): Box | null {
  const x = Math.max(0, Math.floor(box.x));
  const y = Math.max(0, Math.floor(box.y));
  const width = Math.min(size.width, Math.ceil(box.x + box.width)) - x;
  const height = Math.min(size.height, Math.ceil(box.y + box.height)) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}

/**
 * How many tiles a blurred box keeps across its longer side. A soft blur can be undone by computing; so few averaged
 * tiles cannot tell a face or a plate, however large the box is.
 */
const TILES = 6;

/** Draws the picture with every box averaged into a few tiles. */
export function drawBlurred(
  context: CanvasRenderingContext2D,
  image: CanvasImageSource,
  size: { readonly width: number; readonly height: number },
  boxes: readonly Box[],
): void {
  context.imageSmoothingEnabled = true;
  context.drawImage(image, 0, 0, size.width, size.height);
  for (const box of boxes) {
    const inside = clip(box, size);
    if (inside) averageTiles(context, inside);
  }
}

function averageTiles(context: CanvasRenderingContext2D, { x, y, width, height }: Box): void {
  const side = Math.max(1, Math.ceil(Math.max(width, height) / TILES));
  for (let top = y; top < y + height; top += side) {
    for (let left = x; left < x + width; left += side) {
      const w = Math.min(side, x + width - left);
      const h = Math.min(side, y + height - top);
      context.fillStyle = averageColour(context.getImageData(left, top, w, h).data);
      context.fillRect(left, top, w, h);
    }
  }
}

/** The mean colour of pixels given as red, green, blue, alpha in turn. */
export function averageColour(pixels: ArrayLike<number>): string {
  let red = 0;
  let green = 0;
  let blue = 0;
  const count = pixels.length / 4;
  for (let at = 0; at < pixels.length; at += 4) {
    red += pixels[at] ?? 0;
    green += pixels[at + 1] ?? 0;
    blue += pixels[at + 2] ?? 0;
  }
  return `rgb(${Math.round(red / count)} ${Math.round(green / count)} ${Math.round(blue / count)})`;
}
