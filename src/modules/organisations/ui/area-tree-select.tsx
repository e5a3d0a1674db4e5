import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { TreeSelect } from 'antd';
import { useState } from 'react';
import { call } from '../../../platform/web/client.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { type AreaItem, readArea, readTree, searchAreas } from '../../areas/contract.ts';

type Node = { id: string; pId: string; value: string; title: string; isLeaf: boolean };
type Picked = { readonly value: string; readonly label: string };

type Props = {
  readonly id?: string;
  readonly value?: string[] | undefined;
  readonly onChange?: (codes: string[]) => void;
  readonly multiple?: boolean;
  /** The longest code that may be chosen: 12 a village, 15 a grid. */
  readonly deepest?: number;
  readonly placeholder?: string;
  readonly 'aria-label'?: string;
};

/** Areas chosen from the tree, opened step by step, or by words; names that repeat carry their path. */
export function AreaTreeSelect({ value = [], onChange, multiple = true, deepest = 15, ...field }: Props) {
  const { t } = useTexts();
  const tree = useTree(deepest);
  const [words, setWords] = useState('');
  const hits = useHits(words, deepest);
  const labels = useLabels(value, tree.nodes);
  const chosen = value.map((code): Picked => ({ value: code, label: labels.get(code) ?? code }));
  return (
    <TreeSelect
      {...field}
      labelInValue
      value={multiple ? chosen : (chosen[0] ?? null)}
      onChange={(picked: Picked | readonly Picked[] | null | undefined) =>
        onChange?.([picked ?? []].flat().map((one) => one.value))
      }
      multiple={multiple}
      treeDataSimpleMode
      treeData={words.trim() === '' ? [...tree.nodes.values()] : hits}
      treeExpandedKeys={[...tree.expanded]}
      onTreeExpand={(keys) => tree.setExpanded(keys.map(String))}
      loadData={(node) => tree.open(String(node.value))}
      onOpenChange={(now) => {
        if (now && tree.nodes.size === 0) void tree.openTop();
      }}
      showSearch={{ filterTreeNode: false, searchValue: words, onSearch: setWords }}
      allowClear
      notFoundContent={t('web.loading')}
    />
  );
}

/** The part of the area tree that was opened so far. */
function useTree(deepest: number) {
  const queries = useQueryClient();
  const [nodes, setNodes] = useState<ReadonlyMap<string, Node>>(new Map());
  const [expanded, setExpanded] = useState<readonly string[]>([]);
  const children = (parent: string | null) =>
    queries.fetchQuery({
      queryKey: ['areas', 'tree', parent],
      queryFn: ({ signal }) => call(readTree, { query: parent === null ? {} : { parent }, signal }),
      staleTime: 10 * 60_000,
    });
  const open = async (parent: string | null): Promise<readonly AreaItem[]> => {
    const { items } = await children(parent);
    setNodes((before) => new Map([...before, ...items.map((area) => [area.code, nodeOf(area, deepest)] as const)]));
    return items;
  };
  // The jurisdiction alone would be one more click for nothing.
  const openTop = async () => {
    const [top] = await open(null);
    if (!top) return;
    await open(top.code);
    setExpanded([top.code]);
  };
  return { nodes, expanded, setExpanded, open, openTop };
}

function nodeOf(area: AreaItem, deepest: number): Node {
  const isLeaf = area.children === 0 || area.code.length >= deepest;
  return { id: area.code, pId: area.parentCode ?? '', value: area.code, title: area.name, isLeaf };
}

/** What the words may mean, each with its path. */
function useHits(words: string, deepest: number): Node[] {
  const { data } = useQuery({
    queryKey: ['areas', 'candidates', words],
    queryFn: ({ signal }) => call(searchAreas, { query: { text: words, limit: 20 }, signal }),
    enabled: words.trim() !== '',
  });
  return (data?.items ?? [])
    .filter((area) => area.code.length <= deepest)
    .map((area) => ({ id: area.code, pId: '', value: area.code, title: area.path, isLeaf: true }));
}

/** Names of chosen areas, asked for where the tree has not been opened that far. */
function useLabels(codes: readonly string[], nodes: ReadonlyMap<string, Node>): ReadonlyMap<string, string> {
  const missing = codes.filter((code) => !nodes.has(code));
  const read = useQueries({
    queries: missing.map((code) => ({
      queryKey: ['areas', 'area', code],
      queryFn: ({ signal }: { signal: AbortSignal }) => call(readArea, { params: { code }, signal }),
      staleTime: 10 * 60_000,
    })),
  });
  const asked = read.flatMap(({ data }) => (data ? [[data.code, data.name] as const] : []));
  return new Map([...asked, ...[...nodes.values()].map((node) => [node.id, node.title] as const)]);
}
