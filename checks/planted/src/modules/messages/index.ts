import { imports } from '../imports/index.ts'; // layer-messages
export const messages: unknown = [imports];
