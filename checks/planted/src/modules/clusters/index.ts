import { open } from '../open/index.ts'; // layer-clusters
export const clusters: unknown = [open];
