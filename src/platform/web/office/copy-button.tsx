import { Button } from 'antd';
import { useState } from 'react';
import { useTexts } from '../i18n.tsx';

/** Copies a text and says so. A page on plain http may not write to the clipboard; there the button is left out. */
export function CopyButton({ text }: { text: string }) {
  const { t } = useTexts();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    if (navigator.clipboard === undefined) return;
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 2_000);
  };
  if (typeof navigator !== 'undefined' && navigator.clipboard === undefined) return null;
  return (
    <Button size="small" onClick={() => void copy()}>
      <span role="status">{t(copied ? 'web.copied' : 'web.copy')}</span>
    </Button>
  );
}
