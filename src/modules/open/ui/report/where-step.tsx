import { useId, useState } from 'react';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import type { PlaceKind } from '../../contract.ts';
import { announce } from '../pieces/announce.tsx';
import { Choice, Field, FieldError } from '../pieces/field.tsx';
import { type Place, PlaceList, PlaceMap, placeAt } from '../pieces/places.tsx';
import { useSettings } from '../pieces/settings.tsx';
import { type Position, usePosition } from '../pieces/use-position.ts';
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
    </>
  );
}

function OnMap({ draft, change, complaint }: StepProps) {
  const { t } = useTexts();
  const id = useId();
  const place = useSettings()?.jurisdiction.shortName ?? '';
  const [said, setSaid] = useState<string>();
  const error = complaint('point');
  const tell = (text: string) => {
    setSaid(text);
    announce(text);
  };
  const set = (point: { lon: number; lat: number }, first: string) => {
    change({ point, pointPath: null });
    tell(first);
    // Only a help: when it cannot be asked now, the server decides at the end.
    void placeAt(point).then(
      (found) => {
        change({ pointPath: found.path });
        if (!found.inside) tell(t('open.report.where_outside', { place }));
        else if (found.path) tell(`${first} ${t('open.report.where_in', { path: found.path })}`);
      },
      () => undefined,
    );
  };
  const position = usePosition(({ lon, lat, metres }) => set({ lon, lat }, t('open.report.where_found', { metres })));
  return (
    // The map itself cannot say what is missing, so its group does and takes the focus.
    <fieldset className="field" aria-labelledby={`${id}-label`} aria-describedby={error ? `${id}-error` : undefined}>
      <p id={`${id}-label`} className="hint">
        {t('open.report.where_map')}
      </p>
      <PlaceMap point={draft.point} onPick={(point) => set(point, t('open.report.where_set'))} />
      <Here position={position} invalid={error !== undefined} />
      {said && <p>{said}</p>}
      <FieldError id={`${id}-error`} text={error} />
    </fieldset>
  );
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

function FromList({ draft, change, complaint }: StepProps) {
  const pick = (place: Place | null) => change({ area: place && { code: place.code, path: place.path } });
  return <PlaceList value={draft.area?.code ?? null} onPick={pick} error={complaint('area')} />;
}
