import { open } from '../open/index.ts'; // layer-case-file
export const caseFile: unknown = [open];
