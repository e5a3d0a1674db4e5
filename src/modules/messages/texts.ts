import { defineTexts } from '../../platform/i18n/texts.ts';

/** What the server says: refusals, and the shipped wording of every notice. Screens have theirs in ui/texts.ts. */
export const messagesTexts = defineTexts({
  'zh-CN': {
    'refusal.messages.delivery_not_found': '没有找到这条发送记录，可能已经发出。请刷新列表。',
    'refusal.messages.placeholder_unknown': '这里不能用 {{name}}。可以用的有：{allowed}。',
    'refusal.messages.number_missing': '正文里要有 {number}，收到的人才知道是哪一件。',
    'refusal.messages.too_long_to_send': '正文太长，短信最多 {maximum} 个字。',

    'messages.sealed': '保密事项，请登录查看',
    'messages.no_due': '规定时间',

    'messages.received.subject': '您的反映已登记',
    'messages.received.body':
      '【{authority}】您的反映已登记，编号 {number}。凭编号和查询码，或用本机验证码，可在 {site} 查看进度。',
    'messages.not_handled.subject': '您的反映有答复',
    'messages.not_handled.body':
      '【{authority}】您反映的事项（编号 {number}）不由本平台办理，答复里写明了可以找谁。请在 {site} 查看。',
    'messages.referred.subject': '您的反映已转交',
    'messages.referred.body': '【{authority}】您反映的事项（编号 {number}）已转交依法受理的部门，办理时限见 {site}。',
    'messages.merged.subject': '您的反映已并案办理',
    'messages.merged.body':
      '【{authority}】您反映的事项（编号 {number}）与另一件相同，一并办理，结果仍会告诉您。进度见 {site}。',
    'messages.looked_up.subject': '您的手机号被查询',
    'messages.looked_up.body':
      '【{authority}】工作人员因工作需要按您的手机号查询了您反映的事项（编号 {number}）。谁、为什么查，可在 {site} 查看。',
    'messages.replied.subject': '您的反映有新答复',
    'messages.replied.body': '【{authority}】您反映的事项（编号 {number}）有新答复，请在 {site} 查看。',
    'messages.takes_longer.subject': '您的反映需要更长时间',
    'messages.takes_longer.body': '【{authority}】您反映的事项（编号 {number}）暂时办不完，原因和复查日期见 {site}。',
    'messages.closed.subject': '请您评价办理结果',
    'messages.closed.body':
      '【{authority}】您反映的事项（编号 {number}）已办结。解决了没有，由您说了算：请在 {site} 评价；没解决可以要求再办。',
    'messages.joined_closed.subject': '并案办理的事项已办结',
    'messages.joined_closed.body':
      '【{authority}】与您反映的事项（编号 {number}）并案办理的那一件已办结，结果见 {site}。',
    'messages.asked.subject': '请您说一句：解决了吗',
    'messages.asked.body':
      '【{authority}】您反映的事项（编号 {number}）单位说已办好。解决了没有，请点 {site} 说一句（只能用一次，不要转给别人）。',

    'messages.assigned.subject': '新派事项 {number}',
    'messages.assigned.body':
      '{number}，{what}，已派给本单位主办。请在 {due} 前受理；认为不属本单位的，一次说明法律依据。{site}',
    'messages.asked_to_assist.subject': '请协办 {number}',
    'messages.asked_to_assist.body': '{number}，{what}，请本单位协办。{site}',
    'messages.designated.subject': '指定办理 {number}',
    'messages.designated.body': '{number}，{what}，经裁定由本单位主办，不再退回。请在 {due} 前受理。{site}',
    'messages.objection.subject': '有异议待裁定 {number}',
    'messages.objection.body': '{number}，{what}，承办单位提出异议。请在 {due} 前裁定。{site}',
    'messages.extension_asked.subject': '申请延期 {number}',
    'messages.extension_asked.body': '{number}，{what}，承办单位申请延期，待决定。{site}',
    'messages.extension_decided.subject': '延期申请已有决定 {number}',
    'messages.extension_decided.body': '{number}，{what}，延期申请已有决定，请查看。{site}',
    'messages.returned.subject': '退回重办 {number}',
    'messages.returned.body': '{number}，{what}，核查或回访没有通过，退回重办。请在 {due} 前办理。{site}',
    'messages.reopened.subject': '要求再办 {number}',
    'messages.reopened.body': '{number}，{what}，诉求人认为没有解决，要求再办。{site}',
    'messages.rated.subject': '收到评价 {number}',
    'messages.rated.body': '{number}，{what}，诉求人已评价。{site}',
    'messages.supplemented.subject': '诉求人有补充 {number}',
    'messages.supplemented.body': '{number}，{what}，诉求人补充了内容或照片。{site}',
    'messages.withdrawn.subject': '诉求人已撤回 {number}',
    'messages.withdrawn.body': '{number}，{what}，诉求人已撤回，不用再办。{site}',
    'messages.ordered_blue.subject': '蓝色督办 {number}',
    'messages.ordered_blue.body': '{number}，{what}，时限快到了，请在 {due} 前办好。{site}',
    'messages.ordered_yellow.subject': '黄色督办 {number}',
    'messages.ordered_yellow.body': '{number}，{what}，已超时或办理质量不合格。请在 {due} 前办理并答复督办单。{site}',
    'messages.ordered_red.subject': '红色督办 {number}',
    'messages.ordered_red.body':
      '{number}，{what}，黄色督办逾期，升为红色。请在 {due} 前办理并答复督办单，上级已知悉。{site}',
    'messages.order_above.subject': '下属单位被督办 {number}',
    'messages.order_above.body':
      '{number}，{what}，本单位的下级或派出机构收到黄色或红色督办。请督促，{due} 前要有答复。{site}',
    'messages.order_answered.subject': '督办答复待审 {number}',
    'messages.order_answered.body': '{number}，{what}，被督办单位已答复，请审核。{site}',
    'messages.order_returned.subject': '督办答复被退回 {number}',
    'messages.order_returned.body': '{number}，{what}，督办答复没有通过。请在 {due} 前重新答复。{site}',
    'messages.order_over.subject': '督办结束 {number}',
    'messages.order_over.body': '{number}，{what}，督办已结束，不用再答复。{site}',
    'messages.lift_asked.subject': '撤销红色督办待决定 {number}',
    'messages.lift_asked.body': '{number}，{what}，有人提出撤销红色督办，要由另一个人决定。{site}',
    'messages.shelving_review.subject': '挂账快到复查日 {number}',
    'messages.shelving_review.body': '{number}，{what}，{due} 要复查。请看条件是否已具备。{site}',
    'messages.shelving_end.subject': '挂账快到期 {number}',
    'messages.shelving_end.body': '{number}，{what}，{due} 到期。请恢复办理，或说明情况。{site}',
    'messages.leader_report.subject': '包案该报告了 {number}',
    'messages.leader_report.body': '{number}，{what}，请报告包案进展。{site}',
    'messages.leader_due.subject': '包案到期 {number}',
    'messages.leader_due.body': '{number}，{what}，包案今天到期。请登记结果。{site}',
    'messages.exclusion_decided.subject': '剔除申请已有决定 {number}',
    'messages.exclusion_decided.body': '{number}，{what}，不计入考评的申请已有决定或变动，请查看。{site}',
    'messages.joint_called.subject': '吹哨报到 {number}',
    'messages.joint_called.body':
      '{number}，{what}，街镇吹哨，请本单位到场。请在 {due} 前应答，按时到场；不属本单位的，一次说明法律依据。{site}',
    'messages.joint_refused.subject': '拒绝报到待裁定 {number}',
    'messages.joint_refused.body': '{number}，{what}，被叫单位认为不属其职责。请县级中心在 {due} 前裁定。{site}',
    'messages.joint_must_come.subject': '裁定必须报到 {number}',
    'messages.joint_must_come.body': '{number}，{what}，经裁定本单位必须到场，不能再拒绝。请在 {due} 前到场。{site}',
    'messages.joint_late.subject': '联合处置已超时 {number}',
    'messages.joint_late.body': '{number}，{what}，联合处置中本单位应做的一步已过 {due} 的时限。请尽快办理。{site}',
    'messages.joint_over.subject': '联合处置已结束 {number}',
    'messages.joint_over.body': '{number}，{what}，联合处置已结束。{site}',
    'messages.duty_called.subject': '紧急派遣，请接令 {number}',
    'messages.duty_called.body': '{number}，{what}，紧急事项派给您。请在 {due} 前接令，马上去现场。{site}',
    'messages.duty_not_taken.subject': '派遣无人接令 {number}',
    'messages.duty_not_taken.body': '{number}，{what}，紧急派遣在限时内没有人接令，正在叫下一位。{site}',
    'messages.duty_at_centre.subject': '紧急派遣请中心处理 {number}',
    'messages.duty_at_centre.body': '{number}，{what}，值班的人都没有接令，或没有人值班。请马上改派。{site}',
    'messages.duty_late.subject': '紧急派遣已超时 {number}',
    'messages.duty_late.body': '{number}，{what}，紧急派遣已过 {due} 的时限。请尽快处置，或改派。{site}',
    'messages.duty_off.subject': '派遣已撤回 {number}',
    'messages.duty_off.body': '{number}，{what}，派给您的紧急事项已撤回，不用再去。{site}',
    'messages.duty_over.subject': '紧急派遣已结束 {number}',
    'messages.duty_over.body': '{number}，{what}，紧急派遣已处置完成或移交 110，请查看结果。{site}',
    'messages.new_device.subject': '您的账号在新设备上登录',
    'messages.new_device.body':
      '{due}，有人在一台以前没用过的设备上登录了您的账号。是您本人的，不用管；不是的，请马上在“登录与安全”里结束它，并修改密码。{site}',
    'messages.late.subject': '已超时 {number}',
    'messages.late.body': '{number}，{what}，{due} 的时限已过。请尽快办理，或说明情况。{site}',
  },
  en: {
    'refusal.messages.delivery_not_found':
      'There is no such message waiting; it may have been sent. Please reload the list.',
    'refusal.messages.placeholder_unknown': '{{name}} cannot be used here. You can use: {allowed}.',
    'refusal.messages.number_missing': 'The text must hold {number}, so that people know which request is meant.',
    'refusal.messages.too_long_to_send': 'The text is too long: a text message holds at most {maximum} characters.',

    'messages.sealed': 'confidential, please sign in to read it',
    'messages.no_due': 'the set time',

    'messages.received.subject': 'Your request is registered',
    'messages.received.body':
      '[{authority}] Your request is registered as {number}. Follow it at {site} with this number and your query code, or with a code sent to this phone.',
    'messages.not_handled.subject': 'There is an answer to your request',
    'messages.not_handled.body':
      '[{authority}] Your request {number} is not for this platform; the answer says whom to turn to: {site}',
    'messages.referred.subject': 'Your request was passed on',
    'messages.referred.body':
      '[{authority}] Your request {number} was passed to the office the law names for it. Its deadline is shown at {site}',
    'messages.merged.subject': 'Your request is dealt with together with another',
    'messages.merged.body':
      '[{authority}] Your request {number} is the same as another one and is dealt with together; you will still hear the result. {site}',
    'messages.looked_up.subject': 'Your number was looked up',
    'messages.looked_up.body':
      '[{authority}] An office looked up requests made with your number (such as {number}). See which office and why: {site}',
    'messages.replied.subject': 'There is a new answer to your request',
    'messages.replied.body': '[{authority}] There is a new answer to your request {number}: {site}',
    'messages.takes_longer.subject': 'Your request will take longer',
    'messages.takes_longer.body':
      '[{authority}] Your request {number} cannot be finished for now. The reason and the date of the next review: {site}',
    'messages.closed.subject': 'Please say whether it was solved',
    'messages.closed.body':
      '[{authority}] Your request {number} is closed. Whether it was solved is for you to say: {site}. If not, you can have it taken up again.',
    'messages.joined_closed.subject': 'The request yours was joined with is closed',
    'messages.joined_closed.body':
      '[{authority}] The request that yours, {number}, was dealt with together is closed. The result: {site}',
    'messages.asked.subject': 'Was it solved? Please say',
    'messages.asked.body':
      '[{authority}] The office says your request {number} is done. Was it solved? Please say at {site} (works once; do not pass it on).',

    'messages.assigned.subject': 'New case {number}',
    'messages.assigned.body':
      '{number}, {what}, was dispatched to your organisation as lead. Accept it before {due}; if it is not yours, object once and name the legal basis. {site}',
    'messages.asked_to_assist.subject': 'Please assist with {number}',
    'messages.asked_to_assist.body': '{number}, {what}: your organisation is asked to assist. {site}',
    'messages.designated.subject': 'Designated: {number}',
    'messages.designated.body':
      '{number}, {what}: by ruling your organisation leads and cannot give it back. Accept it before {due}. {site}',
    'messages.objection.subject': 'Objection to rule on: {number}',
    'messages.objection.body': '{number}, {what}: the office in charge objects. Rule on it before {due}. {site}',
    'messages.extension_asked.subject': 'Extension asked for: {number}',
    'messages.extension_asked.body': '{number}, {what}: the office in charge asks for more time. {site}',
    'messages.extension_decided.subject': 'Extension decided: {number}',
    'messages.extension_decided.body': '{number}, {what}: your request for more time was decided. {site}',
    'messages.returned.subject': 'Sent back: {number}',
    'messages.returned.body':
      '{number}, {what}: verification or call-back did not pass, so it comes back to you. It is due before {due}. {site}',
    'messages.reopened.subject': 'Taken up again: {number}',
    'messages.reopened.body':
      '{number}, {what}: the requester says it is not solved and asks for it to be taken up again. {site}',
    'messages.rated.subject': 'Rated: {number}',
    'messages.rated.body': '{number}, {what}: the requester rated it. {site}',
    'messages.supplemented.subject': 'The requester added something: {number}',
    'messages.supplemented.body': '{number}, {what}: the requester added words or photos. {site}',
    'messages.withdrawn.subject': 'Withdrawn: {number}',
    'messages.withdrawn.body': '{number}, {what}: the requester took it back; nothing more is to be done. {site}',
    'messages.ordered_blue.subject': 'Blue order: {number}',
    'messages.ordered_blue.body': '{number}, {what}: its time is nearly used. Please finish it by {due}. {site}',
    'messages.ordered_yellow.subject': 'Yellow order: {number}',
    'messages.ordered_yellow.body':
      '{number}, {what}: late, or the work was not good enough. Act and answer the order by {due}. {site}',
    'messages.ordered_red.subject': 'Red order: {number}',
    'messages.ordered_red.body':
      '{number}, {what}: the yellow order lapsed and is now red. Act and answer it by {due}; the offices above know. {site}',
    'messages.order_above.subject': 'An office below yours was ordered: {number}',
    'messages.order_above.body':
      '{number}, {what}: an office below yours has a yellow or red order. It is to answer by {due}. {site}',
    'messages.order_answered.subject': 'Answer to review: {number}',
    'messages.order_answered.body':
      '{number}, {what}: the office has answered the order. Please review the answer. {site}',
    'messages.order_returned.subject': 'Answer sent back: {number}',
    'messages.order_returned.body':
      '{number}, {what}: the answer to the order was not accepted. Answer again by {due}. {site}',
    'messages.order_over.subject': 'Order over: {number}',
    'messages.order_over.body': '{number}, {what}: the order is over; no answer is needed. {site}',
    'messages.lift_asked.subject': 'Lifting a red order: {number}',
    'messages.lift_asked.body': '{number}, {what}: somebody asks to lift a red order; a second person decides. {site}',
    'messages.shelving_review.subject': 'Review is near: {number}',
    'messages.shelving_review.body':
      '{number}, {what}: shelved, to be reviewed on {due}. See whether it can be done now. {site}',
    'messages.shelving_end.subject': 'Shelving ends: {number}',
    'messages.shelving_end.body':
      '{number}, {what}: shelved until {due}. Take it up again, or say how it stands. {site}',
    'messages.leader_report.subject': 'Report as leader: {number}',
    'messages.leader_report.body': '{number}, {what}: please report on the case you lead. {site}',
    'messages.leader_due.subject': 'Your case is due: {number}',
    'messages.leader_due.body': '{number}, {what}: the case you lead is due today. Record what came of it. {site}',
    'messages.exclusion_decided.subject': 'Exclusion decided: {number}',
    'messages.exclusion_decided.body':
      '{number}, {what}: leaving it out of figures was decided or changed. Please look. {site}',
    'messages.joint_called.subject': 'Called to a joint handling: {number}',
    'messages.joint_called.body':
      '{number}, {what}: the town whistles and your organisation is to come. Answer by {due} and be there in time; if it is not yours, decline once and name the legal basis. {site}',
    'messages.joint_refused.subject': 'Ruling needed: {number}',
    'messages.joint_refused.body':
      '{number}, {what}: an organisation that was called says it is not its duty. The county centre is to rule by {due}. {site}',
    'messages.joint_must_come.subject': 'Your organisation must come: {number}',
    'messages.joint_must_come.body':
      '{number}, {what}: by ruling your organisation must come and cannot decline again. Be there by {due}. {site}',
    'messages.joint_late.subject': 'Late in a joint handling: {number}',
    'messages.joint_late.body':
      '{number}, {what}: a step your organisation owes in the joint handling was due by {due}. Please do it as soon as you can. {site}',
    'messages.joint_over.subject': 'Joint handling over: {number}',
    'messages.joint_over.body': '{number}, {what}: the joint handling is over. {site}',
    'messages.duty_called.subject': 'Urgent call for you: {number}',
    'messages.duty_called.body':
      '{number}, {what}: an urgent matter is sent to you. Acknowledge it by {due} and go there at once. {site}',
    'messages.duty_not_taken.subject': 'Call not acknowledged: {number}',
    'messages.duty_not_taken.body':
      '{number}, {what}: nobody acknowledged the urgent call in time; the next in line is called. {site}',
    'messages.duty_at_centre.subject': 'Urgent call for the centre: {number}',
    'messages.duty_at_centre.body':
      '{number}, {what}: nobody on duty took it up, or nobody is on duty. Please send it on at once. {site}',
    'messages.duty_late.subject': 'Urgent call late: {number}',
    'messages.duty_late.body': '{number}, {what}: the urgent call was due by {due}. Please act, or send it on. {site}',
    'messages.duty_off.subject': 'Call called off: {number}',
    'messages.duty_off.body': '{number}, {what}: the urgent matter sent to you is called off; you need not go. {site}',
    'messages.duty_over.subject': 'Urgent call over: {number}',
    'messages.duty_over.body':
      '{number}, {what}: the urgent call is settled or was handed to 110. Please see the result. {site}',
    'messages.new_device.subject': 'Your account was used on a new device',
    'messages.new_device.body':
      'At {due} somebody signed in with your account on a device not used before. If it was you, there is nothing to do; if not, end it under “Sign-in and safety” at once and change your password. {site}',
    'messages.late.subject': 'Late: {number}',
    'messages.late.body':
      '{number}, {what}: the deadline of {due} has passed. Please deal with it, or say what holds it up. {site}',
  },
});
