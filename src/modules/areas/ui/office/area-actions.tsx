import type { AreaDetail } from '../../contract.ts';
import { AddDialog } from './add-dialog.tsx';
import { ChangeDialog } from './change-dialog.tsx';
import { CloseDialog } from './close-dialog.tsx';
import { RemoveBoundaryDialog } from './remove-boundary-dialog.tsx';
import { SplitDialog } from './split-dialog.tsx';

export type AreaAction = 'add' | 'change' | 'split' | 'remove_boundary' | 'close';

/** What can be done with an area, in order of likelihood, and the text key of why not. The server decides in the end. */
export function actionsOf(detail: AreaDetail): readonly { readonly action: AreaAction; readonly why: string | null }[] {
  const ended = detail.validTo === null ? null : 'areas.ui.why.ended';
  const top = detail.parentCode === null ? 'areas.ui.why.top' : null;
  const actions: { action: AreaAction; why: string | null }[] = [
    { action: 'change', why: ended },
    { action: 'split', why: ended ?? top },
    { action: 'close', why: ended ?? top },
  ];
  if (detail.level !== 'micro_grid') actions.unshift({ action: 'add', why: ended });
  if (!detail.schematic) actions.splice(-1, 0, { action: 'remove_boundary', why: ended });
  return actions;
}

type Props = {
  readonly action: AreaAction;
  readonly detail: AreaDetail;
  readonly onClose: () => void;
  readonly onGo: (code: string) => void;
};

export function ActionDialog({ action, detail, onClose, onGo }: Props) {
  switch (action) {
    case 'add':
      return <AddDialog parent={detail} onClose={onClose} onAdded={onGo} />;
    case 'change':
      return <ChangeDialog detail={detail} onClose={onClose} />;
    case 'split':
      return <SplitDialog detail={detail} onClose={onClose} />;
    case 'remove_boundary':
      return <RemoveBoundaryDialog detail={detail} onClose={onClose} />;
    case 'close':
      return <CloseDialog detail={detail} onClose={onClose} />;
  }
}
