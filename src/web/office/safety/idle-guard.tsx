import { useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Modal } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { z } from 'zod';
import { readSession, renewSession } from '../../../platform/auth/safety-contract.ts';
import { signOut } from '../../../platform/auth/contract.ts';
import { isNobodyThere, watchActivity } from '../../../platform/web/activity.ts';
import { call } from '../../../platform/web/client.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { exactTime } from '../../../platform/web/time.ts';

type Clock = z.input<typeof readSession.answer>;

const TICK_MS = 5_000;
/** How long before the end somebody is asked, and is told that the longest time is nearly over. */
const WARN_SECONDS = 120;
const TOTAL_WARN_SECONDS = 600;

/**
 * Keeps the session alive while somebody is at work, also when he only reads or writes; and asks before it ends because
 * nobody seems there. The server's clock counts, so several windows agree.
 */
export function IdleGuard() {
  const { t } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [left, setLeft] = useState<number>();
  const clock = useRef<{ readonly told: Clock; readonly at: number }>(undefined);
  const totalTold = useRef(false);
  useEffect(() => {
    const stopWatching = watchActivity();
    const ask = async (contract: typeof readSession | typeof renewSession) => {
      // What fails here was answered by the dialog for signing in again, or is asked again soon.
      const told = await call(contract).catch(() => undefined);
      if (told) clock.current = { told, at: Date.now() };
    };
    const tick = async () => {
      const known = clock.current;
      if (known === undefined) return ask(readSession);
      const { told, at } = known;
      const warn = Math.min(WARN_SECONDS, told.idleSeconds / 3);
      const passed = (Date.now() - at) / 1000;
      if (!isNobodyThere() && passed > Math.min(60, told.idleSeconds / 4)) await ask(renewSession);
      else if (secondsLeft(told.idleEndsAt, known) < warn + TICK_MS / 1000) await ask(readSession);
      const now = clock.current ?? known;
      const idle = secondsLeft(now.told.idleEndsAt, now);
      setLeft(idle < warn ? Math.max(0, Math.round(idle)) : undefined);
      const total = secondsLeft(now.told.endsAt, now);
      if (total < TOTAL_WARN_SECONDS && !totalTold.current) {
        totalTold.current = true;
        void message.warning(t('office.idle.total', { time: exactTime(now.told.endsAt).slice(11, 16) }), 20);
      }
    };
    let running = false;
    // While somebody is asked to sign in again, a tick may last long.
    const once = () => {
      if (running) return;
      running = true;
      void tick().finally(() => {
        running = false;
      });
    };
    const ticking = setInterval(once, TICK_MS);
    once();
    return () => {
      clearInterval(ticking);
      stopWatching();
    };
  }, [message, t]);
  const stay = async () => {
    const told = await call(renewSession);
    clock.current = { told, at: Date.now() };
    setLeft(undefined);
  };
  const leave = async () => {
    await call(signOut);
    queries.clear();
    window.location.assign('/office/sign-in');
  };
  return (
    <Modal
      open={left !== undefined}
      title={t('office.idle.title')}
      closable={false}
      mask={{ closable: false }}
      onCancel={() => void stay()}
      zIndex={1900}
      footer={[
        <Button key="leave" onClick={() => void leave()}>
          {t('office.idle.leave')}
        </Button>,
        <Button key="stay" type="primary" autoFocus onClick={() => void stay()}>
          {t('office.idle.stay')}
        </Button>,
      ]}
    >
      <Alert type="warning" role="alert" title={t('office.idle.about', { seconds: left ?? 0 })} />
    </Modal>
  );
}

function secondsLeft(until: string, { told, at }: { readonly told: Clock; readonly at: number }): number {
  return (Date.parse(until) - Date.parse(told.now) - (Date.now() - at)) / 1000;
}
