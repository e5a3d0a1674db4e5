import { open } from '../open/index.ts'; // layer-ledger
export const ledger: unknown = [open];
