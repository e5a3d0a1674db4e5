import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Tree } from 'antd';
import { useEffect, useState } from 'react';
import type { Locale } from '../../../platform/i18n/texts.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { RowSkeletons } from '../../../platform/web/office/states.tsx';
import type { OrganisationItem } from '../contract.ts';
import { shortName } from './names.ts';
import { directedBy } from './queries.ts';

type Node = { key: string; title: string; isLeaf: boolean; children?: Node[] };

function nodesOf(
  items: readonly OrganisationItem[],
  opened: ReadonlyMap<string, readonly OrganisationItem[]>,
  locale: Locale,
): Node[] {
  return items.map((one) => {
    const below = opened.get(one.id);
    const node = { key: one.id, title: shortName(locale, one), isLeaf: one.directs === 0 };
    return below ? { ...node, children: nodesOf(below, opened, locale) } : node;
  });
}

/** Bodies under what directs them, opened step by step. */
export function OrganisationTree({ chosen }: { chosen: string | undefined }) {
  const { t, locale } = useTexts();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  const top = useQuery(directedBy('top'));
  const [opened, setOpened] = useState<ReadonlyMap<string, readonly OrganisationItem[]>>(new Map());
  const [expanded, setExpanded] = useState<readonly string[]>([]);
  const open = async (id: string) => {
    const items = await queries.fetchQuery(directedBy(id));
    setOpened((before) => new Map(before).set(id, items));
  };
  const root = top.data?.[0]?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: opens the first level once it is known.
  useEffect(() => {
    if (root) void open(root).then(() => setExpanded([root]));
  }, [root]);
  if (top.isPending) return <RowSkeletons />;
  if (top.error) return <ErrorNotice error={top.error} onRetry={() => void top.refetch()} />;
  return (
    <Tree
      aria-label={t('organisations.ui.tree')}
      blockNode
      virtual
      height={620}
      treeData={nodesOf(top.data, opened, locale)}
      expandedKeys={[...expanded]}
      onExpand={(keys) => setExpanded(keys.map(String))}
      loadData={(node) => open(String(node.key))}
      selectedKeys={chosen ? [chosen] : []}
      onSelect={(_, { node }) => void navigate({ to: '/organisations', search: { ...search, id: String(node.key) } })}
    />
  );
}
