import { open } from '../open/index.ts'; // layer-statistics
export const statistics: unknown = [open];
