import sharp, { type Sharp } from 'sharp';
import { type Result, refuse } from '../../kit/result.ts';
import { type PhotoPosition, positionFromExif } from './exif-position.ts';

/** A phone's largest photos have 108 megapixels; a small file that unfolds to more is an attack, not a photo. */
const MOST_MEGAPIXELS = 120;
/** Longest edge of what is kept: enough to read a notice on a wall, a tenth of the bytes. */
const LONGEST_EDGE = 4096;
const THUMBNAIL_EDGE = 480;
const SECONDS = 20;

sharp.cache(false);
// Two cores serve everything here: one thread an image, many images wait in line.
sharp.concurrency(1);

export type ImageType = 'image/jpeg' | 'image/png' | 'image/webp';

export const THUMBNAIL_TYPE = 'image/webp';

export type CleanImage = {
  readonly bytes: Buffer;
  readonly thumbnail: Buffer;
  readonly width: number;
  readonly height: number;
  readonly position: PhotoPosition | null;
};

/**
 * Draws the image anew: upright, in sRGB, without any metadata or trailing bytes; the place it was taken is handed over
 * apart. Refuses `files.too_many_pixels` before unfolding it, `files.unreadable` when it does not decode.
 */
export async function cleanImage(bytes: Uint8Array, type: ImageType): Promise<Result<CleanImage>> {
  try {
    const metadata = await sharp(bytes, { limitInputPixels: false }).metadata();
    const megapixels = (metadata.width * metadata.height) / 1_000_000;
    if (megapixels > MOST_MEGAPIXELS) {
      return refuse('files.too_many_pixels', { megapixels: Math.round(megapixels), limit: MOST_MEGAPIXELS });
    }
    const { data, info } = await encode(
      open(bytes)
        .autoOrient()
        .resize({ width: LONGEST_EDGE, height: LONGEST_EDGE, fit: 'inside', withoutEnlargement: true }),
      type,
    ).toBuffer({ resolveWithObject: true });
    const thumbnail = await thumbnailOf(data);
    return {
      bytes: data,
      thumbnail,
      width: info.width,
      height: info.height,
      position: positionFromExif(metadata.exif),
    };
  } catch {
    // Whatever the decoder dislikes, the answer to the person is the same.
    return refuse('files.unreadable');
  }
}

/** Part of an image, in shares of its width and height from the top left corner. */
export type Region = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** Blocks a blurred region is reduced to; what was there cannot be computed back from so few. */
const BLOCKS = 6;

/** The image with the regions made unreadable, for release to the public; and its thumbnail. */
export async function blurRegions(
  bytes: Uint8Array,
  type: ImageType,
  regions: readonly Region[],
): Promise<{ readonly bytes: Buffer; readonly thumbnail: Buffer }> {
  const { width, height, hasAlpha } = await sharp(bytes).metadata();
  const patches = await Promise.all(
    regions.map(async (region) => {
      const box = boxOf(region, width, height);
      const { left, top } = box;
      const coarse = await open(bytes).extract(box).resize(BLOCKS, BLOCKS, { fit: 'fill' }).png().toBuffer();
      const input = await sharp(coarse)
        .resize(box.width, box.height, { fit: 'fill', kernel: 'nearest' })
        .png()
        .toBuffer();
      return { input, left, top };
    }),
  );
  const whole = open(bytes).composite(patches);
  const drawn = await encode(hasAlpha ? whole : whole.removeAlpha(), type).toBuffer();
  return { bytes: drawn, thumbnail: await thumbnailOf(drawn) };
}

/** Whole pixels inside the image; a region never vanishes. */
function boxOf(region: Region, width: number, height: number) {
  const left = Math.min(width - 1, Math.max(0, Math.floor(region.x * width)));
  const top = Math.min(height - 1, Math.max(0, Math.floor(region.y * height)));
  const right = Math.min(width, Math.max(left + 1, Math.ceil((region.x + region.width) * width)));
  const bottom = Math.min(height, Math.max(top + 1, Math.ceil((region.y + region.height) * height)));
  return { left, top, width: right - left, height: bottom - top };
}

function open(bytes: Uint8Array): Sharp {
  return sharp(bytes, { limitInputPixels: MOST_MEGAPIXELS * 1_000_000, failOn: 'error' }).timeout({ seconds: SECONDS });
}

function encode(image: Sharp, type: ImageType): Sharp {
  switch (type) {
    case 'image/jpeg':
      return image.jpeg({ quality: 85 });
    case 'image/png':
      return image.png({ compressionLevel: 9 });
    case 'image/webp':
      return image.webp({ quality: 85 });
  }
}

function thumbnailOf(bytes: Uint8Array): Promise<Buffer> {
  return open(bytes)
    .resize({ width: THUMBNAIL_EDGE, height: THUMBNAIL_EDGE, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 72 })
    .toBuffer();
}
