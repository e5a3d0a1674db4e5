import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert, App, Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { removePasskey, removeTotp, renewRecoveryCodes } from '../../../platform/auth/safety-contract.ts';
import { call } from '../../../platform/web/client.ts';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { ConfirmDialog } from '../../../platform/web/office/dialogs.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { Moment } from '../../../platform/web/office/moment.tsx';
import { PageSkeleton } from '../../../platform/web/office/states.tsx';
import { useTitle } from '../../../platform/web/office/title.ts';
import { exactTime } from '../../../platform/web/time.ts';
import { openSettings } from '../session.ts';
import { AppSetup, PasskeySetup, RecoveryCodes } from './add-factor.tsx';
import { canUsePasskeys } from './passkeys.ts';
import { ownSafety, useRenewSafety } from './queries.ts';
import { SessionList } from './session-list.tsx';

type Adding = 'app' | 'passkey' | null;
type Removing = { readonly name: string; readonly remove: () => Promise<unknown> } | null;

/** Everything about the own sign-in: password, second factors, and where one is signed in. */
export function SafetyPage() {
  const { t } = useTexts();
  useTitle(t('office.safety.title'));
  const safety = useQuery(ownSafety);
  const demo = useQuery(openSettings).data?.demo === true;
  if (safety.isPending) return <PageSkeleton />;
  return (
    <div className="page safety-page">
      <h1>{t('office.safety.title')}</h1>
      <ErrorNotice error={safety.error} onRetry={() => void safety.refetch()} />
      {safety.data && (
        <>
          {demo && safety.data.secondFactor === 'optional' && (
            <Alert type="info" showIcon title={t('office.safety.demo')} />
          )}
          <p>
            {t('office.safety.about')} {t(safety.data.needed ? 'office.safety.needed' : 'office.safety.optional')}
          </p>
          <Factors safety={safety.data} />
        </>
      )}
      <SessionList />
    </div>
  );
}

type Safety = NonNullable<ReturnType<typeof useSafety>>;
function useSafety() {
  return useQuery(ownSafety).data;
}

function Factors({ safety }: { readonly safety: Safety }) {
  const { t } = useTexts();
  const { message } = App.useApp();
  const renew = useRenewSafety();
  const [adding, setAdding] = useState<Adding>(null);
  const [removing, setRemoving] = useState<Removing>(null);
  const [renewing, setRenewing] = useState(false);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const added = (made: readonly string[] | null) => {
    setAdding(null);
    setCodes(made);
    void message.success(t('office.safety.saved'));
    void renew();
  };
  const hasFactor = safety.totpSince !== null || safety.passkeys.length > 0;
  return (
    <>
      <Row title={t('office.safety.password')} action={<Link to="/password">{t('office.person.password')}</Link>}>
        {t(safety.hasPassword ? 'office.safety.password_set' : 'office.safety.password_none')}
      </Row>
      <Row
        title={t('office.safety.app')}
        about={t('office.safety.app_about')}
        action={
          <>
            <Button onClick={() => setAdding('app')}>
              {t(safety.totpSince ? 'office.safety.app_change' : 'office.safety.app_add')}
            </Button>
            {safety.totpSince && (
              <Button onClick={() => setRemoving({ name: t('office.safety.app'), remove: () => call(removeTotp) })}>
                {t('office.safety.remove')}
              </Button>
            )}
          </>
        }
      >
        {safety.totpSince && t('office.safety.app_since', { day: exactTime(safety.totpSince).slice(0, 10) })}
      </Row>
      <Row
        title={t('office.safety.passkeys')}
        about={t(canUsePasskeys() ? 'office.safety.passkeys_about' : 'office.safety.passkey_none')}
        action={
          canUsePasskeys() && <Button onClick={() => setAdding('passkey')}>{t('office.safety.passkey_add')}</Button>
        }
      >
        {safety.passkeys.length > 0 && (
          <Passkeys
            safety={safety}
            onRemove={({ id, name }) => setRemoving({ name, remove: () => call(removePasskey, { params: { id } }) })}
          />
        )}
      </Row>
      <Row
        title={t('office.safety.codes')}
        action={hasFactor && <Button onClick={() => setRenewing(true)}>{t('office.safety.codes_renew')}</Button>}
      >
        {t(hasFactor ? 'office.safety.codes_left' : 'office.safety.codes_none', { n: safety.recoveryCodesLeft })}
      </Row>
      {adding === 'app' && <AppSetup onAdded={added} onClose={() => setAdding(null)} />}
      {adding === 'passkey' && <PasskeySetup onAdded={added} onClose={() => setAdding(null)} />}
      {codes && <RecoveryCodes codes={codes} onClose={() => setCodes(null)} />}
      <ConfirmDialog
        open={removing !== null}
        danger
        title={t('office.safety.remove_title', { name: removing?.name ?? '' })}
        confirm={t('office.safety.remove')}
        onConfirm={async () => {
          await removing?.remove();
          await renew();
        }}
        onClose={() => setRemoving(null)}
      >
        <p>{t('office.safety.remove_about')}</p>
      </ConfirmDialog>
      <ConfirmDialog
        open={renewing}
        title={t('office.safety.codes_renew')}
        confirm={t('office.safety.codes_renew')}
        onConfirm={async () => {
          setCodes((await call(renewRecoveryCodes)).recoveryCodes);
          await renew();
        }}
        onClose={() => setRenewing(false)}
      >
        <p>{t('office.safety.codes_renew_about')}</p>
      </ConfirmDialog>
    </>
  );
}

type PasskeysProps = {
  readonly safety: Safety;
  readonly onRemove: (passkey: { readonly id: string; readonly name: string }) => void;
};

function Passkeys({ safety, onRemove }: PasskeysProps) {
  const { t } = useTexts();
  return (
    <ul className="passkeys">
      {safety.passkeys.map((passkey) => (
        <li key={passkey.id}>
          <span>
            <b>{passkey.name}</b>{' '}
            <small className="soft">
              {passkey.usedAt ? (
                <>
                  {t('office.safety.passkey_used', { time: '' })} <Moment at={passkey.usedAt} />
                </>
              ) : (
                t('office.safety.passkey_unused')
              )}
            </small>
          </span>
          <Button
            aria-label={t('office.safety.remove_title', { name: passkey.name })}
            onClick={() => onRemove(passkey)}
          >
            {t('office.safety.remove')}
          </Button>
        </li>
      ))}
    </ul>
  );
}

type RowProps = {
  readonly title: string;
  readonly about?: string;
  readonly action?: ReactNode;
  readonly children?: ReactNode;
};

function Row({ title, about, action, children }: RowProps) {
  return (
    <section className="safety-row">
      <div>
        <h2>{title}</h2>
        {about && <p className="soft">{about}</p>}
        {children && <div>{children}</div>}
      </div>
      {action && <div className="row-actions">{action}</div>}
    </section>
  );
}
