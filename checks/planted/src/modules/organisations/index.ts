import { catalogue } from '../catalogue/index.ts'; // layer-organisations
export const organisations: unknown = [catalogue];
export { store } from '../areas/store.ts'; // only-through-the-door
