import { lazy } from 'react';

/**
 * The office screens of cases. Each loads when it is opened; only what the frame needs on every page (counts, quick
 * search, what an event means) comes with the door itself.
 */
export const QueuesHome = lazy(() => import('./queue/queues-home.tsx').then((m) => ({ default: m.QueuesHome })));
export const QueueScreen = lazy(() => import('./queue/queue-screen.tsx').then((m) => ({ default: m.QueueScreen })));
export const CasePage = lazy(() => import('./case/case-page.tsx').then((m) => ({ default: m.CasePage })));
export const SearchScreen = lazy(() => import('./search/search-screen.tsx').then((m) => ({ default: m.SearchScreen })));
export const NewCaseScreen = lazy(() => import('./filing/new-case.tsx').then((m) => ({ default: m.NewCaseScreen })));
export const MyGridScreen = lazy(() => import('./filing/my-grid.tsx').then((m) => ({ default: m.MyGridScreen })));
export const GridReportScreen = lazy(() =>
  import('./filing/grid-report.tsx').then((m) => ({ default: m.GridReportScreen })),
);

/** Fields and pieces that the screens of modules above use, too. */
export const PhotosField = lazy(() => import('./steps/fields.tsx').then((m) => ({ default: m.PhotosField })));
export const AreaField = lazy(() => import('./filing/area-field.tsx').then((m) => ({ default: m.AreaField })));
export const ClassField = lazy(() => import('./filing/class-field.tsx').then((m) => ({ default: m.ClassField })));
export const OrganisationField = lazy(() =>
  import('./steps/fields.tsx').then((m) => ({ default: m.OrganisationField })),
);
export const HereButton = lazy(() => import('./filing/here.tsx').then((m) => ({ default: m.HereButton })));
export { fileAddress, thumbnailAddress } from './files.ts';

export { casesChanged, useRenewLists, type QueueCount, quickSearch, useQueueCounts } from './queries.ts';
export {
  type FiledOtherwise,
  type FilingHint,
  type FilingHintProps,
  FilingHintsProvider,
} from './filing/filing-hints.tsx';
export {
  type AnswerHelp,
  type AnswerHelpProps,
  AnswerHelpsProvider,
  type AnsweringStep,
} from './steps/answer-helps.tsx';
export {
  type ListActions,
  type ListActionsProps,
  ListActionsProvider,
  type WholeListProps,
} from './choosing/list-actions.ts';
export { type CasePanel, type CasePanelProps, CasePanelsProvider } from './case/panels.tsx';
