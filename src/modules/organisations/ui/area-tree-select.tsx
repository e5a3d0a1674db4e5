import { useQuery, useQueryClient } from '@tanstack/react-query';
import { TreeSelect } from 'antd';
import { useState } from 'react';
import { call } from '../../../platform/web/client.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { type AreaItem, readTree, searchAreas } from '../../areas/contract.ts';

type Node = { id: string; pId: string; value: string; title: string; isLeaf: boolean };

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

function nodeOf(area: AreaItem, deepest: number): Node {
  const isLeaf = area.children === 0 || area.code.length >= deepest;
  return { id: area.code, pId: area.parentCode ?? '', value: area.code, title: area.name, isLeaf };
}

/** Areas chosen from the tree, opened step by step, or by words; names that repeat carry their path. */
export function AreaTreeSelect({ value = [], onChange, multiple = true, deepest = 15, ...field }: Props) {
  const { t } = useTexts();
  const queries = useQueryClient();
  const [nodes, setNodes] = useState<ReadonlyMap<string, Node>>(new Map());
  const [words, setWords] = useState('');
  const children = (parent: string | null) =>
    queries.fetchQuery({
      queryKey: ['areas', 'tree', parent],
      queryFn: ({ signal }) => call(readTree, { query: parent === null ? {} : { parent }, signal }),
      staleTime: 10 * 60_000,
    });
  const keep = (more: readonly Node[]) =>
    setNodes((before) => new Map([...before, ...more.map((node) => [node.id, node] as const)]));
  const open = async (parent: string | null) =>
    keep((await children(parent)).items.map((area) => nodeOf(area, deepest)));
  const found = useQuery({
    queryKey: ['areas', 'candidates', words],
    queryFn: ({ signal }) => call(searchAreas, { query: { text: words, limit: 20 }, signal }),
    enabled: words.trim() !== '',
  });
  const hits = (found.data?.items ?? [])
    .filter((area) => area.code.length <= deepest)
    .map((area) => ({ id: area.code, pId: '', value: area.code, title: area.path, isLeaf: true }));
  const chosen = value.flatMap((code) => nodes.get(code) ?? []);
  const shown =
    words.trim() === '' ? [...nodes.values()] : unique([...hits, ...chosen.map((node) => ({ ...node, pId: '' }))]);
  return (
    <TreeSelect
      {...field}
      value={multiple ? value : value[0]}
      onChange={(picked: string | string[] | undefined) => onChange?.(picked === undefined ? [] : [picked].flat())}
      onSelect={(code) => keep(hits.filter((node) => node.value === String(code) && !nodes.has(node.id)))}
      multiple={multiple}
      treeDataSimpleMode
      treeData={shown}
      loadData={(node) => open(String(node.value))}
      onOpenChange={(now) => {
        if (now && nodes.size === 0) void open(null).then(openTop);
      }}
      showSearch={{ filterTreeNode: false, searchValue: words, onSearch: setWords }}
      allowClear
      notFoundContent={t('web.loading')}
    />
  );

  /** The jurisdiction alone would be one more click for nothing. */
  async function openTop() {
    const [top] = (await children(null)).items;
    if (top) await open(top.code);
  }
}

function unique(nodes: readonly Node[]): Node[] {
  return [...new Map(nodes.map((node) => [node.id, node])).values()];
}
