import { useNavigate } from '@tanstack/react-router';
import { Button, Popover, Segmented, Switch } from 'antd';
import { useState } from 'react';
import { signOut } from '../../../platform/auth/contract.ts';
import { call } from '../../../platform/web/client.ts';
import { useLocale, useTexts } from '../../../platform/web/i18n.tsx';
import type { Locale } from '../../../platform/i18n/texts.ts';
import { type Theme, useLargePrint, useTheme } from '../../../platform/web/print.ts';
import { type Session, useFreshStart, useSession } from '../session.ts';
import { PersonIcon } from './icons.tsx';

/** Who is signed in, with posts; language, print, colours, password, sign out. */
export function PersonMenu({ narrow }: { narrow: boolean }) {
  const { t, locale } = useTexts();
  const session = useSession();
  const [open, setOpen] = useState(false);
  const first = session?.posts[0];
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      content={session && <Menu session={session} onDone={() => setOpen(false)} />}
    >
      <button type="button" className="person" aria-haspopup="dialog" aria-expanded={open}>
        <PersonIcon />
        {narrow ? (
          <span className="sr-only">{session?.user.name}</span>
        ) : (
          <span>
            {session?.user.name}
            {first && (
              <small>
                {organisationName(locale, first)} · {postName(locale, first)}
              </small>
            )}
          </span>
        )}
        <span className="sr-only">{t('office.person.menu')}</span>
      </button>
    </Popover>
  );
}

type MyPost = Session['posts'][number];

function postName(locale: Locale, post: MyPost): string {
  return locale === 'en' ? post.titleEn : post.titleZh;
}

function organisationName(locale: Locale, { organisation }: MyPost): string {
  return locale === 'en' ? organisation.nameEn : organisation.shortName;
}

const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

function Menu({ session, onDone }: { session: Session; onDone: () => void }) {
  const { t } = useTexts();
  const [locale, setLocale] = useLocale();
  const [large, setLarge] = useLargePrint();
  const [theme, setTheme] = useTheme();
  const navigate = useNavigate();
  const freshStart = useFreshStart();
  const leave = async () => {
    await call(signOut);
    freshStart();
    await navigate({ to: '/sign-in' });
  };
  return (
    <div className="person-menu">
      <p className="who">
        <b>{session.user.name}</b> <small>{session.user.username}</small>
      </p>
      <h2>{t('office.person.posts')}</h2>
      {session.posts.length === 0 && <p className="soft">{t('office.person.no_post')}</p>}
      <ul className="posts">
        {session.posts.map((post) => (
          <li key={post.id}>
            {organisationName(locale, post)} · {postName(locale, post)}
            <small>{post.scope.map((area) => area.name).join(' ')}</small>
          </li>
        ))}
      </ul>
      <div className="setting">
        <label htmlFor="large-print">{t('web.large_print')}</label>
        <Switch id="large-print" checked={large} onChange={setLarge} />
      </div>
      <div className="setting">
        <span id="theme-label">{t('office.person.theme')}</span>
        <Segmented
          size="small"
          aria-labelledby="theme-label"
          value={theme}
          onChange={setTheme}
          options={THEMES.map((value) => ({ value, label: t(`office.theme.${value}`) }))}
        />
      </div>
      <Button block onClick={() => setLocale(locale === 'en' ? 'zh-CN' : 'en')}>
        <span lang={locale === 'en' ? 'zh-CN' : 'en'}>{t('web.language.other')}</span>
      </Button>
      <Button
        block
        onClick={() => {
          onDone();
          void navigate({ to: '/safety' });
        }}
      >
        {t('office.person.safety')}
      </Button>
      <Button block onClick={() => void leave()}>
        {t('office.person.sign_out')}
      </Button>
    </div>
  );
}
