import { useTexts } from '../../../platform/web/i18n.tsx';
import { TimeLeft } from '../../../platform/web/office/clocks.tsx';
import { type JointRow, officeName } from './queries.ts';

/** One called organisation in a line: how far it is and what runs. */
export function MemberChip({ member }: { readonly member: JointRow['members'][number] }) {
  const { t, locale } = useTexts();
  const { clock } = member;
  return (
    <li className={member.mine ? 'joint-member mine' : 'joint-member'}>
      <b>{officeName(locale, member.organisation)}</b>
      <span>{t(`joint.ui.member.${member.state}`)}</span>
      {clock && (
        <span className="joint-clock">
          {t(`joint.ui.clock.${clock.name}`)} <TimeLeft start={clock.startedAt} due={clock.dueAt} />
        </span>
      )}
    </li>
  );
}
