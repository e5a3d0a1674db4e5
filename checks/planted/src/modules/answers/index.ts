import { open } from '../open/index.ts'; // layer-answers
export const answers: unknown = [open];
