import { readFileSync } from 'node:fs'; // kit-does-no-io
export const text = readFileSync('x');
