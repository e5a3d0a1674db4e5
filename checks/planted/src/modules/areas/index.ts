import { organisations } from '../organisations/index.ts'; // layer-areas
export const areas: unknown = [organisations];
