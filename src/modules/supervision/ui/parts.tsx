import { useTexts } from '../../../platform/web/i18n.tsx';
import type { OrderLine, OrderView } from './queries.ts';

export type Named = { readonly name: string; readonly nameEn: string; readonly shortName?: string };

/** An office's name in the reader's language. */
export function useOffice(): (office: Named) => string {
  const { locale } = useTexts();
  return (office) => (locale === 'en' ? office.nameEn || office.name : office.name);
}

/** The colour as a mark with its word: colour never speaks alone. */
export function ColourMark({ colour }: { readonly colour: OrderLine['colour'] }) {
  const { t } = useTexts();
  return <span className={`colour ${colour}`}>{t(`supervision.ui.colour_order.${colour}`)}</span>;
}

/** What an order is about, in one line: the case, or the queue with its count. */
export function useMatter(): (order: OrderLine) => string {
  const { t } = useTexts();
  return (order) => {
    if (order.queue) {
      const queue = t(`supervision.ui.queue.${order.queue}`);
      return order.overdue === null ? queue : t('supervision.ui.queue_line', { queue, n: String(order.overdue) });
    }
    return order.case.title ?? t('supervision.ui.sealed');
  };
}

export type Action = OrderView['actions'][number]['action'];

/** The words of a step: a red order is first asked to be lifted, then lifted by another. */
export function stepName(t: (key: string) => string, action: Action, order: OrderView): string {
  if (action !== 'lift' || order.colour !== 'red') return t(`supervision.ui.do.${action}`);
  return t(order.liftAsked ? 'supervision.ui.do.lift_second' : 'supervision.ui.do.lift_ask');
}
