import { useEffect, useRef } from 'react';

type Props<Key extends string> = {
  /** Names the row of tabs for screen readers. */
  readonly label: string;
  readonly tabs: readonly { readonly key: Key; readonly label: string }[];
  readonly active: Key;
  readonly onChange: (key: Key) => void;
};

/** The parts of one page, of which one is shown. Scrolls sideways where the screen is narrow; nothing hides in a menu. */
export function PageTabs<Key extends string>({ label, tabs, active, onChange }: Props<Key>) {
  const row = useRef<HTMLElement>(null);
  useEffect(() => {
    // Where the row is wider than the screen, the part that is shown is in sight.
    row.current?.querySelector(`[data-tab="${active}"]`)?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [active]);
  return (
    <nav ref={row} className="page-tabs" aria-label={label}>
      {tabs.map((tab) => (
        <button
          key={tab.key}
          type="button"
          data-tab={tab.key}
          aria-current={tab.key === active ? 'page' : undefined}
          onClick={() => onChange(tab.key)}
        >
          {tab.label}
        </button>
      ))}
    </nav>
  );
}
