import { describe, expect, it } from 'vitest';
import { averageColour, boxBetween } from './blur.ts';

describe('covering part of a photo', () => {
  it('takes the rectangle between two corners, whichever way it was dragged', () => {
    const box = boxBetween({ x: 0.75, y: 0.5 }, { x: 0.25, y: 0.25 });
    expect(box).toEqual({ x: 0.25, y: 0.25, width: 0.5, height: 0.25 });
  });

  it('ends at the edges of the picture', () => {
    expect(boxBetween({ x: -0.5, y: 0.5 }, { x: 0.5, y: 1.5 })).toEqual({ x: 0, y: 0.5, width: 0.5, height: 0.5 });
  });

  it('keeps no more of a tile than its mean colour', () => {
    expect(averageColour([0, 0, 0, 255, 255, 100, 50, 255])).toBe('rgb(128 50 25)');
  });
});
