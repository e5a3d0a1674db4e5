import { useId, useState } from 'react';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import type { PlaceKind } from '../../contract.ts';
import { announce } from '../pieces/announce.tsx';
import { Choice, Field, FieldError } from '../pieces/field.tsx';
import { AreaMap, PlaceList, placeAt } from '../pieces/places.tsx';
import { useSettings } from '../pieces/settings.tsx';
import { type Position, usePosition } from '../pieces/use-position.ts';
import { placeText } from '../../rules/place-names.ts';
import { type DraftPoint, pathOfPoint } from './draft.ts';
import { Similar } from './similar.tsx';
import type { StepProps } from './step-frame.tsx';

const WAYS: readonly PlaceKind[] = ['point', 'area', 'unknown'];

/** Three ways to say where, each as good as the other; what was said in one stays when another is tried. */
export function WhereStep(props: StepProps) {
  const { t } = useTexts();
  const { draft, change, complaint } = props;
  const unknown = draft.how === 'unknown';
  return (
    <>
      <Choice
        legend={t('open.report.where_how')}
        legendHidden
        value={draft.how}
        onChange={(how) => change({ how })}
        error={complaint('how')}
        options={WAYS.map((way) => ({
          value: way,
          label: t(`open.report.where_${way}`),
          hint: t(`open.report.where_${way}_hint`),
        }))}
      />
      {draft.how === 'point' && <OnMap {...props} />}
      {draft.how === 'area' && <FromList {...props} />}
      {draft.how !== null && (
        <Field
          label={t(unknown ? 'open.report.detail_unknown' : 'open.report.detail')}
          hint={t(unknown ? 'open.report.detail_unknown_hint' : 'open.report.detail_hint')}
          optional
        >
          {(control) => (
            <input
              {...control}
              type="text"
              maxLength={200}
              value={draft.detail}
              autoComplete="off"
              onChange={(event) => change({ detail: event.target.value })}
            />
          )}
        </Field>
      )}
      {draft.how !== null && <Similar draft={draft} change={change} />}
    </>
  );
}

function OnMap({ draft, change, complaint }: StepProps) {
  const { t } = useTexts();
  const id = useId();
  const { said, set } = usePointSetting(change);
  const error = complaint('point');
  const position = usePosition(({ lon, lat, metres }) =>
    set({ lon, lat, from: 'phone', at: null }, t('open.report.where_found', { metres })),
  );
  const { point } = draft;
  // A real position has no place on a drawing.
  const shown = point?.from === 'phone' && point.at?.drawn ? null : point;
  return (
    <fieldset className="field" aria-describedby={error ? `${id}-error` : undefined}>
      <legend>{t('open.report.where_map')}</legend>
      <Here position={position} invalid={error !== undefined} />
      <AreaMap
        code={null}
        point={shown}
        onPick={(picked) => set({ ...picked, from: 'map', at: null }, t('open.report.where_set'))}
      />
      {said && <p>{said}</p>}
      <FieldError id={`${id}-error`} text={error} />
      {point?.from === 'phone' && point.at?.drawn && (
        <>
          <p>{t('open.report.where_also_pick')}</p>
          <FromList draft={draft} change={change} complaint={() => undefined} />
        </>
      )}
    </fieldset>
  );
}

/** Keeps a point and asks the server what lies there. Only a help: when it does not answer, it decides at the end. */
function usePointSetting(change: StepProps['change']) {
  const { t } = useTexts();
  const place = useSettings()?.jurisdiction.shortName ?? '';
  const [said, setSaid] = useState<string>();
  const tell = (text: string) => {
    setSaid(text);
    announce(text);
  };
  const set = (point: DraftPoint, first: string) => {
    change({ point });
    tell(first);
    void placeAt(point).then(
      ({ inside, code, path, schematic }) => {
        const known = { ...point, at: { code, path: path && placeText(path), drawn: schematic } };
        change({ point: known });
        const where = pathOfPoint(known);
        if (!inside) tell(t('open.report.where_outside', { place }));
        else if (where) tell(`${first} ${t('open.report.where_in', { path: where })}`);
      },
      () => undefined,
    );
  };
  return { said, set };
}

function Here({ position, invalid }: { readonly position: Position; readonly invalid: boolean }) {
  const { t } = useTexts();
  const finding = position.state === 'finding';
  return (
    <>
      <button
        type="button"
        className="button"
        aria-disabled={finding}
        aria-invalid={invalid || undefined}
        onClick={position.find}
      >
        {t(finding ? 'open.report.where_finding' : 'open.report.where_here')}
      </button>
      <p role="status" className="soft">
        {(position.state === 'denied' || position.state === 'unavailable') && t(`open.report.where_${position.state}`)}
      </p>
    </>
  );
}

function FromList({ draft, change, complaint }: Pick<StepProps, 'draft' | 'change' | 'complaint'>) {
  const { t } = useTexts();
  return (
    <div className="field">
      <PlaceList
        value={draft.area?.code ?? null}
        label={t('open.report.where_area')}
        onPick={(area) => change({ area })}
        error={complaint('area')}
      />
    </div>
  );
}
