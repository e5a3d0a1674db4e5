import { open } from '../open/index.ts'; // layer-bulk
export const bulk: unknown = [open];
