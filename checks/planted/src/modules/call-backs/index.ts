import { open } from '../open/index.ts'; // layer-call-backs
export const callBacks: unknown = [open];
