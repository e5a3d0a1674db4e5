import { Button, Progress } from 'antd';
import { useEffect, useId, useRef, useState } from 'react';
import { useTexts } from '../i18n.tsx';
import { randomKey } from '../keys.ts';
import { sizeText } from '../time.ts';
import { problemText } from './error-notice.tsx';

/** A file that the server has: its id, and an address of a small picture of it. */
export type UploadedFile = { readonly id: string; readonly name: string; readonly thumbnailUrl: string | null };

export type SendFile = (
  file: File,
  options: { idempotencyKey: string; signal: AbortSignal; onProgress: (part: number) => void },
) => Promise<{ readonly id: string; readonly thumbnailUrl: string | null }>;

type Running = {
  readonly key: string;
  readonly file: File;
  readonly preview: string;
  readonly part: number;
  readonly error: unknown;
};

type Props = {
  readonly label: string;
  readonly value: readonly UploadedFile[];
  readonly onChange: (change: (last: readonly UploadedFile[]) => readonly UploadedFile[]) => void;
  readonly send: SendFile;
  readonly most?: number;
  readonly mostBytes?: number;
  /** Opens the camera on phones. */
  readonly camera?: boolean;
  /** Takes PDF, Word and Excel beside photos. */
  readonly documents?: boolean;
  /** Told while uploads run, so that a form can wait for them. */
  readonly onBusy?: (busy: boolean) => void;
};

/** Without HEIC in this list, an iPhone sends its photos as JPEG. */
const KINDS = 'image/jpeg,image/png,image/webp';
const DOCUMENTS = '.pdf,.docx,.xlsx';

/** Some systems name no type for a document, so its ending counts, too; the server looks into the file. */
function isDocument(file: File): boolean {
  return DOCUMENTS.split(',').some((ending) => file.name.toLowerCase().endsWith(ending));
}

