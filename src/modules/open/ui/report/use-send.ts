import { useCallback, useEffect, useRef, useState } from 'react';
import { call, isProblem } from '../../../../platform/web/client.ts';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { randomKey } from '../../../../platform/web/keys.ts';
import type { Receipt } from '../../contract.ts';
import { api } from '../endpoints.ts';
import { problemText } from '../pieces/problem.tsx';
import { type Attempt, bodyOf, type ReportDraft } from './draft.ts';
import { isUnsure } from '../pieces/unsure.ts';

export type Sending = {
  readonly state: 'idle' | 'photos' | 'sending';
  readonly problem: string | undefined;
  /** Does nothing while a sending runs, so a double tap sends once. */
  readonly send: () => void;
};

type Deal = {
  readonly draft: ReportDraft;
  readonly keepAttempt: (attempt: Attempt | null) => void;
  /** The server no longer has some of the photos: they must be uploaded again. */
  readonly forgetUploads: () => void;
  readonly waiting: number;
  readonly onSent: (receipt: Receipt, incomplete: boolean) => void;
};

/**
 * Sends the draft. What was sent is kept with its key until an answer came: after a broken connection exactly that is
 * sent again, even if the draft has changed since, so one report never becomes two.
 */
export function useSend(deal: Deal): Sending {
  const texts = useTexts();
  const [state, setState] = useState<Sending['state']>('idle');
  const [problem, setProblem] = useState<string>();
  const latest = useRef(deal);
  latest.current = deal;
  const busy = useRef(false);

  const run = useCallback(async () => {
    setState('sending');
    setProblem(undefined);
    try {
      const { receipt, incomplete } = await deliver(latest.current);
      latest.current.onSent(receipt, incomplete);
    } catch (error) {
      setProblem(isUnsure(error) ? texts.t('open.report.unsure') : problemText(texts, error));
      if (isProblem(error, 'files.not_found')) latest.current.forgetUploads();
    } finally {
      busy.current = false;
      setState('idle');
    }
  }, [texts]);

  const send = useCallback(() => {
    if (busy.current) return;
    busy.current = true;
    if (latest.current.waiting > 0) setState('photos');
    else void run();
  }, [run]);

  const { waiting } = deal;
  useEffect(() => {
    if (state === 'photos' && waiting === 0) void run();
  }, [state, waiting, run]);

  return { state, problem, send };
}

type Delivered = { readonly receipt: Receipt; readonly incomplete: boolean };

async function deliver(deal: Deal): Promise<Delivered> {
  const body = bodyOf(deal.draft);
  const earlier = deal.draft.attempt;
  if (earlier) {
    try {
      const receipt = await post(earlier);
      return { receipt, incomplete: JSON.stringify(earlier.body) !== JSON.stringify(body) };
    } catch (error) {
      if (isUnsure(error)) throw error;
      // It was refused, so it never arrived; what the draft says now may fare better.
      deal.keepAttempt(null);
      if (JSON.stringify(earlier.body) === JSON.stringify(body)) throw error;
    }
  }
  const attempt = { key: randomKey(), body };
  deal.keepAttempt(attempt);
  try {
    return { receipt: await post(attempt), incomplete: false };
  } catch (error) {
    if (!isUnsure(error)) deal.keepAttempt(null);
    throw error;
  }
}

function post({ key, body }: Attempt): Promise<Receipt> {
  return call(api.fileRequest, { body, idempotencyKey: key });
}
