import { open } from '../open/index.ts'; // layer-duty
export const duty: unknown = [open];
