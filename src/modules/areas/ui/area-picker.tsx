import { useEffect, useId, useRef, useState } from 'react';
import type { AreaLevel } from '../../../kit/codes.ts';
import { call } from '../../../platform/web/client.ts';
import { MoreTexts, useTexts } from '../../../platform/web/i18n.tsx';
import type { AreaItem, CandidateItem } from '../contract.ts';
import { areaPublicTexts } from '../texts/public.ts';
import { api } from './api.ts';
import './area-picker.css';
import { readChildren, readOnce, useReading } from './reading.ts';

export type PickedArea = {
  readonly code: string;
  readonly name: string;
  readonly level: AreaLevel;
  /** `town/village`, below the jurisdiction. */
  readonly path: string;
};

type Props = {
  readonly value: string | null;
  readonly onPick: (picked: PickedArea | null) => void;
  /** The smallest level offered; village unless told. */
  readonly deepest?: 'town' | 'village' | 'grid';
  readonly error?: string | undefined;
  /** Says what is picked here, for screen readers. */
  readonly label?: string;
};

const DIGITS = { town: 9, village: 12, grid: 15 } as const;

/**
 * Picks an area by going down the list or by searching; whoever does not know the village stops at the town. Large
 * targets, no library: for phones first, good on any screen.
 */
export function AreaPicker({ value, onPick, deepest = 'village', error, label }: Props) {
  const id = useId();
  const [words, setWords] = useState('');
  const pick = (picked: PickedArea) => {
    setWords('');
    onPick(picked);
  };
  return (
    <MoreTexts texts={areaPublicTexts}>
      <fieldset className="area-picker" aria-describedby={error ? `${id}-error` : undefined}>
        {label && <legend className="sr-only">{label}</legend>}
        <Search id={id} words={words} onWords={setWords} invalid={error !== undefined} />
        {words.trim() === '' ? (
          <DrillDown value={value} deepest={deepest} onPick={pick} onClear={() => onPick(null)} />
        ) : (
          <Results words={words.trim()} deepest={deepest} onPick={pick} />
        )}
        {error && (
          <p className="area-picker-error" id={`${id}-error`}>
            <span aria-hidden="true">! </span>
            {error}
          </p>
        )}
      </fieldset>
    </MoreTexts>
  );
}

type SearchProps = {
  readonly id: string;
  readonly words: string;
  readonly onWords: (words: string) => void;
  readonly invalid: boolean;
};

function Search({ id, words, onWords, invalid }: SearchProps) {
  const { t } = useTexts();
  return (
    <div className="area-picker-search">
      <label htmlFor={`${id}-search`} className="sr-only">
        {t('areas.pick.search')}
      </label>
      <input
        id={`${id}-search`}
        type="search"
        value={words}
        maxLength={100}
        autoComplete="off"
        placeholder={t('areas.pick.search')}
        aria-describedby={`${id}-hint`}
        aria-invalid={invalid || undefined}
        onChange={(event) => onWords(event.target.value)}
        onKeyDown={(event) => {
          // A search inside a form must not send the form.
          if (event.key === 'Enter') event.preventDefault();
        }}
      />
      {words !== '' && (
        <button type="button" onClick={() => onWords('')}>
          {t('areas.pick.clear')}
        </button>
      )}
      <small id={`${id}-hint`}>{t('areas.pick.search_hint')}</small>
    </div>
  );
}

