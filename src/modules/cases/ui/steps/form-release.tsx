import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { fileAddress, thumbnailAddress } from '../files.ts';
import type { Box } from './blur.ts';
import { BlurTool } from './blur-tool.tsx';
import { Explain, TextField } from './fields.tsx';
import type { FieldsProps, StepForm } from './step-form.ts';
import type { StepInput } from './take-step.ts';

/**
 * Makes an edited text public. A photo goes out only after somebody looked at it and covered what identifies people;
 * the server draws the public version, the original stays inside.
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
        <Input maxLength={80} />
      </Form.Item>
      <TextField
        name="text"
        label={t('cases.ui.field.public_text')}
        hint={t('cases.ui.hint.release_text')}
        max={2000}
        rows={5}
      />
      <TextField
        name="answer"
        label={t('cases.ui.field.public_answer')}
        hint={t('cases.ui.hint.release_answer')}
        max={2000}
        rows={3}
        required={false}
      />
      <Form.Item name="files" label={t('cases.ui.field.public_photos')} extra={t('cases.ui.hint.release_photos')}>
        <ReleasedPhotos view={view} />
      </Form.Item>
    </>
  );
}

/** A photo that somebody looked at and lets out, with what is covered in it. */
type Looked = { readonly fileId: string; readonly boxes: readonly Box[] };
type PhotosProps = FieldsProps & {
  readonly value?: readonly Looked[];
  readonly onChange?: (photos: readonly Looked[]) => void;
};

function ReleasedPhotos({ view, value = [], onChange }: PhotosProps) {
  const { t } = useTexts();
  const [editing, setEditing] = useState<string | null>(null);
  const images = view.files.filter((file) => file.image);
  if (images.length === 0) return <p className="soft">{t('cases.ui.no_photos')}</p>;
  const without = (fileId: string) => value.filter((one) => one.fileId !== fileId);
  return (
    <>
      <ul className="release-photos">
        {images.map((image, index) => {
          const looked = value.find((one) => one.fileId === image.id);
          return (
            <li key={image.id}>
              <img src={thumbnailAddress(image.id)} alt={t('cases.ui.photo_at', { n: index + 1, of: images.length })} />
              <span>
                {looked ? t('cases.ui.photo_public', { n: looked.boxes.length }) : t('cases.ui.photo_inside')}
              </span>
              <Button size="small" onClick={() => setEditing(image.id)}>
                {t('cases.ui.blur.open')}
              </Button>
              {looked && (
                <Button size="small" onClick={() => onChange?.(without(image.id))}>
                  {t('cases.ui.photo_keep_inside')}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      {editing !== null && (
        <BlurTool
          source={fileAddress(editing)}
          start={value.find((one) => one.fileId === editing)?.boxes ?? []}
          onDone={(boxes) => {
            onChange?.([...without(editing), { fileId: editing, boxes }]);
            setEditing(null);
          }}
          onClose={() => setEditing(null)}
        />
      )}
    </>
  );
}

function releaseBody(values: Readonly<Record<string, unknown>>) {
  const photos = (values['files'] ?? []) as readonly Looked[];
  return {
    title: String(values['title']),
    text: String(values['text']),
    answer: typeof values['answer'] === 'string' ? values['answer'] : null,
    files: photos.map((photo) => photo.fileId),
    covers: photos.flatMap(({ fileId, boxes }) => boxes.map((box) => ({ fileId, ...box }))),
  } satisfies StepInput<'release'>;
}

/** The last words to the requester, to begin with; they are edited before everybody reads them. */
function lastAnswerOf(view: FieldsProps['view']): string | undefined {
  const told = view.timeline.findLast((entry) => entry.tone === 'public' && entry.content !== null)?.content;
  return told?.['text'] ?? told?.['result'] ?? told?.['explanation'] ?? told?.['answer'];
}

export const ReleaseForm: StepForm = {
  Fields: ReleaseFields,
  body: releaseBody,
  initial: (view) => ({ title: view.title, text: view.body, answer: lastAnswerOf(view) }),
  wide: true,
};
