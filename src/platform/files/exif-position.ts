/** Degrees, WGS 84. */
export type PhotoPosition = { readonly lon: number; readonly lat: number };

const GPS_IFD_POINTER = 0x8825;
const TAG = { latRef: 1, lat: 2, lonRef: 3, lon: 4 } as const;
const ASCII = 2;
const LONG = 4;
const RATIONAL = 5;

/**
 * The place a camera wrote into a photo, from the raw EXIF block (JEITA CP-3451, TIFF 6.0); null when there is none or
 * the block makes no sense. Reads nothing else of it.
 */
export function positionFromExif(exif: Uint8Array | undefined): PhotoPosition | null {
  if (!exif) return null;
  try {
    const tiff = tiffOf(exif);
    const pointer = tiff && findEntry(tiff, tiff.u32(4), GPS_IFD_POINTER);
    if (!tiff || pointer?.type !== LONG) return null;
    const gps = tiff.u32(pointer.valueAt);
    const lat = angle(tiff, gps, TAG.lat, TAG.latRef, 'S');
    const lon = angle(tiff, gps, TAG.lon, TAG.lonRef, 'W');
    if (lat === null || lon === null || Math.abs(lat) > 90 || Math.abs(lon) > 180) return null;
    // Cameras without a fix write zeros.
    return lat === 0 && lon === 0 ? null : { lon, lat };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

type Tiff = {
  readonly u16: (at: number) => number;
  readonly u32: (at: number) => number;
};

function tiffOf(exif: Uint8Array): Tiff | null {
  const prefixed = exif[0] === 0x45 && exif[1] === 0x78; // "Exif\0\0"
  const start = prefixed ? 6 : 0;
  const view = new DataView(exif.buffer, exif.byteOffset + start, exif.byteLength - start);
  const order = view.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return null;
  const little = order === 0x4949;
  if (view.getUint16(2, little) !== 42) return null;
  return { u16: (at) => view.getUint16(at, little), u32: (at) => view.getUint32(at, little) };
}

type Entry = { readonly type: number; readonly count: number; readonly valueAt: number };

function findEntry(tiff: Tiff, directory: number, tag: number): Entry | null {
  const entries = tiff.u16(directory);
  for (let index = 0; index < entries; index += 1) {
    const at = directory + 2 + index * 12;
    if (tiff.u16(at) === tag) return { type: tiff.u16(at + 2), count: tiff.u32(at + 4), valueAt: at + 8 };
  }
  return null;
}

/** Degrees, minutes and seconds as three fractions, with a letter for the half of the globe. */
function angle(tiff: Tiff, gps: number, tag: number, refTag: number, negative: string): number | null {
  const value = findEntry(tiff, gps, tag);
  const ref = findEntry(tiff, gps, refTag);
  if (value?.type !== RATIONAL || value.count !== 3 || ref?.type !== ASCII) return null;
  const at = tiff.u32(value.valueAt);
  const [degrees, minutes, seconds] = [0, 8, 16].map((offset) => tiff.u32(at + offset) / tiff.u32(at + offset + 4));
  const total = (degrees ?? Number.NaN) + (minutes ?? 0) / 60 + (seconds || 0) / 3600;
  if (!Number.isFinite(total)) return null;
  // A short ASCII value stands in the entry itself, first byte first, whatever the byte order.
  const letter = String.fromCharCode(firstByte(tiff, ref.valueAt));
  return letter === negative ? -total : total;
}

function firstByte(tiff: Tiff, at: number): number {
  const word = tiff.u16(at);
  const swapped = tiff.u16(0) === 0x4949;
  return swapped ? word & 0xff : word >> 8;
}
