import { areas } from '../areas/index.ts'; // module-in-no-table, and the last link of a circle: no-circle
export const unlisted: unknown = [areas];