function useSearch(words: string): { readonly found: readonly CandidateItem[] | undefined; readonly failed: boolean } {
  const [state, setState] = useState<{ words: string; found?: readonly CandidateItem[]; failed: boolean }>({
    words: '',
    failed: false,
  });
  useEffect(() => {
    const stop = new AbortController();
    // Asks when typing rests, not at every key.
    const timer = setTimeout(() => {
      call(api.searchAreas, { query: { text: words, limit: 12 }, signal: stop.signal }).then(
        ({ items }) => setState({ words, found: items, failed: false }),
        () => !stop.signal.aborted && setState({ words, failed: true }),
      );
    }, 250);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [words]);
  return { found: state.found, failed: state.words === words && state.failed };
}

type ResultsProps = {
  readonly words: string;
  readonly deepest: keyof typeof DIGITS;
  readonly onPick: (picked: PickedArea) => void;
};

function Results({ words, deepest, onPick }: ResultsProps) {
  const { t } = useTexts();
  const { found, failed } = useSearch(words);
  if (failed) return <p role="status">{t('areas.pick.failed')}</p>;
  if (found === undefined) return <p role="status">{t('areas.pick.loading')}</p>;
  const fitting = found.filter((item) => item.code.length <= DIGITS[deepest]);
  if (fitting.length === 0) return <p role="status">{t('areas.pick.no_result', { text: words })}</p>;
  return (
    <>
      <p role="status" className="area-picker-note">
        {t('areas.pick.results', { n: fitting.length })}
      </p>
      <ul className="area-picker-list">
        {fitting.map(({ code, name, level, path, reason, matched }) => (
          <li key={code}>
            <button type="button" onClick={() => onPick({ code, name, level, path })}>
              <span>{path}</span>
              <small>{t(`areas.pick.reason.${reason}`, { matched })}</small>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

type DrillProps = {
  readonly value: string | null;
  readonly deepest: keyof typeof DIGITS;
  readonly onPick: (picked: PickedArea) => void;
  readonly onClear: () => void;
};

/** The list below what is chosen, and the way back up. */
function DrillDown({ value, deepest, onPick, onClear }: DrillProps) {
  const { t } = useTexts();
  const { value: view, failed, retry } = useReading(`pick:${value ?? ''}:${deepest}`, () => readView(value, deepest));
  const list = useRef<HTMLUListElement>(null);
  useSingleGrid(view, deepest, onPick);
  if (failed) {
    return (
      <p role="alert">
        {t('areas.pick.failed')}{' '}
        <button type="button" onClick={retry}>
          {t('areas.pick.retry')}
        </button>
      </p>
    );
  }
  if (view === undefined) return <p role="status">{t('areas.pick.loading')}</p>;
  const { steps, items, chosen } = view;
  const last = steps[steps.length - 1];
  return (
    <>
      {steps.length > 1 && (
        <nav aria-label={t('areas.pick.path')} className="area-picker-path">
          {steps.map((step, index) => (
            <button
              key={step.code}
              type="button"
              aria-current={index === steps.length - 1 ? 'true' : undefined}
              onClick={() => (index === 0 ? onClear() : onPick(step))}
            >
              {step.name}
            </button>
          ))}
        </nav>
      )}
      {chosen && (
        <p role="status" className="area-picker-note">
          <b>{t('areas.pick.chosen', { path: chosen.path })}</b>
          {view.deeper && <small>{t('areas.pick.deeper')}</small>}
        </p>
      )}
      {items.length > 0 && (
        <ul className="area-picker-list" ref={list} aria-label={t('areas.pick.list', { name: last?.name ?? '' })}>
          {items.map((item) => (
            <li key={item.code}>
              <button
                type="button"
                aria-pressed={item.code === value}
                onClick={() => onPick({ ...item, path: pathOf(steps, item.name) })}
              >
                <span>{item.name}</span>
                {item.children > 0 && item.code.length < DIGITS[deepest] && <i aria-hidden="true">›</i>}
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

type View = {
  /** From the jurisdiction down to the area whose parts are listed. */
  readonly steps: readonly PickedArea[];
  readonly items: readonly AreaItem[];
  readonly chosen: PickedArea | null;
  /** Whether the list holds parts of what is chosen, not its neighbours. */
  readonly deeper: boolean;
};

async function readView(value: string | null, deepest: keyof typeof DIGITS): Promise<View> {
  const [top] = await readChildren(null);
  if (!top) return { steps: [], items: [], chosen: null, deeper: false };
  const start: PickedArea = { code: top.code, name: top.name, level: top.level, path: top.name };
  const area =
    value === null ? null : await readOnce(`area:${value}`, () => call(api.readArea, { params: { code: value } }));
  const below = (area?.path ?? []).slice(1);
  const steps = [start];
  for (const step of below) steps.push({ ...step, path: pathOf(steps, step.name) });
  const chosen = below.length > 0 ? (steps[steps.length - 1] ?? null) : null;
  const leaf = chosen !== null && chosen.code.length >= DIGITS[deepest];
  const shown = leaf ? steps.slice(0, -1) : steps;
  const listed = shown[shown.length - 1] ?? start;
  const items = await throughSelf(listed.code);
  return { steps: shown, items, chosen, deeper: chosen !== null && !leaf && items.length > 0 };
}

/** A city without counties repeats itself one level down: its towns are listed at once. */
async function throughSelf(code: string): Promise<readonly AreaItem[]> {
  const items = await readChildren(code);
  const [only] = items;
  return items.length === 1 && only?.kind === 'city_itself' ? readChildren(only.code) : items;
}

function pathOf(above: readonly PickedArea[], name: string): string {
  return [...above.slice(1).map((step) => step.name), name].join('/');
}

/** A village whose only grid is the whole village need not be asked about again. */
function useSingleGrid(view: View | undefined, deepest: string, onPick: (picked: PickedArea) => void): void {
  const picking = useRef(onPick);
  picking.current = onPick;
  useEffect(() => {
    const [only] = view?.items ?? [];
    if (deepest !== 'grid' || view?.items.length !== 1 || only?.level !== 'grid' || view.chosen?.code === only.code)
      return;
    picking.current({ ...only, path: pathOf(view.steps, only.name) });
  }, [view, deepest]);
}
