import { describe, expect, test } from 'vitest';
import { checkpointBody, noteOf, originOf, parseNote } from './checkpoint.ts';

const checkpoint = {
  origin: originOf(421181),
  size: 1234,
  root: Uint8Array.from({ length: 32 }, (_, at) => at),
  at: '2026-03-10T01:40:00.000Z',
};
const note = noteOf(checkpointBody(checkpoint), '0123456789abcdef', Uint8Array.of(1, 2, 3));

describe('a checkpoint', () => {
  test('is read back as it was written, the signed text byte for byte', () => {
    const read = parseNote(note);
    expect(read).toMatchObject({ ...checkpoint, keyId: '0123456789abcdef', signature: Uint8Array.of(1, 2, 3) });
    expect(read?.body).toBe(checkpointBody(checkpoint));
  });

  test.each([
    ['another size', note.replace('\n1234\n', '\n01234\n')],
    ['another origin in the signature', note.replace('— gongzhi/421181', '— gongzhi/421182')],
    ['a line more', note.replace('time ', 'more\ntime ')],
    ['an end that is missing', note.slice(0, -1)],
    ['a root that is too short', note.replace(/\n[A-Za-z0-9+/]{43}=/, '\nAAAA')],
  ])('is refused with %s', (_, text) => {
    expect(parseNote(text)).toBeNull();
  });
});
