import { useEffect } from 'react';
import { useTexts } from '../i18n.tsx';

/** Names the browser tab after the page. */
export function useTitle(page: string | undefined): void {
  const { t } = useTexts();
  useEffect(() => {
    if (page) document.title = t('web.page_title', { page });
  }, [page, t]);
}
