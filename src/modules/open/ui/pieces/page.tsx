import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import { Link } from 'wouter';
import { useTexts } from '../../../../platform/web/i18n.tsx';

type Props = {
  readonly title: string;
  /** Shown instead of the title in the window's name, when that is too long or holds what was typed. */
  readonly name?: string;
  readonly back?: string | undefined;
  /** Beside the way back, e.g. 'saved'. */
  readonly status?: ReactNode;
  readonly wide?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
};

let first = true;

/**
 * One screen: names the window, and after a change of screen moves the reader to its heading, as a fresh page would.
 * On the first one the focus stays where the browser put it.
 */
export function Page({ title, name, back, status, wide, className, children }: Props) {
  const { t } = useTexts();
  const heading = useRef<HTMLHeadingElement>(null);
  // Before it is drawn, or it would be seen where the last page was scrolled to.
  useLayoutEffect(() => {
    if (!first) {
      window.scrollTo(0, 0);
      heading.current?.focus({ preventScroll: true });
    }
    first = false;
  }, []);
  useEffect(() => {
    document.title = t('open.title', { page: name ?? title });
  }, [t, name, title]);
  return (
    <div className={['page', wide ? 'page-wide' : '', className ?? ''].join(' ').trim()}>
      {(back !== undefined || status !== undefined) && (
        <div className="page-top">
          {back !== undefined && (
            <Link href={back} className="back">
              <span aria-hidden="true">‹</span> {t('web.back')}
            </Link>
          )}
          <div className="page-status">{status}</div>
        </div>
      )}
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </div>
  );
}
