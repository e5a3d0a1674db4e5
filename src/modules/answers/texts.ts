import { defineTexts } from '../../platform/i18n/texts.ts';

/** Refusals, names of fields, and the invented case of a preview. */
export const answersTexts = defineTexts({
  'zh-CN': {
    'refusal.answers.not_found': '没有找到这个模板。请回到列表。',
    'refusal.answers.stale': '这个模板刚被别人改过。请刷新再改。',
    'refusal.answers.already_ended': '这个模板已经停用，不用再停。',
    'refusal.answers.unknown_field': '花括号里的 {fields} 不能自动填写。只能用：{known}。请改掉再保存。',
    'refusal.answers.class_unknown': '没有这个事项分类，或者它已停用。请填现行分类代码，适用全部的填 *。',
    'refusal.answers.case_not_found': '没有找到这个编号，或者您的岗位看不到它。请核对编号，或留空用示例。',
    'refusal.answers.field_left_open': '答复里还有没填的地方：{mark}。请填好或删去再提交。',
    'refusal.answers.machine_off': '这里没有配置摘要和拟稿的服务。请自己写，或请管理人员配置。',
    'refusal.answers.machine_confidential': '保密、敏感的事项不交给机器。请自己看、自己写。',
    'refusal.answers.machine_failed': '机器这次没有写出来。请自己写，或过一会儿再试。',
    'answers.mark': '【待填：{field}】',
    'answers.mark_begins': '【待填：',
    'answers.field.number': '编号',
    'answers.field.title': '标题',
    'answers.field.office': '承办单位',
    'answers.field.deadline': '办理期限',
    'answers.field.place': '地点',
    'answers.field.result': '办理结果',
    'answers.sample.number': '20261120-000317-4',
    'answers.sample.title': '示例路路灯不亮',
    'answers.sample.office': '示例单位',
    'answers.sample.deadline': '2026-11-27',
    'answers.sample.place': '示例街道 示例社区',
    'answers.sample.result': '已更换灯泡，恢复照明。',
  },
  en: {
    'refusal.answers.not_found': 'There is no such template. Go back to the list.',
    'refusal.answers.machine_off':
      'No service for summaries and drafts is configured here. Please write it yourself, or ask an administrator.',
    'refusal.answers.machine_confidential':
      'Confidential and sealed cases are never told to a machine. Please read and write it yourself.',
    'refusal.answers.machine_failed':
      'The machine gave no words this time. Please write it yourself, or try again later.',
    'refusal.answers.stale': 'Somebody has just changed this template. Reload, then change it.',
    'refusal.answers.already_ended': 'This template has ended; nothing more is needed.',
    'refusal.answers.unknown_field': 'Nothing can fill in {fields}. Use only: {known}. Change it, then save.',
    'refusal.answers.class_unknown':
      'There is no such class, or it has ended. Enter the code of one in force, or * for all.',
    'refusal.answers.case_not_found':
      'There is no such number, or your post may not see it. Check it, or leave it empty for an example.',
    'refusal.answers.field_left_open':
      'Something in the answer is still to be filled in: {mark}. Fill it in or take it out, then send.',
    'answers.mark': '[to fill in: {field}]',
    'answers.mark_begins': '[to fill in: ',
    'answers.field.number': 'number',
    'answers.field.title': 'title',
    'answers.field.office': 'office in charge',
    'answers.field.deadline': 'deadline',
    'answers.field.place': 'place',
    'answers.field.result': 'result',
    'answers.sample.number': '20261120-000317-4',
    'answers.sample.title': 'Street lamp out in Example Road',
    'answers.sample.office': 'Example Office',
    'answers.sample.deadline': '2026-11-27',
    'answers.sample.place': 'Example Street, Example Community',
    'answers.sample.result': 'the bulb was replaced and the lamp works again.',
  },
});
