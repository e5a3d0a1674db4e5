export { picker } from '../../modules/areas/ui/picker.ts'; // shells-use-screen-doors
