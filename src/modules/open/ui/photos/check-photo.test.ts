import { expect, test } from 'vitest';
import { complaintOfPhoto, photoSize } from './check-photo.ts';

const LIMIT = 20 * 1024 * 1024;
const file = (name: string, type: string, size = 1000) => ({ name, type, size });

test('photos of the known kinds are taken, up to the limit', () => {
  expect(complaintOfPhoto(file('a.jpg', 'image/jpeg', LIMIT), LIMIT)).toBeNull();
  expect(complaintOfPhoto(file('a.jpg', 'image/jpeg', LIMIT + 1), LIMIT)).toBe('too_big');
  expect(complaintOfPhoto(file('letter.pdf', 'application/pdf'), LIMIT)).toBe('wrong_kind');
  expect(complaintOfPhoto(file('x.svg', 'image/svg+xml'), LIMIT)).toBe('wrong_kind');
});

test('a photo without a type is known by its ending', () => {
  expect(complaintOfPhoto(file('IMG_1.JPG', ''), LIMIT)).toBeNull();
  expect(complaintOfPhoto(file('notes', ''), LIMIT)).toBe('wrong_kind');
});

test('sizes are said as people say them', () => {
  expect(photoSize('zh-CN', LIMIT)).toBe('20 MB');
  expect(photoSize('zh-CN', 31 * 1024 * 1024)).toBe('31 MB');
});
