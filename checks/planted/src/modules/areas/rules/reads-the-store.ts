export { store } from '../store.ts'; // rules-are-pure
