import { defineTexts } from '../../platform/i18n/texts.ts';

/** What the server says: refusals. Screens have theirs in ui/texts.ts. */
export const supervisionTexts = defineTexts({
  'zh-CN': {
    'refusal.supervision.order_not_found': '没有找到这份督办单，或者您看不到它。请回到督办单列表。',
    'refusal.supervision.stale': '这份督办单刚被别人改过。请刷新，看过新情况再办。',
    'refusal.supervision.not_your_part': '这一步由别的单位或岗位来做。请看督办单上写的是谁。',
    'refusal.supervision.order_over': '这份督办单已经结束，不用再办。',
    'refusal.supervision.wrong_state': '督办单现在的状态不能做这一步。请看最新一条记录。',
    'refusal.supervision.own_answer': '自己的答复要由别人审。请交给同事。',
    'refusal.supervision.own_order': '督办的是本单位，请由督办岗位或上级来审。',
    'refusal.supervision.already_red': '已经是红色督办，不能再升级。',
    'refusal.supervision.not_graver': '升级只能升到更高的颜色。',
    'refusal.supervision.second_person_needed': '撤销红色督办要由另一个人决定。请交给另一位督办人员。',
    'refusal.supervision.no_lift_asked': '还没有人提出撤销，没有可以驳回的。',
    'refusal.supervision.out_of_scope': '这件事项不在您岗位的范围内。请由管这个地方的岗位来办。',
    'refusal.supervision.case_over': '事项已经结束，不能再督办或包案。',
    'refusal.supervision.not_involved': '这个单位没有参与办理这件事项。请选主办、协办或当前责任单位。',
    'refusal.supervision.to_itself': '不能督办自己的单位。',
    'refusal.supervision.already_open': '这件事项已有一份督办单。请在原单上升级，不另发。',
    'refusal.supervision.red_only_urgent': '只有紧急事项可以直接发红色督办。请先发蓝色或黄色。',
    'refusal.supervision.leader_there': '这件事项已有包案领导，要等他结束包案。',
    'refusal.supervision.leader_day_wrong': '期限要晚于今天，最晚 {last}。请改日期。',
    'refusal.supervision.no_leader': '这件事项现在没有包案领导。',
  },
  en: {
    'refusal.supervision.order_not_found':
      'There is no such order, or you may not see it. Go back to the list of orders.',
    'refusal.supervision.stale': 'Somebody has just changed this order. Reload, look at what is new, then go on.',
    'refusal.supervision.not_your_part': 'Another office or post takes this step. The order says whose it is.',
    'refusal.supervision.order_over': 'This order is over; nothing more is needed.',
    'refusal.supervision.wrong_state': 'The order does not allow this step now. Look at its last entry.',
    'refusal.supervision.own_answer': 'Somebody else must review your answer. Please pass it to a colleague.',
    'refusal.supervision.own_order': 'The order is to your own office. A supervisor or the office above reviews it.',
    'refusal.supervision.already_red': 'The order is red already and cannot be raised further.',
    'refusal.supervision.not_graver': 'An order can only be raised to a graver colour.',
    'refusal.supervision.second_person_needed':
      'A second person decides on lifting a red order. Pass it to another supervisor.',
    'refusal.supervision.no_lift_asked': 'Nobody has asked to lift this order, so there is nothing to refuse.',
    'refusal.supervision.out_of_scope': 'This case is outside the area of your post. A post for that place can do it.',
    'refusal.supervision.case_over': 'The case is over; it can no longer be ordered or taken.',
    'refusal.supervision.not_involved':
      'This office has no part in the case. Choose the lead, an assisting or the responsible one.',
    'refusal.supervision.to_itself': 'An office cannot issue an order to itself.',
    'refusal.supervision.already_open':
      'There is an open order about this case. Raise that one instead of issuing another.',
    'refusal.supervision.red_only_urgent':
      'Only an urgent case may get a red order at once. Begin with blue or yellow.',
    'refusal.supervision.leader_there': 'A leader answers for this case already. He must end that first.',
    'refusal.supervision.leader_day_wrong': 'The deadline must be after today, at the latest {last}. Change the day.',
    'refusal.supervision.no_leader': 'No leader answers for this case at present.',
  },
});
