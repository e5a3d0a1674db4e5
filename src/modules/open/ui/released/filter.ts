/** What a person looks for among public requests, as it stands in the page's address. */
export type Filter = {
  readonly area: string;
  readonly classCode: string;
  readonly state: '' | 'open' | 'closed';
};

export function readFilter(search: URLSearchParams): Filter {
  const state = search.get('state');
  const area = search.get('area') ?? '';
  return {
    area: /^\d{2,17}$/.test(area) ? area : '',
    classCode: search.get('class') ?? '',
    state: state === 'open' || state === 'closed' ? state : '',
  };
}

/** Empty when nothing is filtered. */
export function filterKey({ area, classCode, state }: Filter): string {
  return area === '' && classCode === '' && state === '' ? '' : `${area}|${classCode}|${state}`;
}

/** What the server is asked. */
export function queryOf({ area, classCode, state }: Filter) {
  return {
    ...(area === '' ? {} : { area }),
    ...(classCode === '' ? {} : { classCode }),
    ...(state === '' ? {} : { state }),
  };
}

export function writeFilter(last: URLSearchParams, change: Partial<Filter>): URLSearchParams {
  const next = new URLSearchParams(last);
  const names = { area: 'area', classCode: 'class', state: 'state' } as const;
  for (const [field, value] of Object.entries(change) as [keyof Filter, string][]) {
    if (value === '') next.delete(names[field]);
    else next.set(names[field], value);
  }
  return next;
}
