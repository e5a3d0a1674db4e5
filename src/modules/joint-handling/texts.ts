import { defineTexts } from '../../platform/i18n/texts.ts';

/** What the server says of joint handling: refusals, each with what to do next. Screens have theirs in ui/texts.ts. */
export const jointTexts = defineTexts({
  'zh-CN': {
    'refusal.joint_handling.not_found': '没有找到这次联合办理，或您无权查看。请从列表重新打开。',
    'refusal.joint_handling.stale_version': '刚才有人先操作了。页面已更新，请核对后再提交；已填的内容还在。',
    'refusal.joint_handling.wrong_state': '联合办理现在的状态不能这样做。请刷新页面看最新情况。',
    'refusal.joint_handling.not_your_part': '这一步不由您的岗位办理。请联系街镇指挥中心。',
    'refusal.joint_handling.member_unknown': '这次联合办理没有召集这个单位。请从召集的单位中选择。',
    'refusal.joint_handling.member_state': '这个单位现在的进度不能这样做。请刷新页面看最新情况。',
    'refusal.joint_handling.towns_only': '只有街道、乡镇可以吹哨，社区通过所在街镇提出。请联系事发地的街镇指挥中心。',
    'refusal.joint_handling.already_open': '这件事已有一次联合办理在进行。请打开它，需要时在里面增加单位。',
    'refusal.joint_handling.case_over': '这件事已报办结或不再办理，不能再吹哨。需要再办的，请先退回或重新打开。',
    'refusal.joint_handling.petition_route_only': '信访事项依法定途径办理，不能吹哨。请转交信访部门。',
    'refusal.joint_handling.nobody_called': '请至少召集一个单位。',
    'refusal.joint_handling.called_twice': '{name}已在召集名单里。请去掉重复的。',
    'refusal.joint_handling.whistle_to_itself': '不能向自己吹哨：{name}就是吹哨的街镇。请召集部门或派出机构。',
    'refusal.joint_handling.not_to_village': '部门的职责不能派给村、社区：{name}。请召集有职责的部门或站所。',
    'refusal.joint_handling.organisation_unknown': '没有找到要召集的单位。请重新选择。',
    'refusal.joint_handling.organisation_closed': '{name}已撤销或还没成立。请召集承接它职责的单位。',
    'refusal.joint_handling.lead_not_called': '牵头单位要在召集的单位里。请从名单中选一个牵头。',
    'refusal.joint_handling.lead_still_there': '牵头单位还在参加，不能换。等它离场、免到或撤销后再换。',
    'refusal.joint_handling.first_receiver_leads': '首接负责：这件事已由{name}主办，应由它牵头。请召集它并选它牵头。',
    'refusal.joint_handling.city_leads': '市、县部门职责交叉的，由市级部门牵头：请选{name}牵头。',
    'refusal.joint_handling.place_outside': '这个地点不在本辖区。请在地图上重新选择。',
    'refusal.joint_handling.arrival_in_past': '到场时间已经过了。请选一个将来的时间。',
    'refusal.joint_handling.arrival_too_late': '到场时间太晚，最多 {minutes} 分钟以内。请改早一些。',
    'refusal.joint_handling.case_needed': '因群众诉求吹哨，要从那件诉求里发起。请先打开或登记诉求。',
    'refusal.joint_handling.ruler_not_independent':
      '您的岗位属于吹哨的街镇或拒绝的单位，不能裁定。请由县级中心的其他人裁定。',
    'refusal.joint_handling.no_point': '这次没有标出地点，不能按位置打卡。请联系吹哨的街镇确认到场。',
    'refusal.joint_handling.too_far':
      '您离现场约 {metres} 米，超过 {limit} 米，没有记为到场。请到现场后再打卡；位置不准时，请街镇的人确认。',
    'refusal.joint_handling.not_absent_yet': '到场时限还没过，不能记为未到。请等时限过后再记。',
    'refusal.joint_handling.someone_arrived': '已有单位到场，不能取消。请由牵头单位在任务都了结后结束。',
    'refusal.joint_handling.parts_open':
      '联合办理还有 {count} 个单位的任务没了结：{names}。请等它们完成、离场或免到后再办。',
    'refusal.joint_handling.nobody_came': '没有单位到过现场，不能结束。请由吹哨的街镇取消。',
    'refusal.joint_handling.not_closed': '任务都了结了，但联合办理还没结束。请牵头单位先结束联合办理。',
    'refusal.joint_handling.already_rated': '已经评价过了，每次只评一回。',
    'refusal.joint_handling.reason_missing': '请写明理由：低评价、不同意都要说明原因。',
    'refusal.joint_handling.part_limit_wrong': '任务时限要在 10 分钟到 60 天之间，并且还没过。请改一改。',
    'refusal.joint_handling.not_late': '没有超时，不用记录。',
    'refusal.joint_handling.bad_month': '月份写成 2026-03 这样。',
  },
  en: {
    'refusal.joint_handling.not_found':
      'There is no such joint handling, or you may not see it. Please open it from the list.',
    'refusal.joint_handling.stale_version':
      'Somebody else was first. The page is up to date now: please look again and send; what you typed is still there.',
    'refusal.joint_handling.wrong_state': 'This cannot be done at this point. Please reload to see how it stands.',
    'refusal.joint_handling.not_your_part': 'This step is not for your post. Please contact the town centre.',
    'refusal.joint_handling.member_unknown': 'This organisation was not called. Please choose one that was.',
    'refusal.joint_handling.member_state':
      'This organisation is at another point now. Please reload to see how it stands.',
    'refusal.joint_handling.towns_only':
      'Only towns and streets whistle; a community asks its town. Please contact the centre of the town concerned.',
    'refusal.joint_handling.already_open':
      'A joint handling for this case is under way. Please open it and call more organisations there if needed.',
    'refusal.joint_handling.case_over':
      'This case was reported done or is over, so nobody can be called to it. Have it returned or reopened first.',
    'refusal.joint_handling.petition_route_only':
      'Petitions go their lawful way and cannot be whistled for. Please refer it.',
    'refusal.joint_handling.nobody_called': 'Please call at least one organisation.',
    'refusal.joint_handling.called_twice': '{name} is called already. Please remove one of the two.',
    'refusal.joint_handling.whistle_to_itself':
      'A town cannot whistle to itself, and {name} is the town. Please call a department or a station.',
    'refusal.joint_handling.not_to_village':
      'The duties of a department may not be given to a village or community: {name}. Please call the department or station.',
    'refusal.joint_handling.organisation_unknown': 'There is no such organisation. Please choose again.',
    'refusal.joint_handling.organisation_closed':
      '{name} is closed or has not begun. Please call the one that took over its duties.',
    'refusal.joint_handling.lead_not_called': 'The lead must be one of those called. Please choose one of them.',
    'refusal.joint_handling.lead_still_there':
      'The lead is still taking part. It can be replaced once it has left, was excused or closed.',
    'refusal.joint_handling.first_receiver_leads':
      'Whoever received the case first leads: {name}. Please call it and choose it as lead.',
    'refusal.joint_handling.city_leads':
      'Where city and county have the same duty, the city department leads. Please choose {name} as lead.',
    'refusal.joint_handling.place_outside': 'This place is not in this jurisdiction. Please choose again on the map.',
    'refusal.joint_handling.arrival_in_past': 'This time has passed. Please choose one to come.',
    'refusal.joint_handling.arrival_too_late':
      'That is too late: at most {minutes} minutes from now. Please choose earlier.',
    'refusal.joint_handling.case_needed':
      'A whistle on public demand begins at the request itself. Please open or register the request first.',
    'refusal.joint_handling.ruler_not_independent':
      'Your post is with the town that whistled or with who declined. Somebody else of the county centre must rule.',
    'refusal.joint_handling.no_point':
      'No place is marked, so a position cannot be compared. Please ask the town that whistled to confirm your arrival.',
    'refusal.joint_handling.too_far':
      'You are about {metres} m away, more than {limit} m, so this was not recorded. Try again at the place; if the position is wrong, the town can confirm you.',
    'refusal.joint_handling.not_absent_yet': 'There is still time to arrive. Please record the absence after that.',
    'refusal.joint_handling.someone_arrived':
      'Somebody is there already, so it cannot be called off. The lead closes it when all parts are settled.',
    'refusal.joint_handling.parts_open':
      'Parts of {count} organisations are open: {names}. Please wait until they are done, have left or are excused.',
    'refusal.joint_handling.nobody_came':
      'Nobody has been there, so it cannot be closed. The town that whistled can cancel it.',
    'refusal.joint_handling.not_closed':
      'All parts are settled, but the joint handling is not closed. The lead must close it first.',
    'refusal.joint_handling.already_rated': 'This was rated already; it is rated once.',
    'refusal.joint_handling.reason_missing': 'Please give a reason: low marks and a no need one.',
    'refusal.joint_handling.part_limit_wrong':
      'The time must be between 10 minutes and 60 days and not yet over. Please change it.',
    'refusal.joint_handling.not_late': 'Nothing is late, so there is nothing to record.',
    'refusal.joint_handling.bad_month': 'Please write the month like 2026-03.',
  },
});
