import { useQueries, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Tree } from 'antd';
import { useState } from 'react';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { ErrorNotice } from '../../../../platform/web/office/error-notice.tsx';
import { RowSkeletons } from '../../../../platform/web/office/states.tsx';
import type { AreaItem } from '../../contract.ts';
import { ancestorsOf } from '../../rules/codes.ts';
import type { AreasSearch } from './search.ts';
import { children, top } from './queries.ts';

type Node = { key: string; title: React.ReactNode; isLeaf: boolean; children?: Node[] };

/** The divisions, opened step by step; the way down to the chosen one is open from the start. */
export function AreaTree({ search, chosen }: { search: AreasSearch; chosen: string | undefined }) {
  const { t } = useTexts();
  const navigate = useNavigate();
  const closed = search.closed === 'true';
  const root = useQuery(top);
  const [opened, setOpened] = useState<ReadonlySet<string>>(() => new Set(chosen ? [...ancestorsOf(chosen)] : []));
  const first = root.data?.[0]?.code;
  const open = [...opened].filter((code) => first !== undefined && code.startsWith(first));
  if (first !== undefined && !opened.has(first)) open.push(first);
  const below = useQueries({
    queries: open.map((code) => children(code, closed)),
    combine: (results) => new Map(results.map((result, index) => [open[index] ?? '', result.data])),
  });
  if (root.isPending) return <RowSkeletons />;
  if (root.error) return <ErrorNotice error={root.error} onRetry={() => void root.refetch()} />;
  const nodesOf = (items: readonly AreaItem[]): Node[] =>
    items.map((item) => {
      const parts = below.get(item.code);
      const isLeaf = item.children === 0 && !closed;
      const node = { key: item.code, title: <Title item={item} />, isLeaf: isLeaf || item.level === 'micro_grid' };
      return parts ? { ...node, children: nodesOf(parts) } : node;
    });
  return (
    <Tree
      aria-label={t('areas.ui.tree')}
      blockNode
      virtual
      height={620}
      treeData={nodesOf(root.data)}
      expandedKeys={open}
      onExpand={(keys) => setOpened(new Set(keys.map(String)))}
      loadData={async (node) => setOpened((before) => new Set(before).add(String(node.key)))}
      selectedKeys={chosen ? [chosen] : []}
      onSelect={(_, { node }) => void navigate({ to: '/areas', search: { ...search, code: String(node.key) } })}
    />
  );
}

function Title({ item }: { item: AreaItem }) {
  const { t } = useTexts();
  return (
    <span className={item.validTo === null ? undefined : 'areas-ended'}>
      {item.name}
      {item.validTo !== null && <small> {t('areas.ui.ended')}</small>}
      {item.provisional && <small> {t('areas.ui.provisional')}</small>}
    </span>
  );
}
