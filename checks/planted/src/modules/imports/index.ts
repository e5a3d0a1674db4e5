import { open } from '../open/index.ts'; // layer-imports
export const imports: unknown = [open];
