export { AreaMap } from './area-map.tsx';
export { AreaPicker, type PickedArea } from './area-picker.tsx';
export type { MapMark, MapPoint } from './map/camera.ts';
export { forgetAreas, type PlaceAt, placeAt } from './reading.ts';
