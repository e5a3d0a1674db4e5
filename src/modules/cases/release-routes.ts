import { isRefusal, refuse } from '../../kit/result.ts';
import { type App, type Route, route } from '../../platform/app.ts';
import { confirmRelease, type PreparedRelease, prepareRelease, withdrawRelease } from '../../platform/files/index.ts';
import { coarsePoint } from '../areas/index.ts';
import { act } from './act.ts';
import { releasedFileIds } from './released.ts';
import { steps } from './steps-contract.ts';
import { findStored, type StoredCase } from './stored.ts';

/** The public place is a village at the smallest and a point rounded to some 500 m. */
const PUBLIC_AREA_DIGITS = 12;

/**
 * Making a request public, and taking it back. The public versions of photos are drawn before the transaction, since
 * that takes seconds; who released what is the case's event.
 */
export function releaseRoutes(app: App): Route[] {
  return [
    route(steps.release, async ({ actor, body, target, now }) => {
      const prepared: PreparedRelease[] = [];
      const { covers, ...words } = body;
      for (const id of words.files) {
        const drawn = await prepareRelease(
          app,
          actor,
          id,
          covers.filter((cover) => cover.fileId === id),
        );
        if (isRefusal(drawn)) return drawn;
        prepared.push(drawn);
      }
      return app.database.transact(actor, async (tx) => {
        const stored = await findStored(tx, actor, (target as StoredCase).state.id, true);
        if (!stored) return refuse('cases.not_found');
        const { areaCode, point } = stored.state;
        const coarse = point && coarsePoint(point[0], point[1]);
        const before = await releasedFileIds(tx, actor, stored.state.id);
        const step = await act(
          tx,
          actor,
          stored,
          {
            action: 'release',
            ...words,
            areaCode: areaCode.slice(0, PUBLIC_AREA_DIGITS),
            point: coarse && [coarse.lon, coarse.lat],
          },
          now,
        );
        if (isRefusal(step)) return step;
        await withdrawRelease(
          app,
          tx,
          actor,
          before.filter((id) => !words.files.includes(id)),
        );
        await confirmRelease(app, tx, actor, prepared, now);
        return step;
      });
    }),
    route(steps.unrelease, async ({ tx, actor, body, target, now }) => {
      const stored = target as StoredCase;
      const before = await releasedFileIds(tx, actor, stored.state.id);
      const step = await act(tx, actor, stored, { action: 'unrelease', ...body }, now);
      if (!isRefusal(step)) await withdrawRelease(app, tx, actor, before);
      return step;
    }),
  ];
}
