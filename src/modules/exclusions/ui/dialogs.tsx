import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Form, Input, Radio } from 'antd';
import type { ReactNode } from 'react';
import { call } from '../../../platform/web/client.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { FormDialog, WordsItem } from '../../../platform/web/office/form-dialog.tsx';
import { askExclusion, decideExclusion, type ExclusionView, revokeExclusion, setGround } from '../contract.ts';
import { useNamed } from './names.ts';
import { grounds } from './queries.ts';

type FrameProps<Values> = {
  readonly name: string;
  readonly danger?: boolean;
  readonly initial?: Partial<Values>;
  readonly onSend: (values: Values) => Promise<unknown>;
  readonly onClose: () => void;
  readonly children: ReactNode;
};

/** A dialog whose button says what it does, and after which the lists are read anew. */
function Frame<Values extends object>({ name, onSend, ...rest }: FrameProps<Values>) {
  const { t } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const send = async (values: Values) => {
    await onSend(values);
    void message.success(t('exclusions.ui.done'));
    await queries.invalidateQueries({ queryKey: ['exclusions'] });
  };
  return <FormDialog<Values> title={name} confirm={name} onSend={send} {...rest} />;
}

type Office = { readonly id: string; readonly name: string; readonly nameEn: string };
type Asked = { readonly organisationId: string; readonly ground: string; readonly words: string };

/** Asks that the figures of an office leave the case out. */
export function AskDialog({
  caseId,
  offices,
  onClose,
}: {
  caseId: string;
  offices: readonly Office[];
  onClose: () => void;
}) {
  const { t } = useTexts();
  const named = useNamed();
  const { data } = useQuery(grounds);
  const [first] = offices;
  return (
    <Frame<Asked>
      name={t('exclusions.ui.ask')}
      initial={first ? { organisationId: first.id } : {}}
      onClose={onClose}
      onSend={(body) => call(askExclusion, { params: { id: caseId }, body })}
    >
      <Form.Item name="organisationId" label={t('exclusions.ui.for_office')}>
        <Radio.Group
          className="choices tall"
          aria-label={t('exclusions.ui.for_office')}
          options={offices.map((one) => ({ value: one.id, label: named.office(one) }))}
        />
      </Form.Item>
      <Form.Item
        name="ground"
        label={t('exclusions.ui.ground')}
        rules={[{ required: true, message: t('web.form.fill', { field: t('exclusions.ui.ground') }) }]}
      >
        <Radio.Group
          className="choices tall"
          aria-label={t('exclusions.ui.ground')}
          options={(data?.items ?? []).map((one) => ({ value: one.code, label: named.ground(one) }))}
        />
      </Form.Item>
      <WordsItem
        name="words"
        label={t('exclusions.ui.words')}
        hint={t('exclusions.ui.words_hint')}
        most={1000}
        least={10}
      />
    </Frame>
  );
}

type Decided = { readonly granted: boolean; readonly words: string; readonly publicWords?: string };

/** Grants or refuses; what is granted needs words for the public. */
export function DecideDialog({ of, onClose }: { of: ExclusionView; onClose: () => void }) {
  const { t } = useTexts();
  const { id, version } = of;
  return (
    <Frame<Decided>
      name={t('exclusions.ui.decide')}
      initial={{ granted: true }}
      onClose={onClose}
      onSend={({ publicWords = null, ...body }) =>
        call(decideExclusion, { params: { id }, body: { version, publicWords, ...body } })
      }
    >
      <Form.Item name="granted" label={t('exclusions.ui.answer')}>
        <Radio.Group
          className="choices"
          aria-label={t('exclusions.ui.answer')}
          options={[
            { value: true, label: t('exclusions.ui.grant') },
            { value: false, label: t('exclusions.ui.refuse') },
          ]}
        />
      </Form.Item>
      <WordsItem least={4} name="words" label={t('exclusions.ui.decision_words')} most={1000} />
      <Form.Item noStyle dependencies={['granted']}>
        {({ getFieldValue }) =>
          getFieldValue('granted') === true && (
            <WordsItem
              least={4}
              name="publicWords"
              label={t('exclusions.ui.public')}
              hint={t('exclusions.ui.public_hint')}
              most={300}
            />
          )
        }
      </Form.Item>
    </Frame>
  );
}

export function RevokeDialog({ of, onClose }: { of: ExclusionView; onClose: () => void }) {
  const { t } = useTexts();
  const { id, version } = of;
  return (
    <Frame<{ readonly words: string }>
      name={t('exclusions.ui.revoke')}
      danger
      onClose={onClose}
      onSend={({ words }) => call(revokeExclusion, { params: { id }, body: { version, words } })}
    >
      <WordsItem least={4} name="words" label={t('exclusions.ui.revoke_words')} most={1000} />
    </Frame>
  );
}

type GroundValues = {
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly validFrom: string;
  readonly validTo?: string;
};

/** Adds, renames or ends a ground from a day on. */
export function GroundDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTexts();
  const field = (name: keyof GroundValues, label: string, type: 'text' | 'date', required = true) => (
    <Form.Item
      name={name}
      label={label}
      rules={required ? [{ required: true, message: t('web.form.fill', { field: label }) }] : []}
    >
      <Input type={type} />
    </Form.Item>
  );
  return (
    <Frame<GroundValues>
      name={t('exclusions.ui.ground_add')}
      onClose={onClose}
      onSend={({ validTo, ...body }) => call(setGround, { body: { ...body, validTo: validTo || null } })}
    >
      {field('code', t('exclusions.ui.ground_code'), 'text')}
      {field('nameZh', t('exclusions.ui.ground_zh'), 'text')}
      {field('nameEn', t('exclusions.ui.ground_en'), 'text')}
      {field('validFrom', t('exclusions.ui.ground_from'), 'date')}
      {field('validTo', t('exclusions.ui.ground_to'), 'date', false)}
    </Frame>
  );
}
