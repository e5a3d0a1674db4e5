import sharp from 'sharp';

/** Drawn pictures in place of photos: street, lamp, light or dark, and a line that says what they are. */
const SCENES: readonly { readonly sky: string; readonly ground: string; readonly mark: string }[] = [
  { sky: '#B9CCD6', ground: '#8A9086', mark: '#5B4636' },
  { sky: '#D9D2C0', ground: '#7F7A6C', mark: '#8C3B2E' },
  { sky: '#9FB5B0', ground: '#5F7873', mark: '#22302E' },
  { sky: '#C7D8C4', ground: '#6F8B66', mark: '#3F5A3A' },
  { sky: '#34424D', ground: '#22292E', mark: '#E2B04A' },
  { sky: '#E3D9E4', ground: '#8B8192', mark: '#55405C' },
];

/** A drawn picture; `settled` leaves out what was wrong. */
export async function drawnPhoto(index: number, settled: boolean): Promise<Buffer> {
  const scene = SCENES[index % SCENES.length] ?? SCENES[0];
  const x = 140 + ((index * 97) % 420);
  const trouble = settled
    ? `<rect x="${x - 40}" y="420" width="150" height="14" rx="7" fill="${scene?.ground}" opacity=".5"/>`
    : `<path d="M${x} 420l40 -70 40 50 50 -40 30 60z" fill="${scene?.mark}"/><circle cx="${x + 60}" cy="330" r="46" fill="none" stroke="#B3391F" stroke-width="8"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="600">
    <rect width="800" height="600" fill="${scene?.sky}"/><rect y="380" width="800" height="220" fill="${scene?.ground}"/>
    <path d="M0 380 L120 240 220 380M300 380V200h140v180M520 380V150h180v230" fill="${scene?.mark}" opacity=".35"/>
    <path d="M0 520h800" stroke="#fff" stroke-width="8" stroke-dasharray="60 40" opacity=".7"/>${trouble}</svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 72 }).toBuffer();
}
