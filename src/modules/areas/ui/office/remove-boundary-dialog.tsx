import { useQueryClient } from '@tanstack/react-query';
import { call } from '../../../../platform/web/client.ts';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { ConfirmDialog } from '../../../../platform/web/office/dialogs.tsx';
import { type AreaDetail, removeBoundary } from '../../contract.ts';
import { areasChanged } from './queries.ts';

/** Takes back a boundary that was imported by mistake. */
export function RemoveBoundaryDialog({ detail, onClose }: { detail: AreaDetail; onClose: () => void }) {
  const { t } = useTexts();
  const queries = useQueryClient();
  const remove = async () => {
    await call(removeBoundary, { params: { code: detail.code } });
    await areasChanged(queries);
  };
  return (
    <ConfirmDialog
      open
      danger
      title={t('areas.ui.remove_title', { name: detail.name })}
      confirm={t('areas.ui.do.remove_boundary')}
      onConfirm={remove}
      onClose={onClose}
    >
      <p>{t('areas.ui.remove_about')}</p>
    </ConfirmDialog>
  );
}
