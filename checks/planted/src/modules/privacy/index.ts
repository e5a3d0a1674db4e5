import { open } from '../open/index.ts'; // layer-privacy
export const privacy: unknown = [open];