/** Photos of a form: each is sent at once with visible progress; one that failed can be tried again or taken away. */
export function PhotoField(props: Props) {
  const { label, value, most = 10, camera = false, documents = false } = props;
  const { t } = useTexts();
  const { running, complaint, add, retry, drop } = useUploads(props);
  const input = useRef<HTMLInputElement>(null);
  const labelId = useId();
  const room = most - value.length - running.length;
  return (
    <fieldset className="photo-field" aria-labelledby={labelId}>
      <legend id={labelId}>
        {label} <small>{t('web.photo.count', { n: value.length, most })}</small>
      </legend>
      <div className="photos">
        {value.map((file) => (
          <figure key={file.id} className="photo">
            {file.thumbnailUrl === null ? (
              <span className="paper">{file.name}</span>
            ) : (
              <img src={file.thumbnailUrl} alt={file.name} />
            )}
            <Button
              size="small"
              aria-label={t('web.photo.remove', { name: file.name })}
              onClick={() => props.onChange((last) => last.filter((one) => one.id !== file.id))}
            >
              ×
            </Button>
          </figure>
        ))}
        {running.map((one) => (
          <RunningPhoto key={one.key} one={one} onRetry={() => retry(one)} onDrop={() => drop(one)} />
        ))}
        {room > 0 && (
          <button type="button" className="photo add" onClick={() => input.current?.click()}>
            <span aria-hidden="true">＋</span>
            {t(addText(camera, documents))}
          </button>
        )}
      </div>
      <input
        ref={input}
        type="file"
        accept={documents ? `${KINDS},${DOCUMENTS}` : KINDS}
        multiple={most > 1}
        {...(camera ? { capture: 'environment' as const } : {})}
        className="sr-only"
        tabIndex={-1}
        aria-label={label}
        onChange={(event) => {
          add([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
      <p className="photo-complaint" role="alert">
        {complaint}
      </p>
    </fieldset>
  );
}

function addText(camera: boolean, documents: boolean): string {
  if (documents) return 'web.photo.add_file';
  return camera ? 'web.photo.take' : 'web.photo.add';
}

type RunningProps = { one: Running; onRetry: () => void; onDrop: () => void };

function RunningPhoto({ one, onRetry, onDrop }: RunningProps) {
  const texts = useTexts();
  const { t } = texts;
  const name = one.file.name;
  const failed = one.error !== null;
  return (
    <figure className={failed ? 'photo failed' : 'photo running'}>
      {isDocument(one.file) ? <span className="paper">{name}</span> : <img src={one.preview} alt={name} />}
      {failed ? (
        <figcaption>
          <span role="alert">
            {t('web.photo.failed', { name })}
            <small> {problemText(texts, one.error)}</small>
          </span>
          <Button size="small" onClick={onRetry} aria-label={t('web.photo.retry', { name })}>
            {t('web.retry')}
          </Button>
        </figcaption>
      ) : (
        <Progress
          percent={Math.round(one.part * 100)}
          showInfo={false}
          size="small"
          aria-label={t('web.photo.uploading', { name, percent: `${Math.round(one.part * 100)}%` })}
        />
      )}
      <Button size="small" aria-label={t('web.photo.remove', { name })} onClick={onDrop}>
        ×
      </Button>
    </figure>
  );
}

function useUploads(props: Props) {
  const { value, onChange, send, most = 10, mostBytes = 20_000_000, documents = false, onBusy } = props;
  const { t, locale } = useTexts();
  const [running, setRunning] = useState<readonly Running[]>([]);
  const [complaint, setComplaint] = useState('');
  const aborts = useRef(new Map<string, AbortController>());
  const busy = running.some((one) => one.error === null);

  useEffect(() => onBusy?.(busy), [busy, onBusy]);
  useEffect(() => {
    const open = aborts.current;
    return () => {
      for (const abort of open.values()) abort.abort();
    };
  }, []);

  const change = (key: string, next: Partial<Running>) =>
    setRunning((all) => all.map((one) => (one.key === key ? { ...one, ...next } : one)));
  const drop = (one: Running) => {
    aborts.current.get(one.key)?.abort();
    URL.revokeObjectURL(one.preview);
    setRunning((all) => all.filter((other) => other.key !== one.key));
  };
  const start = async (one: Running) => {
    const abort = new AbortController();
    aborts.current.set(one.key, abort);
    try {
      const sent = await send(one.file, {
        idempotencyKey: one.key,
        signal: abort.signal,
        onProgress: (part) => change(one.key, { part }),
      });
      onChange((last) => [...last, { ...sent, name: one.file.name }]);
      drop(one);
    } catch (error) {
      if (!abort.signal.aborted) change(one.key, { error });
    }
  };
  const add = (files: readonly File[]) => {
    const room = most - value.length - running.length;
    const tooLarge = files.find((file) => file.size > mostBytes);
    const fits = (file: File) => (isDocument(file) ? documents : file.type === '' || file.type.startsWith('image/'));
    const wrong = files.find((file) => !fits(file));
    if (tooLarge) {
      const sizes = { size: sizeText(locale, tooLarge.size), limit: sizeText(locale, mostBytes) };
      setComplaint(t('web.photo.too_large', sizes));
    } else if (wrong)
      setComplaint(t(documents ? 'web.photo.wrong_file' : 'web.photo.wrong_kind', { name: wrong.name }));
    else setComplaint(files.length > room ? t('web.photo.too_many', { n: most }) : '');
    const fresh = files
      .filter((file) => file !== wrong && file.size <= mostBytes)
      .slice(0, room)
      .map((file) => ({ key: randomKey(), file, preview: URL.createObjectURL(file), part: 0, error: null }));
    setRunning((all) => [...all, ...fresh]);
    for (const one of fresh) void start(one);
  };
  const retry = (one: Running) => {
    change(one.key, { error: null, part: 0 });
    void start(one);
  };
  return { running, complaint, add, retry, drop };
}
