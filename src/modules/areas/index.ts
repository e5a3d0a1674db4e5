export { type Area, coarsePoint, isActive, type Position, shanghaiDay } from './rules/area.ts';
export { type AreaLevel, ancestorsOf, divisionPrefix, isWithin, levelOf, parentOf } from './rules/codes.ts';
export type { AreaKind } from './rules/kinds.ts';
export {
  areaNames,
  areaPath,
  areasOf,
  childrenOf,
  findArea,
  findJurisdiction,
  getArea,
  isOpenArea,
  type Jurisdiction,
  openAreas,
  type PathStep,
  withPredecessors,
} from './store.ts';
