import { useQuery } from '@tanstack/react-query';
import { Button, Form, Modal } from 'antd';
import { useState } from 'react';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { AreaTreeSelect } from '../../organisations/ui/index.ts';
import { ClassSelect } from './fields.tsx';
import { suggestions } from './queries.ts';

/** Whom the list names for a class at a place: to check the list, nothing is dispatched. */
export function TryDialog({ classCode, onClose }: { classCode: string | undefined; onClose: () => void }) {
  const { t, locale } = useTexts();
  const [code, setCode] = useState<string | null>(classCode ?? null);
  const [area, setArea] = useState<string[]>([]);
  const place = area[0] ?? '';
  const { data, error } = useQuery({ ...suggestions(code ?? '', place), enabled: Boolean(code && place) });
  return (
    <Modal
      open
      title={t('catalogue.ui.list.try')}
      footer={<Button onClick={onClose}>{t('web.close')}</Button>}
      onCancel={onClose}
    >
      <p>{t('catalogue.ui.list.try_about')}</p>
      <Form layout="vertical">
        <Form.Item label={t('catalogue.ui.class')} htmlFor="try-class">
          <ClassSelect id="try-class" value={code} onChange={setCode} />
        </Form.Item>
        <Form.Item label={t('catalogue.ui.list.try_place')} htmlFor="try-place">
          <AreaTreeSelect id="try-place" multiple={false} value={area} onChange={setArea} />
        </Form.Item>
      </Form>
      <ErrorNotice error={error} />
      <div role="status">
        {data?.items.length === 0 && <p>{t('catalogue.ui.list.try_none')}</p>}
        <ol className="cat-tried">
          {data?.items.map((one) => (
            <li key={one.entryId}>
              {one.reason}
              <br />
              <small className="soft">
                {one.legalBasis}
                {one.assists.length > 0 &&
                  ` · ${t('catalogue.ui.list.assists')}: ${one.assists
                    .map((body) => (locale === 'en' ? body.nameEn : body.shortName))
                    .join('、')}`}
              </small>
            </li>
          ))}
        </ol>
      </div>
    </Modal>
  );
}
