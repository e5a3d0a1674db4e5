import { useQuery } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { signOut } from '../../../platform/auth/contract.ts';
import { askProof, prove } from '../../../platform/auth/safety-contract.ts';
import { call } from '../../../platform/web/client.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { signedIn } from '../../../platform/web/office/me.ts';
import { EntryPage } from '../entry/entry-page.tsx';
import { useFreshStart } from '../session.ts';
import { AppSetup, PasskeySetup, RecoveryCodes } from './add-factor.tsx';
import { canUsePasskeys } from './passkeys.ts';
import { ownSafety } from './queries.ts';
import { SecondProofForm } from './second-proof.tsx';

/** Where somebody is led whose post needs a second factor that he has not given yet: to set one up, or to give it. */
export function ProtectPage() {
  const { t } = useTexts();
  const search: { from?: string } = useSearch({ strict: false });
  const router = useRouter();
  const freshStart = useFreshStart();
  const me = useQuery(signedIn);
  const safety = useQuery(ownSafety);
  const goOn = () => {
    freshStart();
    void router.navigate({ href: search.from ?? '/', replace: true });
  };
  const leave = async () => {
    await call(signOut);
    freshStart();
    await router.navigate({ to: '/sign-in' });
  };
  const { totpSince = null, passkeys = [] } = safety.data ?? {};
  const has = totpSince !== null || passkeys.length > 0;
  return (
    <EntryPage title={t(has ? 'office.second.title' : 'office.protect.title')}>
      <ErrorNotice error={me.error ?? safety.error} />
      {safety.data && has && (
        <>
          <p>{t('office.protect.have')}</p>
          <SecondProofForm
            kinds={{ totp: totpSince !== null, passkey: passkeys.length > 0 }}
            submit={t('office.second.submit')}
            passkeyOptions={async () => (await call(askProof)).passkey ?? {}}
            onProof={async (proof) => {
              await call(prove, { body: proof });
              goOn();
            }}
          />
        </>
      )}
      {safety.data && !has && (
        <>
          <p>{t('office.protect.about', { name: me.data?.user.name ?? '' })}</p>
          <Choose onDone={goOn} />
        </>
      )}
      <p className="aside">
        <Button type="link" onClick={() => void leave()}>
          {t('office.protect.sign_out')}
        </Button>
      </p>
    </EntryPage>
  );
}

function Choose({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTexts();
  const [adding, setAdding] = useState<'app' | 'passkey' | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const added = (made: readonly string[] | null) => {
    setAdding(null);
    if (made) setCodes(made);
    else onDone();
  };
  return (
    <div className="choose-factor">
      <p className="soft">{t('office.protect.either')}</p>
      <Button type="primary" size="large" block onClick={() => setAdding('app')}>
        {t('office.safety.app_add')}
      </Button>
      <p className="soft">{t('office.safety.app_about')}</p>
      {canUsePasskeys() && (
        <>
          <Button size="large" block onClick={() => setAdding('passkey')}>
            {t('office.safety.passkey_add')}
          </Button>
          <p className="soft">{t('office.safety.passkeys_about')}</p>
        </>
      )}
      {adding === 'app' && <AppSetup onAdded={added} onClose={() => setAdding(null)} />}
      {adding === 'passkey' && <PasskeySetup onAdded={added} onClose={() => setAdding(null)} />}
      {codes && <RecoveryCodes codes={codes} onClose={onDone} />}
    </div>
  );
}
