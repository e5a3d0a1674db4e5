import { unlisted } from '../unlisted/index.ts'; // layer-open
export const open: unknown = [unlisted];
