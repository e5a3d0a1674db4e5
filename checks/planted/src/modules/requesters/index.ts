import { cases } from '../cases/index.ts'; // layer-requesters
export const requesters: unknown = [cases];
