import { describe, expect, it } from 'vitest';
import { timeOfUuid, uuidv7 } from './ids.ts';

describe('uuidv7', () => {
  it('matches the example of RFC 9562, appendix A.6', () => {
    const random = [0, 0, 0, 0, 0, 0, 0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f];
    expect(uuidv7(0x017f22e279b0, () => Uint8Array.from(random))).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
  });

  it('sorts by time, tells its time, and does not repeat', () => {
    const early = uuidv7(1_700_000_000_000);
    const late = uuidv7(1_700_000_000_001);
    expect(early < late).toBe(true);
    expect(timeOfUuid(late)?.getTime()).toBe(1_700_000_000_001);
    expect(new Set(Array.from({ length: 2000 }, () => uuidv7(1))).size).toBe(2000);
    expect(timeOfUuid('not-an-id')).toBeNull();
    expect(timeOfUuid('017f22e2-79b0-4cc3-98c4-dc0c0c07398f')).toBeNull();
  });
});
