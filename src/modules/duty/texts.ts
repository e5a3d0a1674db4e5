import { defineTexts } from '../../platform/i18n/texts.ts';

/** What the server says of duty: refusals, and the text of a handover. Screens have theirs in ui/texts.ts. */
export const dutyTexts = defineTexts({
  'zh-CN': {
    'refusal.duty.not_found': '没有找到这次派遣，或您无权查看。请从值班页面重新打开。',
    'refusal.duty.team_unknown': '没有找到这支值班队伍，或不归您管。请重新选择。',
    'refusal.duty.shift_unknown': '没有找到这个班次，或不归您管。请刷新排班表。',
    'refusal.duty.stale_version': '刚才有人先操作了。页面已更新，请核对后再提交；已填的内容还在。',
    'refusal.duty.wrong_state': '派遣现在的进度不能这样做。请刷新页面看最新情况。',
    'refusal.duty.not_your_part': '这一步不由您办理：只有当班的人或指挥中心可以。',
    'refusal.duty.out_of_scope': '这个地方不在您的岗位范围内。请由当地的指挥中心办理。',
    'refusal.duty.kind_unknown': '没有这种值班队伍。请从列表中选择。',
    'refusal.duty.area_unknown': '值班队伍要设在县或乡镇街道。请重新选择。',
    'refusal.duty.post_unknown': '没有找到这个岗位，或已经到期。请重新选择。',
    'refusal.duty.not_a_member': '排班的人要先加入队伍。请先在成员里添加。',
    'refusal.duty.shift_order': '结束要晚于开始，一班最长 {hours} 小时。请改一改。',
    'refusal.duty.shift_overlap': '与已有班次（{from} 至 {to}）重叠。请改时间，或先取消那一班。',
    'refusal.duty.person_busy': '这一班里有人同一时间已在别处值班（{from} 至 {to}）。请换人或改时间。',
    'refusal.duty.shift_begun': '已经开始的班次不能取消。需要换人的，请从现在起另排一班。',
    'refusal.duty.shifts_to_come': '还有没值完的班次。请先取消或改排那些班次。',
    'refusal.duty.nothing_to_copy': '那一周没有可复制的班次，或两周相同。请重新选择。',
    'refusal.duty.nobody_on_duty': '这支队伍现在没有人值班。请换一支队伍，或先排班。',
    'refusal.duty.already_sent': '这件事已经派给值班人员。请打开那次派遣。',
    'refusal.duty.case_over': '这件事已报办结或不再办理，不用再派值班。',
    'refusal.duty.too_far': '您离现场约 {metres} 米，超过 {limit} 米，没有记为到场。请到现场后再点。',
    'refusal.duty.not_late': '没有超时，不用记录。',
    'refusal.duty.identity_in_text':
      '移交只写地点和事情，不能有电话号码或身份证号码。请删去后再提交；需要身份信息的，由公安依法调取。',
    'duty.police.to_110':
      '移交 110\n移交编号：{reference}\n110 编号：{theirs}\n时间：{at}\n地点：{place}\n坐标：{point}\n事情：{matter}',
    'duty.police.from_110':
      '接收 110 移交\n移交编号：{reference}\n110 编号：{theirs}\n时间：{at}\n地点：{place}\n坐标：{point}\n事情：{matter}',
  },
  en: {
    'refusal.duty.not_found': 'There is no such call, or you may not see it. Please open it from the duty page.',
    'refusal.duty.team_unknown': 'There is no such team, or it is not yours to manage. Please choose again.',
    'refusal.duty.shift_unknown': 'There is no such shift, or it is not yours to manage. Please reload the roster.',
    'refusal.duty.stale_version':
      'Somebody else was first. The page is up to date now: please look again and send; what you typed is still there.',
    'refusal.duty.wrong_state': 'This cannot be done at this point. Please reload to see how it stands.',
    'refusal.duty.not_your_part': 'This step is for whoever is on duty, or for the centre.',
    'refusal.duty.out_of_scope': 'This place is outside your post. Please leave it to the centre there.',
    'refusal.duty.kind_unknown': 'There is no such kind of team. Please choose from the list.',
    'refusal.duty.area_unknown': 'A team belongs to a county or a town. Please choose again.',
    'refusal.duty.post_unknown': 'There is no such post, or it has ended. Please choose again.',
    'refusal.duty.not_a_member': 'Only members of the team can be put on duty. Please add them first.',
    'refusal.duty.shift_order': 'A shift ends after it begins and lasts at most {hours} hours. Please change it.',
    'refusal.duty.shift_overlap':
      'It overlaps the shift from {from} to {to}. Change the time, or remove that shift first.',
    'refusal.duty.person_busy':
      'Somebody in it is on duty elsewhere from {from} to {to}. Choose another person or time.',
    'refusal.duty.shift_begun': 'A shift that has begun cannot be removed. To change people, add a shift from now on.',
    'refusal.duty.shifts_to_come': 'There are shifts still to come. Please remove or change those first.',
    'refusal.duty.nothing_to_copy': 'That week has no shifts to copy, or both weeks are the same. Please choose again.',
    'refusal.duty.nobody_on_duty': 'Nobody of this team is on duty now. Choose another team, or make a shift first.',
    'refusal.duty.already_sent': 'This case was sent to who is on duty already. Please open that call.',
    'refusal.duty.case_over': 'This case was reported done or is over, so nobody needs to be sent.',
    'refusal.duty.too_far':
      'You are about {metres} m away, more than {limit} m, so this was not recorded. Try again at the place.',
    'refusal.duty.not_late': 'Nothing is late, so there is nothing to record.',
    'refusal.duty.identity_in_text':
      'A handover holds place and matter alone, no telephone or identity number. Please remove it; the police ask for identities by lawful request.',
    'duty.police.to_110':
      'Handed over to 110\nOur number: {reference}\nNumber at 110: {theirs}\nTime: {at}\nPlace: {place}\nPosition: {point}\nMatter: {matter}',
    'duty.police.from_110':
      'Taken over from 110\nOur number: {reference}\nNumber at 110: {theirs}\nTime: {at}\nPlace: {place}\nPosition: {point}\nMatter: {matter}',
  },
});
