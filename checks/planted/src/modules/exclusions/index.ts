import { open } from '../open/index.ts'; // layer-exclusions
export const exclusions: unknown = [open];
