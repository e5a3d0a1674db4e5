export { type Candidate, candidates } from './candidates.ts';
export { type Loaded, loadDivisions } from './load.ts';
export { type Area, coarsePoint, isActive, type Position } from './rules/area.ts';
export { divisionPrefix } from './rules/codes.ts';
export type { AreaKind } from './rules/kinds.ts';
export { jurisdictionTest, type Located, locate, pointInJurisdiction } from './shapes.ts';
export {
  areaNames,
  areaPath,
  areasOf,
  childrenOf,
  codesWithin,
  findArea,
  findJurisdiction,
  getArea,
  isOpenArea,
  type Jurisdiction,
  openAreas,
  partsOf,
  type PathStep,
  withPredecessors,
} from './store.ts';
export { areasModule } from './module.ts';
export { areaSetCodes } from './sets.ts';
