import type { App, OutboxConsumer } from '../../platform/app.ts';
import { systemActor } from '../../platform/auth/actor.ts';
import type { WriteTx } from '../../platform/database/database.ts';
import { type CaseState, findStored } from '../cases/index.ts';
import { isCorrection } from './rules/verdict.ts';
import { findOutcome, forgetOutcome, recordDecision, recordSuggestion } from './store.ts';
import { suggestFor, textOfCase } from './suggest.ts';

/** The steps by which a person signs for class, urgency and office. */
const DECISIONS: ReadonlySet<string> = new Set(['case.dispatched', 'case.ruled', 'case.referred', 'case.settled']);
const WORTHLESS: ReadonlySet<string> = new Set(['case.voided', 'case.withdrawn']);

/** Keeps beside each case what was suggested and what a person made of it: that is what the next model learns from. */
export function outcomeConsumer(app: App): OutboxConsumer {
  return {
    name: 'triage',
    kinds: ['case.registered', ...DECISIONS, ...WORTHLESS],
    handle: async (event, tx) => {
      const { kind, subject: caseId } = event;
      if (WORTHLESS.has(kind)) return forgetOutcome(tx, caseId);
      const stored = await findStored(tx, systemActor(app.config.tenant, 'triage'), caseId, false);
      if (!stored) return;
      if (kind === 'case.registered') await keepSuggestion(app, tx, stored.state, event.at);
      else await keepDecision(tx, stored.state, event.at);
    },
  };
}

async function keepSuggestion(app: App, tx: WriteTx, state: CaseState, at: Date): Promise<void> {
  const text = await textOfCase(tx, app.config.tenant, state.id);
  if (!text) return;
  const suggested = await suggestFor(app, tx, { ...text, areaCode: state.areaCode }, app.now());
  const first = suggested.verdict === 'unknown' ? undefined : suggested.classes[0];
  await recordSuggestion(
    tx,
    {
      caseId: state.id,
      modelVersion: suggested.modelVersion,
      suggestedClass: first?.code ?? null,
      confidence: suggested.classes[0]?.confidence ?? null,
      suggestedUrgency: suggested.urgency.value,
      suggestedOrganisationId: suggested.leads[0]?.organisation.id ?? null,
      townCode: state.areaCode.slice(0, 9),
    },
    at,
  );
}

async function keepDecision(tx: WriteTx, state: CaseState, at: Date): Promise<void> {
  const outcome = await findOutcome(tx, state.id);
  if (!outcome) return;
  const decided = {
    classCode: state.caseClass.code,
    urgency: state.urgency,
    organisationId: state.dispatch?.leadId ?? null,
  };
  const corrected = isCorrection(
    {
      classCode: outcome.suggestedClass,
      urgency: outcome.suggestedUrgency,
      organisationId: outcome.suggestedOrganisationId,
    },
    decided,
  );
  await recordDecision(tx, state.id, { ...decided, corrected, townCode: state.areaCode.slice(0, 9) }, at);
}
