import './answers.css';
import { useTexts } from '../../../platform/web/i18n.tsx';
import type { MachineHelp } from '../contract.ts';

/** Words of a machine, never shown without saying so. */
export function MachineMade({ made }: { readonly made: MachineHelp }) {
  const { t } = useTexts();
  return (
    <figure className="machine-made" role="status">
      <figcaption>
        <span className="chip">{t('answers.ui.machine.mark')}</span> <span className="soft small">{made.model}</span>
      </figcaption>
      <p className="answer-words">{made.text}</p>
    </figure>
  );
}
