import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { AutoComplete, Checkbox } from 'antd';
import { useState } from 'react';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { EmptyState } from '../../../../platform/web/office/states.tsx';
import { useNarrow } from '../../../../platform/web/print.ts';
import { AreaPanel } from './area-panel.tsx';
import { AreaTree } from './area-tree.tsx';
import type { AreasSearch } from './search.ts';
import { found, top } from './queries.ts';

/** The tree beside the area that is chosen; at phone width one after the other. */
export function TreeView({ search }: { search: AreasSearch }) {
  const { t } = useTexts();
  const narrow = useNarrow();
  const root = useQuery(top).data?.[0]?.code;
  const code = search.code ?? (narrow ? undefined : root);
  const alone = narrow && search.code !== undefined;
  const { code: _, ...rest } = search;
  return (
    <>
      {alone && (
        <p>
          <Link to="/areas" search={rest}>
            {t('areas.ui.back')}
          </Link>
        </p>
      )}
      <div className="areas-columns">
        {!alone && (
          <section className="areas-side" aria-label={t('areas.ui.tree')}>
            <FindArea search={search} />
            <WithClosed search={search} />
            <AreaTree search={search} chosen={code} />
          </section>
        )}
        {code ? (
          <AreaPanel key={code} code={code} search={search} />
        ) : (
          !narrow && <EmptyState title={t('areas.ui.choose')} />
        )}
      </div>
    </>
  );
}

function FindArea({ search }: { search: AreasSearch }) {
  const { t } = useTexts();
  const navigate = useNavigate();
  const [words, setWords] = useState('');
  const { data = [] } = useQuery(found(words));
  return (
    <AutoComplete
      value={words}
      aria-label={t('areas.ui.find')}
      placeholder={t('areas.ui.find')}
      showSearch={{ onSearch: setWords }}
      options={data.map((one) => ({
        value: one.code,
        label: (
          <span className="areas-hit">
            <span>{one.path}</span>
            <small>{t(`areas.pick.reason.${one.reason}`, { matched: one.matched })}</small>
          </span>
        ),
      }))}
      onSelect={(code: string) => {
        setWords('');
        void navigate({ to: '/areas', search: { ...search, code } });
      }}
    />
  );
}

function WithClosed({ search }: { search: AreasSearch }) {
  const { t } = useTexts();
  const navigate = useNavigate();
  const { closed, ...rest } = search;
  return (
    <Checkbox
      checked={closed === 'true'}
      onChange={(event) =>
        void navigate({
          to: '/areas',
          search: event.target.checked ? { ...rest, closed: 'true' } : rest,
          replace: true,
        })
      }
    >
      {t('areas.ui.with_closed')}
    </Checkbox>
  );
}
