export { picker } from './picker.ts'; // portal-stays-small, one step further on
