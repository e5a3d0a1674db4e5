import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useDeferredValue, useEffect, useId, useRef, useState } from 'react';
import { quickSearch } from '../../../modules/cases/ui/index.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { SearchIcon } from './icons.tsx';

/**
 * One box that finds a number or words ('/' jumps to it). The first matches are offered below; Enter without a choice
 * opens the full search.
 */
export function SearchBox() {
  const { t } = useTexts();
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const navigate = useNavigate();
  const [words, setWords] = useState('');
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState(-1);
  const asked = useDeferredValue(useSettled(words.trim()));
  const found = useQuery({ ...quickSearch(asked), enabled: open && asked.length >= 2 }).data ?? [];
  useSlash(input);

  const close = () => {
    setOpen(false);
    setChosen(-1);
    input.current?.blur();
  };
  const go = (index: number) => {
    const hit = found[index];
    if (hit) void navigate({ to: '/cases/$id', params: { id: hit.id } });
    else if (words.trim() !== '') void navigate({ to: '/search', search: { q: words.trim() } });
    else return;
    close();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setChosen((last) => Math.min(last + 1, found.length));
    else if (event.key === 'ArrowUp') setChosen((last) => Math.max(last - 1, -1));
    else if (event.key === 'Enter') go(chosen);
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
  };
  const showing = open && asked.length >= 2;
  return (
    <search className="search-box">
      <SearchIcon />
      <input
        ref={input}
        role="combobox"
        aria-expanded={showing}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={showing && chosen >= 0 ? `${listId}-${chosen}` : undefined}
        aria-label={t('office.search.label')}
        placeholder={t('office.search.label')}
        title={t('office.search.hint')}
        maxLength={100}
        value={words}
        onChange={(event) => {
          setWords(event.target.value);
          setOpen(true);
          setChosen(-1);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKey}
      />
      <span className="key" aria-hidden="true">
        /
      </span>
      <div id={listId} role="listbox" aria-label={t('office.search.label')} hidden={!showing} className="search-hits">
        {showing &&
          found.map((hit, index) => (
            <Hit key={hit.id} id={`${listId}-${index}`} on={index === chosen} onChoose={() => go(index)}>
              <span className="num">{hit.number}</span> {hit.title}
            </Hit>
          ))}
        {showing && (
          <Hit id={`${listId}-${found.length}`} on={chosen === found.length} onChoose={() => go(-1)}>
            {t('office.search.all', { q: words.trim() })}
          </Hit>
        )}
      </div>
      <span className="sr-only" role="status">
        {showing && t('office.search.results', { n: found.length })}
      </span>
    </search>
  );
}

type HitProps = { id: string; on: boolean; onChoose: () => void; children: React.ReactNode };

/** Chosen by pointer here; the keyboard stays in the box and moves `aria-activedescendant`. */
function Hit({ id, on, onChoose, children }: HitProps) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the combobox, as its pattern asks
    <div
      id={id}
      role="option"
      aria-selected={on}
      onPointerDown={(event) => {
        event.preventDefault();
        onChoose();
      }}
    >
      {children}
    </div>
  );
}

/** The words once typing has paused for a quarter of a second. */
function useSettled(words: string): string {
  const [settled, setSettled] = useState(words);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(words), 250);
    return () => clearTimeout(timer);
  }, [words]);
  return settled;
}

/** '/' anywhere outside a field jumps to the box. */
function useSlash(input: React.RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      const typing =
        event.target instanceof HTMLElement && event.target.closest('input, textarea, select, [contenteditable]');
      if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [input]);
}
