import { MachineDraft, machinePanel, TemplateHelp } from '../../modules/answers/ui/index.ts';
import { BulkActions, MOST_CHOSEN, WholeListActions } from '../../modules/bulk/ui/index.ts';
import { CaseFilePanel } from '../../modules/case-file/ui/index.ts';
import { DutyPanel } from '../../modules/duty/ui/index.ts';
import { JointPanel } from '../../modules/joint-handling/ui/index.ts';
import type { AnswerHelp, CasePanel, FilingHint, ListActions } from '../../modules/cases/ui/index.ts';
import { SimilarHint, SimilarPanel } from '../../modules/clusters/ui/index.ts';
import { ExclusionPanel } from '../../modules/exclusions/ui/index.ts';
import { contactPanel } from '../../modules/privacy/ui/index.ts';
import { proofPanel } from '../../modules/ledger/ui/index.ts';
import { LeaderPanel, OrdersPanel } from '../../modules/supervision/ui/index.ts';
import { TriagePanel } from '../../modules/triage/ui/index.ts';

/** What the modules above cases show on the page of a case, in this order. */
export const CASE_PANELS: readonly CasePanel[] = [
  { id: 'duty', place: 'before_timeline', Panel: DutyPanel },
  { id: 'joint-handling', place: 'before_timeline', Panel: JointPanel },
  { id: 'triage', place: 'before_timeline', Panel: TriagePanel },
  { id: 'supervision', place: 'before_timeline', Panel: OrdersPanel },
  machinePanel,
  { id: 'leader', place: 'side', Panel: LeaderPanel },
  { id: 'exclusion', place: 'side', Panel: ExclusionPanel },
  contactPanel,
  { id: 'case-file', place: 'side', Panel: CaseFilePanel },
  { id: 'similar', place: 'side', Panel: SimilarPanel },
  proofPanel,
];

/** What can be done with cases chosen in a list, or with all of it. */
export const LIST_ACTIONS: ListActions = { most: MOST_CHOSEN, Actions: BulkActions, Whole: WholeListActions };

/** What they show while somebody writes a request down. */
export const FILING_HINTS: readonly FilingHint[] = [SimilarHint];

/** What they offer to whoever writes to a requester. */
export const ANSWER_HELPS: readonly AnswerHelp[] = [TemplateHelp, MachineDraft];
