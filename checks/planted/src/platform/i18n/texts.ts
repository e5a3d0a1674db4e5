export const texts = {};
export { database } from '../database.ts'; // shared-platform-is-pure
