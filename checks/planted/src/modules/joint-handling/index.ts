import { open } from '../open/index.ts'; // layer-joint-handling
export const jointHandling: unknown = [open];
