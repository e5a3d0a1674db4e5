import { fileTypeFromBuffer } from 'file-type';
import { type Result, refuse } from '../../kit/result.ts';
import type { ImageType } from './images.ts';

/** What may be uploaded, with the endings such files have and the short name people know them by. */
export const FILE_TYPES = {
  'image/jpeg': { endings: ['jpg', 'jpeg'], label: 'JPEG' },
  'image/png': { endings: ['png'], label: 'PNG' },
  'image/webp': { endings: ['webp'], label: 'WebP' },
  'application/pdf': { endings: ['pdf'], label: 'PDF' },
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': { endings: ['docx'], label: 'Word' },
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': { endings: ['xlsx'], label: 'Excel' },
} as const;
export type FileType = keyof typeof FILE_TYPES;

export function isImageType(type: FileType): type is ImageType {
  return type.startsWith('image/');
}

/** Office documents are ZIP archives. */
export function isArchiveType(type: FileType): boolean {
  return type.startsWith('application/vnd.openxmlformats-');
}

/**
 * The type by the content alone. Refuses `files.type_unsupported` for what is not on the list, `files.type_mismatch`
 * when the ending or the declared type says something else.
 */
export async function typeOf(
  bytes: Uint8Array,
  claimed: { readonly name: string | null; readonly type: string | null },
): Promise<Result<FileType>> {
  const found = await fileTypeFromBuffer(bytes);
  const ending = /\.([a-z0-9]{1,8})$/i.exec(claimed.name ?? '')?.[1]?.toLowerCase() ?? null;
  if (!found || !isListed(found.mime)) {
    return refuse('files.type_unsupported', { found: (found?.ext ?? ending ?? '?').toUpperCase() });
  }
  const { endings, label } = FILE_TYPES[found.mime];
  const known: readonly string[] = endings;
  if (ending !== null && !known.includes(ending)) {
    return refuse('files.type_mismatch', { claimed: ending.toUpperCase(), found: label });
  }
  const declared = claimed.type?.split(';')[0]?.trim().toLowerCase() ?? '';
  // A browser that does not know the ending says octet-stream; that is no claim.
  if (declared !== '' && declared !== 'application/octet-stream' && declared !== found.mime) {
    return refuse('files.type_mismatch', { claimed: declared, found: label });
  }
  return found.mime;
}

function isListed(mime: string): mime is FileType {
  return Object.hasOwn(FILE_TYPES, mime);
}
