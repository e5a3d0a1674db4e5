import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { answerChallenges, type ProblemError } from '../../../platform/web/client.ts';
import { signedIn } from '../../../platform/web/office/me.ts';

const loadProof = async () => ({ default: (await import('./proof-dialog.tsx')).ProofDialog });
const loadLocked = async () => ({ default: (await import('./locked-dialog.tsx')).LockedDialog });
const ProofDialog = lazy(loadProof);
const LockedDialog = lazy(loadLocked);
/** Long after what the page itself needs, and long before a session ends. */
const FETCH_AHEAD_MS = 5000;

type Kind = 'proof' | 'signed_out';
type Waiting = { readonly answer: Promise<boolean>; readonly settle: (given: boolean) => void };

/**
 * Asks who somebody is when the server wants to know before it goes on: a fresh proof, or signing in again. The page stays
 * as it is meanwhile, so nothing that was written is lost, and what was refused goes on by itself. Several refusals at
 * once are answered by one dialog.
 */
export function AskDialog({ onSecondFactorNeeded }: { readonly onSecondFactorNeeded: () => void }) {
  const queries = useQueryClient();
  const waiting = useRef<Waiting>(undefined);
  const [asking, setAsking] = useState<Kind>();
  const need = useRef(onSecondFactorNeeded);
  useEffect(() => {
    need.current = onSecondFactorNeeded;
  });
  useEffect(() => {
    const ask = async ({ code }: ProblemError): Promise<boolean> => {
      if (code === 'auth.second_factor_needed') {
        need.current();
        return false;
      }
      const kind: Kind = code === 'auth.proof_needed' ? 'proof' : 'signed_out';
      // Whoever was not signed in here is led to the sign-in page instead.
      if (kind === 'signed_out' && queries.getQueryData(signedIn.queryKey) === undefined) return false;
      if (waiting.current === undefined) {
        let settle: Waiting['settle'] = () => undefined;
        const given = new Promise<boolean>((resolve) => {
          settle = resolve;
        });
        waiting.current = { answer: given, settle };
      }
      setAsking((before) => (before === 'signed_out' ? before : kind));
      return waiting.current.answer;
    };
    return answerChallenges(ask);
  }, [queries]);
  useEffect(() => {
    const ahead = setTimeout(() => void Promise.allSettled([loadProof(), loadLocked()]), FETCH_AHEAD_MS);
    return () => clearTimeout(ahead);
  }, []);
  const settle = (given: boolean) => {
    setAsking(undefined);
    waiting.current?.settle(given);
    waiting.current = undefined;
  };
  const me = queries.getQueryData(signedIn.queryKey);
  if (asking === 'proof') {
    return (
      <Suspense fallback={null}>
        <ProofDialog onDone={settle} />
      </Suspense>
    );
  }
  if (asking !== 'signed_out' || !me) return null;
  return (
    <Suspense fallback={<div className="locked-cover" aria-busy="true" />}>
      <LockedDialog person={me.user} onDone={settle} />
    </Suspense>
  );
}
