import { requesters } from '../requesters/index.ts'; // layer-catalogue
export const catalogue: unknown = [requesters];
