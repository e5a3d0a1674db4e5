import { unlisted } from '../unlisted/index.ts'; // layer-demo
export const demo: unknown = [unlisted];
