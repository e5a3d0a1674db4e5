import { open } from '../open/index.ts'; // layer-supervision
export const supervision: unknown = [open];
