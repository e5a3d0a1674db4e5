import { open } from '../open/index.ts'; // layer-triage
export const triage: unknown = [open];
