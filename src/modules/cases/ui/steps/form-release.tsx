import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { ErrorNotice } from '../../../../platform/web/office/error-notice.tsx';
import { randomKey } from '../../../../platform/web/keys.ts';
import type { UploadedFile } from '../../../../platform/web/office/photo-field.tsx';
import { fileAddress, sendFile, thumbnailAddress } from '../files.ts';
import { BlurTool } from './blur-tool.tsx';
import { useBusy } from './busy.ts';
import { Explain, TextField } from './fields.tsx';
import type { FieldsProps, StepForm } from './step-form.ts';

/**
 * Makes an edited text public. Photos are published only after somebody looked at each and blurred what identifies
 * people; the blurred picture is a file of its own, the original stays inside.
 */
function ReleaseFields({ view }: FieldsProps) {
  const { t } = useTexts();
  return (
    <>
      <Explain>{t('cases.ui.about.release')}</Explain>
      <Form.Item
        name="title"
        label={t('cases.ui.field.title')}
        rules={[
          { required: true, whitespace: true, message: t('cases.ui.fill', { field: t('cases.ui.field.title') }) },
        ]}
      >
        <Input maxLength={80} showCount />
      </Form.Item>
      <TextField
        name="text"
        label={t('cases.ui.field.public_text')}
        hint={t('cases.ui.hint.release_text')}
        max={2000}
        rows={5}
      />
      <Form.Item name="files" label={t('cases.ui.field.public_photos')} extra={t('cases.ui.hint.release_photos')}>
        <ReleasedPhotos view={view} />
      </Form.Item>
    </>
  );
}

type Made = UploadedFile & { readonly from: string };
type PhotosProps = FieldsProps & {
  readonly value?: readonly Made[];
  readonly onChange?: (files: readonly Made[]) => void;
};

function ReleasedPhotos({ view, value = [], onChange }: PhotosProps) {
  const { t } = useTexts();
  const tell = useBusy();
  const [editing, setEditing] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const later = view.timeline.flatMap((entry) => entry.files);
  const images = [...new Map([...view.files, ...later].map((file) => [file.id, file])).values()].filter(
    (file) => file.image,
  );
  const publish = async (from: string, photo: Blob) => {
    setEditing(null);
    setError(null);
    tell(true);
    try {
      const file = new File([photo], `${from}.jpg`, { type: 'image/jpeg' });
      const { signal } = new AbortController();
      const sent = await sendFile(file, { idempotencyKey: randomKey(), signal, onProgress: () => {} });
      onChange?.([...value.filter((one) => one.from !== from), { ...sent, name: file.name, from }]);
    } catch (caught) {
      setError(caught);
    } finally {
      tell(false);
    }
  };
  if (images.length === 0) return <p className="soft">{t('cases.ui.no_photos')}</p>;
  return (
    <>
      <ul className="release-photos">
        {images.map((image, index) => {
          const made = value.find((one) => one.from === image.id);
          return (
            <li key={image.id}>
              <img
                src={made?.thumbnailUrl ?? thumbnailAddress(image.id)}
                alt={t('cases.ui.photo_at', { n: index + 1, of: images.length })}
              />
              <span>{t(made ? 'cases.ui.photo_public' : 'cases.ui.photo_inside')}</span>
              <Button size="small" onClick={() => setEditing(image.id)}>
                {t('cases.ui.blur.open')}
              </Button>
              {made && (
                <Button size="small" onClick={() => onChange?.(value.filter((one) => one !== made))}>
                  {t('cases.ui.photo_keep_inside')}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      <ErrorNotice error={error} />
      {editing !== null && (
        <BlurTool
          source={fileAddress(editing)}
          onDone={(photo) => void publish(editing, photo)}
          onClose={() => setEditing(null)}
        />
      )}
    </>
  );
}

export const ReleaseForm: StepForm = {
  Fields: ReleaseFields,
  initial: (view) => ({ title: view.title, text: view.body }),
  wide: true,
};
