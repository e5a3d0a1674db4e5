export {
  type ListedEntry,
  dispatchEntryFor,
  suggestDispatch,
  type Suggestion,
} from './dispatch.ts';
export { loadCatalogue } from './load.ts';
export { catalogueModule } from './module.ts';
export type { CaseClass } from './rules/case-class.ts';
export {
  chineseCalendar,
  countedLength,
  dueAt,
  elapsed,
  shift,
  type WorkCalendar,
  workClock,
} from './rules/clock.ts';
export { CLOCK_TYPES, DEADLINE_STAGES, type DeadlineStage, type EffectiveDeadline } from './rules/deadlines.ts';
export type { EntryLevel } from './rules/dispatch.ts';
export type { ClassMatch } from './rules/matching.ts';
export {
  callBackClaimMinutes,
  caseSettings,
  type ClassAdvice,
  classCodesWithin,
  classMatcher,
  type ClassNames,
  classNames,
  classOfVersion,
  deadline,
  deadlinesOf,
  findClass,
  type DutySettings,
  dutySettings,
  findDefaultClass,
  type JointSettings,
  jointSettings,
  listClasses,
  loadCalendar,
  matchClasses,
  supervisionSettings,
  type SupervisionSettings,
  registerClassAdvisor,
  triageSettings,
  type PrivacySettings,
  privacySettings,
  versionAt,
} from './store.ts';
