import { Button } from 'antd';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { ClockTrack, TimeLeft } from '../../../platform/web/office/clocks.tsx';
import { useNow } from '../../../platform/web/clock.ts';
import { whenText } from '../../../platform/web/time.ts';
import { type JointView, type Member, officeName } from './queries.ts';

type Action = JointView['actions'][number];
type Props = {
  readonly view: JointView;
  readonly member: Member;
  readonly onAct: (action: Action) => void;
};

/** In the order in which they are wanted most. The arrival has its own large button. */
const ORDER = [
  'answer',
  'finish_part',
  'rule',
  'decide_leave',
  'rate_member',
  'rate_whistle',
  'confirm_arrival',
  'name_lead',
  'refuse',
  'ask_leave',
  'assign',
  'release',
];

/** One called organisation: its task, its clock, what it has done and what is to be done about it. */
export function MemberPart({ view, member, onAct }: Props) {
  const { t, locale } = useTexts();
  const now = useNow();
  const { clock } = member;
  const own = view.actions
    .filter((one) => one.organisationId === member.organisation.id && one.allowed && ORDER.includes(one.action))
    .toSorted((one, other) => ORDER.indexOf(one.action) - ORDER.indexOf(other.action));
  return (
    <li className={member.mine ? 'joint-part mine' : 'joint-part'}>
      <p className="joint-line">
        <b>{officeName(locale, member.organisation)}</b>
        {member.isLead && <span className="chip">{t('joint.ui.lead_mark')}</span>}
        {member.mine && <span className="chip">{t('joint.ui.mine_mark')}</span>}
        <span className={`joint-state ${member.state}`}>{t(`joint.ui.member.${member.state}`)}</span>
      </p>
      <p>{member.task}</p>
      {clock && (
        <p className="joint-clock">
          {t(`joint.ui.clock.${clock.name}`)} <TimeLeft start={clock.startedAt} due={clock.dueAt} />
          <ClockTrack start={clock.startedAt} due={clock.dueAt} />
        </p>
      )}
      {member.arrivedAt && (
        <p className="soft">
          {member.arrivalMetres === null
            ? t('joint.ui.arrived_vouched', { at: whenText(t, locale, member.arrivedAt, now) })
            : t('joint.ui.arrived_at', {
                at: whenText(t, locale, member.arrivedAt, now),
                metres: member.arrivalMetres,
              })}
        </p>
      )}
      {member.ruling === 'must_come' && <p className="soft">{t('joint.ui.must_come')}</p>}
      {member.late.length > 0 && (
        <p className="joint-late">
          {t('joint.ui.late', { what: member.late.map((one) => t(`joint.ui.clock.${one}`)).join('、') })}
        </p>
      )}
      {member.rating && (
        <p className="soft">
          {t('joint.ui.rated', {
            timeliness: t(`joint.ui.mark.${member.rating.timeliness}`),
            result: t(`joint.ui.mark.${member.rating.result}`),
          })}
        </p>
      )}
      {member.whistleRating && (
        <p className="soft">
          {t('joint.ui.whistle_rated', {
            justified: t(`joint.ui.justified.${member.whistleRating.justified}`),
            needed: t(`joint.ui.needed.${member.whistleRating.needed}`),
          })}
        </p>
      )}
      {own.length > 0 && (
        <div className="joint-actions">
          {own.map((one, index) => (
            <Button
              key={one.action}
              type={index === 0 && member.mine ? 'primary' : 'default'}
              onClick={() => onAct(one)}
            >
              {t(`joint.ui.action.${one.action}`)}
              <span className="sr-only"> {officeName(locale, member.organisation)}</span>
            </Button>
          ))}
        </div>
      )}
    </li>
  );
}
