import { demo } from '../demo/index.ts'; // layer-open
export const open: unknown = [demo];
