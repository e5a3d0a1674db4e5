import type { Progress } from '../../contract.ts';

const MOUTHS: Readonly<Record<NonNullable<Progress['rating']>['solved'], string>> = {
  solved: 'M10 18c1.4 2.2 3.1 3.2 5 3.2s3.6-1 5-3.2',
  partly: 'M10.5 19.5h9',
  unsolved: 'M10 21c1.4-2.2 3.1-3.2 5-3.2s3.6 1 5 3.2',
};

/** Decoration beside its word, never instead of it. */
export function Face({ mood }: { readonly mood: keyof typeof MOUTHS }) {
  return (
    <svg className="face" width="30" height="30" viewBox="0 0 30 30" aria-hidden="true">
      <circle cx="15" cy="15" r="12" />
      <path d="M11 12v.5M19 12v.5" />
      <path d={MOUTHS[mood]} />
    </svg>
  );
}
