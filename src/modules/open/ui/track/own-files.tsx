import { useTexts } from '../../../../platform/web/i18n.tsx';
import { sizeText } from '../../../../platform/web/time.ts';
import type { CaseImage, CasePaper } from '../../contract.ts';

type Props = { readonly images: readonly CaseImage[]; readonly papers?: readonly CasePaper[] };

/** Photos and papers that only the requester may see; their addresses are good for two hours. */
export function OwnFiles({ images, papers = [] }: Props) {
  const { t, locale } = useTexts();
  return (
    <>
      {images.length > 0 && (
        <ul className="photos">
          {images.map((image, index) => (
            <li key={image.id}>
              <a className="photo" href={image.url} target="_blank" rel="noreferrer">
                <img src={image.thumbnailUrl} alt={t('open.photo_alt', { n: index + 1 })} loading="lazy" />
                <span className="sr-only">{t('open.photo_open', { n: index + 1 })}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
      {papers.length > 0 && (
        <ul className="papers">
          {papers.map((paper, index) => (
            <li key={paper.id}>
              <a href={paper.url} target="_blank" rel="noreferrer">
                {t('open.case.paper', { n: index + 1, size: sizeText(locale, paper.size) })}
              </a>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
