import { readFileSync } from 'node:fs'; // screens-import-no-node
import pg from 'pg'; // screens-import-no-server-package
import { store } from '../store.ts'; // screens-import-no-server-code
export const screens = [readFileSync, pg, store];
