import { Button, Form } from 'antd';
import { useState } from 'react';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { AreaMap, placeAt } from '../../../areas/ui/public.ts';
import type { Here } from './here.tsx';

type Props = { readonly value?: Here | null; readonly onChange?: (point: Here | null) => void };

/**
 * A place on the map of the chosen area, for those who want to be exact. Where no area is chosen yet, the place gives
 * it; a place that real boundaries put outside the jurisdiction is not taken.
 */
export function PlaceOnMap({ value, onChange }: Props) {
  const { t } = useTexts();
  const form = Form.useFormInstance();
  const areaCode: string | undefined = Form.useWatch('areaCode', form);
  const [open, setOpen] = useState(value != null);
  const [outside, setOutside] = useState(false);
  const pick = async (point: Here) => {
    onChange?.(point);
    setOutside(false);
    const found = await placeAt(point).catch(() => null);
    if (found === null) return;
    if (!found.inside) {
      setOutside(true);
      onChange?.(null);
    } else if (areaCode === undefined && found.code !== null) form.setFieldValue('areaCode', found.code);
  };
  if (!open) {
    return <Button onClick={() => setOpen(true)}>{t('cases.ui.new.map_open')}</Button>;
  }
  return (
    <>
      <AreaMap
        code={areaCode === undefined ? null : areaCode.slice(0, 12)}
        point={value ?? null}
        onPick={(point) => void pick({ lon: point.lon, lat: point.lat })}
        height="20rem"
      />
      <p role="alert">{outside && t('refusal.cases.place_outside')}</p>
      {value != null && <Button onClick={() => onChange?.(null)}>{t('cases.ui.new.map_clear')}</Button>}
    </>
  );
}
