import { defineTexts } from '../../platform/i18n/texts.ts';

/** What the server says: refusals. Screens have theirs in ui/. */
export const exclusionsTexts = defineTexts({
  'zh-CN': {
    'refusal.exclusions.not_found': '没有找到这条剔除申请，或者不归您决定。请回到列表。',
    'refusal.exclusions.stale': '这条申请刚被别人处理过。请刷新再看。',
    'refusal.exclusions.already_decided': '这条申请已有决定，不用再办。',
    'refusal.exclusions.not_in_force': '这条剔除现在没有生效，无从撤销。',
    'refusal.exclusions.second_person_needed': '自己提出的申请要由另一个人决定。请交给别的单位的同事。',
    'refusal.exclusions.decider_not_independent': '决定要由与此事无关的单位作出。请交给别的单位。',
    'refusal.exclusions.public_words_personal': '公开说明里像有电话或证件号码。请去掉再提交。',
    'refusal.exclusions.not_your_office': '只能为自己的单位申请，或由管辖这里的督办岗位申请。',
    'refusal.exclusions.not_involved': '这个单位没有主办或协办这件事项，没有可剔除的。',
    'refusal.exclusions.ground_unknown': '没有这个剔除理由，或者它已停用。请重新选择。',
    'refusal.exclusions.already_asked': '这件事项已有申请或已经剔除。请看已有的那一条。',
    'refusal.exclusions.ground_in_past': '理由只能从今天或以后生效。请改日期。',
    'refusal.exclusions.ground_days': '停用日期不能早于生效日期。请改日期。',
  },
  en: {
    'refusal.exclusions.not_found': 'There is no such exclusion, or it is not yours to decide. Go back to the list.',
    'refusal.exclusions.stale': 'Somebody has just dealt with this. Reload and look again.',
    'refusal.exclusions.already_decided': 'This has been decided; nothing more is needed.',
    'refusal.exclusions.not_in_force': 'This exclusion is not in force, so there is nothing to take back.',
    'refusal.exclusions.second_person_needed':
      'A second person decides on what you asked for. Pass it to another office.',
    'refusal.exclusions.decider_not_independent':
      'An office that has no part in it must decide. Pass it to another office.',
    'refusal.exclusions.public_words_personal':
      'The public words seem to hold a telephone or identity number. Take it out, then send again.',
    'refusal.exclusions.not_your_office': 'Ask for your own office, or leave it to a supervisor of the area.',
    'refusal.exclusions.not_involved': 'This office neither leads nor assists, so it has nothing to leave out.',
    'refusal.exclusions.ground_unknown': 'There is no such ground, or it has ended. Choose another.',
    'refusal.exclusions.already_asked': 'This has been asked or granted already. Look at the entry that is there.',
    'refusal.exclusions.ground_in_past': 'A ground can begin today or later. Change the day.',
    'refusal.exclusions.ground_days': 'A ground cannot end before it begins. Change the days.',
  },
});
