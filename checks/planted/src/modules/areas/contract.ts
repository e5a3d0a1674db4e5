export { store } from './store.ts'; // contracts-and-texts-are-pure
