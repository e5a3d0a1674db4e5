export const Planted = () => (
  <p title="An attribute that is read out">
    Words in a component
    {'字'}
    {t('no.key')}
    {t(`no.${kind}`)}
    {say(texts, locale, 'no.key')}
    {refuse('no.key')}
  </p>
);
