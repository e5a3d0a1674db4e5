import { describe, expect, it } from 'vitest';
import { frameOf, pathOf, placeIn } from './map-frame.ts';

const size = { width: 260, height: 170 };

describe('the small map', () => {
  it('shows the whole layer inside its margin, at one scale', () => {
    const frame = frameOf({ bbox: [115, 31, 115.1, 31.05] }, size);
    const [left, top] = placeIn(frame, [115, 31.05]);
    const [right, bottom] = placeIn(frame, [115.1, 31]);
    expect(Math.min(left, top)).toBeGreaterThanOrEqual(8);
    expect([right <= 252, bottom <= 162]).toEqual([true, true]);
    // A degree of longitude is shorter than one of latitude by the cosine of 31 degrees.
    expect((right - left) / 0.1 / ((bottom - top) / 0.05)).toBeCloseTo(Math.cos((31.025 * Math.PI) / 180), 2);
  });

  it('puts north up', () => {
    const frame = frameOf({ bbox: [115, 31, 115.1, 31.1] }, size);
    expect(placeIn(frame, [115.05, 31.1])[1]).toBeLessThan(placeIn(frame, [115.05, 31])[1]);
  });

  it('draws a single spot without dividing by nothing', () => {
    const frame = frameOf({ bbox: [115, 31, 115, 31] }, size);
    expect(pathOf(frame, [[[[115, 31]]]])).toMatch(/^M[\d.]+ [\d.]+Z$/);
  });
});
