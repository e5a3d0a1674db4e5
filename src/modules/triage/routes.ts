import { isRefusal, refuse } from '../../kit/result.ts';
import { type App, type Route, route } from '../../platform/app.ts';
import { audit } from '../../platform/audit/audit.ts';
import { actorId } from '../../platform/auth/actor.ts';
import { describeError } from '../../platform/database/describe-error.ts';
import type { StoredCase } from '../cases/index.ts';
import { classNames, triageSettings } from '../catalogue/index.ts';
import { organisationNames } from '../organisations/index.ts';
import * as contract from './contract.ts';
import { activate, countDecided, listCorrections, listModels } from './store.ts';
import { nameOf, suggestFor, textOfCase } from './suggest.ts';
import { runTraining } from './training.ts';
import { beginTraining, lastTraining } from './trainings.ts';

const MONTH_MS = 30 * 86_400_000;

export function triageRoutes(app: App): readonly Route[] {
  return [...suggestionRoutes(app), ...modelRoutes(app), correctionsRoute()];
}

function suggestionRoutes(app: App): readonly Route[] {
  return [
    route(contract.suggestForText, ({ tx, body, now }) =>
      suggestFor(app, tx, { title: body.title, body: body.body, areaCode: body.areaCode ?? null }, now),
    ),
    route(contract.suggestForCase, async ({ tx, target, now }) => {
      const { state } = target as StoredCase;
      const text = await textOfCase(tx, app.config.tenant, state.id);
      if (!text) return refuse('cases.not_found');
      const { code } = state.caseClass;
      const current = { ...nameOf(code, await classNames(tx, [code])), urgency: state.urgency };
      return { ...(await suggestFor(app, tx, { ...text, areaCode: state.areaCode }, now)), current };
    }),
  ];
}

function modelRoutes(app: App): readonly Route[] {
  return [
    route(contract.readModels, async ({ tx, now }) => {
      const training = await lastTraining(tx);
      return {
        models: (await listModels(tx)).map(({ digest: _, madeAt, ...row }) => ({
          ...row,
          madeAt: madeAt.toISOString(),
        })),
        threshold: (await triageSettings(tx, now)).threshold / 100,
        ...(await countDecided(tx, new Date(now.getTime() - MONTH_MS))),
        training: training && {
          state: training.state,
          share: training.share,
          askedAt: training.askedAt.toISOString(),
          version: training.version,
        },
      };
    }),
    route(contract.startTraining, async ({ tx, actor, now }) => {
      const id = await beginTraining(tx, actorId(actor), now);
      if (id === null) return refuse('triage.training_runs');
      await audit(
        tx,
        actor,
        { action: 'triage.start_training', targetKind: 'training', targetId: id, result: 'done' },
        now,
      );
      app.database.afterCommit(tx, () => {
        runTraining(app, id, actorId(actor)).catch((error: unknown) => {
          app.log.error({ error: describeError(error) }, 'triage: the training failed');
        });
      });
      return { id };
    }),
    route(contract.activateModel, async ({ tx, actor, params, now }) => {
      if (!(await activate(tx, params.version))) return refuse('triage.no_such_model', { version: params.version });
      await audit(
        tx,
        actor,
        { action: 'triage.activate_model', targetKind: 'model', targetId: String(params.version), result: 'done' },
        now,
      );
      return { version: params.version };
    }),
  ];
}

function correctionsRoute(): Route {
  return route(contract.listCorrections, async ({ tx, query }) => {
    const page = await listCorrections(tx, query);
    if (isRefusal(page)) return page;
    const classes = await classNames(
      tx,
      page.items.flatMap((one) => [one.classCode, ...(one.suggestedClass === null ? [] : [one.suggestedClass])]),
    );
    const offices = await organisationNames(
      tx,
      page.items.flatMap((one) => [one.organisationId, one.suggestedOrganisationId].filter((id) => id !== null)),
    );
    const office = (id: string | null) => {
      const name = id === null ? undefined : offices.get(id);
      return id !== null && name ? { id, name: name.name, nameEn: name.nameEn, shortName: name.shortName } : null;
    };
    const items = page.items.map((one) => ({
      caseId: one.caseId,
      number: one.number,
      suggestedClass: one.suggestedClass === null ? null : nameOf(one.suggestedClass, classes),
      confidence: one.confidence,
      class: nameOf(one.classCode, classes),
      suggestedUrgency: one.suggestedUrgency,
      urgency: one.urgency,
      suggestedOrganisation: office(one.suggestedOrganisationId),
      organisation: office(one.organisationId),
      at: one.at.toISOString(),
    }));
    return { items, next: page.next };
  });
}
