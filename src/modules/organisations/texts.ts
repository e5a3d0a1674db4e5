import { defineTexts } from '../../platform/i18n/texts.ts';

/** Words that server and screens share, and every refusal. */
export const organisationsTexts = defineTexts({
  'zh-CN': {
    'organisations.role.grid_worker': '网格员',
    'organisations.role.community_worker': '社区（村）工作者',
    'organisations.role.dispatcher': '调度员',
    'organisations.role.handler': '经办人',
    'organisations.role.verifier': '核实员',
    'organisations.role.supervisor': '督办人',
    'organisations.role.evaluator': '评价员',
    'organisations.role.administrator': '管理员',
    'organisations.role.security_administrator': '安全管理员',
    'organisations.role.auditor': '审计员',
    'organisations.grid_role.leader': '网格长',
    'organisations.grid_role.full_time': '专职网格员',
    'organisations.grid_role.part_time': '兼职网格员',
    'organisations.grid_role.adviser': '网格指导员',
    'organisations.lane.safety': '综治',
    'organisations.lane.enforcement': '执法',
    'organisations.lane.market': '市场监管',
    'organisations.lane.services': '便民服务',
    'organisations.level.city': '市级',
    'organisations.level.county': '县级',
    'organisations.level.town': '镇街级',
    'organisations.level.village': '村（社区）级',
    'organisations.phone_form': '电话只能写数字、空格、括号和短横线。',
    'refusal.organisations.not_found': '没有找到这个单位。请回到单位列表重新选择。',
    'refusal.organisations.post_not_found': '没有找到这个岗位。请回到岗位列表重新选择。',
    'refusal.organisations.grid_unknown': '没有找到这个网格。请核对网格编码，或按地址重新查找。',
    'refusal.organisations.stale': '别人刚刚改过这个单位，您的改动没有保存。请刷新看看最新内容，再改一次。',
    'refusal.organisations.closed': '“{name}”那时已经撤销或还没有设立。请另选单位，或改一改起始日期。',
    'refusal.organisations.kind_unknown': '没有“{kind}”这类单位。请先在单位类别里添加。',
    'refusal.organisations.kind_taken': '已有代号为“{kind}”的类别。请换一个代号。',
    'refusal.organisations.kind_level': '这类单位不设在这一级。请换一个区域，或另选类别。',
    'refusal.organisations.area_unknown': '区域 {code} 不存在或已停用。请从区域里重新选择。',
    'refusal.organisations.name_taken': '这个区域已有名为“{name}”的单位。请换一个名称，或直接使用已有的单位。',
    'refusal.organisations.line_unknown': '选定的上级或承接单位不存在或已撤销。请重新选择。',
    'refusal.organisations.line_circle': '这样设会让两个单位互为上级。请另选上级单位。',
    'refusal.organisations.has_subordinates': '还有 {count} 个单位归它管理，不能撤销。请先调整这些单位的上级。',
    'refusal.organisations.in_use': '这个单位还有没办完的事，不能撤销。请先办结或转交。',
    'refusal.organisations.ending_in_past': '结束日期不能早于今天。请选今天或以后的日期。',
    'refusal.organisations.ending_after_term': '任期本来到 {day} 为止，不能往后改。需要延长时请另设新的任期。',
    'refusal.organisations.post_over': '这个岗位已于 {day} 结束，不用再结束一次。',
    'refusal.organisations.last_administrator':
      '这是全辖区最后一个管理员岗位，结束后没有人能再设岗。请先给别人设管理员岗位。',
    'refusal.organisations.person_unknown': '没有找到这个人。请先建立他的登录账号。',
    'refusal.organisations.scope_empty': '岗位要有管辖范围。请至少选一个区域，或选一个现有的片区。',
    'refusal.organisations.term_backwards': '结束日期要晚于开始日期。请改一改任期。',
    'refusal.organisations.scope_outside': '区域 {code} 不在“{name}”的管辖范围内。请在它的范围里选择。',
    'refusal.organisations.grid_role_needed': '网格员岗位要说明是网格长、专职、兼职还是指导员。请选择一项。',
    'refusal.organisations.grid_role_needless': '只有网格员岗位才分网格长、专职、兼职和指导员。请清空这一项。',
    'refusal.organisations.grid_code_needed': '网格员岗位的范围要精确到网格。请选择网格，不要选村、社区或镇街。',
    'refusal.organisations.full_time_one_grid': '专职网格员只负责一个网格。请只选一个，其他网格另设兼职。',
    'refusal.organisations.full_time_taken':
      '他这段时间已是网格 {grid} 的专职网格员，一人只能担任一个。请先结束那个岗位，或改为兼职。',
    'refusal.organisations.post_overlaps': '他已有同样的岗位，从 {from} 起，任期重叠。请改一改日期，或先结束原岗位。',
    'refusal.organisations.beyond_own_scope': '区域 {code} 超出您能管理的范围。请联系上级管理员。',
    'refusal.organisations.role_reserved':
      '管理员、安全管理员和审计员岗位只能由管理整个辖区的管理员设立和结束。请联系他办理。',
    'refusal.organisations.offices_apart':
      '系统管理、安全管理、审计要由三个人分别担任，此人已有其中一个岗位。请换一个人，或先结束他现有的岗位。',
  },
  en: {
    'organisations.role.grid_worker': 'Grid worker',
    'organisations.role.community_worker': 'Community worker',
    'organisations.role.dispatcher': 'Dispatcher',
    'organisations.role.handler': 'Handler',
    'organisations.role.verifier': 'Verifier',
    'organisations.role.supervisor': 'Supervisor',
    'organisations.role.evaluator': 'Evaluator',
    'organisations.role.administrator': 'Administrator',
    'organisations.role.security_administrator': 'Security administrator',
    'organisations.role.auditor': 'Auditor',
    'organisations.grid_role.leader': 'Grid leader',
    'organisations.grid_role.full_time': 'Full-time grid worker',
    'organisations.grid_role.part_time': 'Part-time grid worker',
    'organisations.grid_role.adviser': 'Grid adviser',
    'organisations.lane.safety': 'Public safety',
    'organisations.lane.enforcement': 'Enforcement',
    'organisations.lane.market': 'Market regulation',
    'organisations.lane.services': 'Services',
    'organisations.level.city': 'City',
    'organisations.level.county': 'County',
    'organisations.level.town': 'Town or subdistrict',
    'organisations.level.village': 'Village or community',
    'organisations.phone_form': 'A phone number holds only digits, spaces, brackets and dashes.',
    'refusal.organisations.not_found': 'This organisation was not found. Go back to the list and choose again.',
    'refusal.organisations.post_not_found': 'This post was not found. Go back to the list and choose again.',
    'refusal.organisations.grid_unknown': 'This grid was not found. Check its code, or look for it by address.',
    'refusal.organisations.stale':
      'Someone changed this organisation a moment ago, so your change was not saved. Reload it and change it again.',
    'refusal.organisations.closed':
      '“{name}” is closed or not yet founded at that time. Choose another organisation or another first day.',
    'refusal.organisations.kind_unknown': 'There is no kind of organisation “{kind}”. Add it to the kinds first.',
    'refusal.organisations.kind_taken': 'A kind “{kind}” exists already. Choose another code.',
    'refusal.organisations.kind_level': 'This kind does not exist at that level. Choose another area or kind.',
    'refusal.organisations.area_unknown': 'Area {code} does not exist or is closed. Choose another one.',
    'refusal.organisations.name_taken':
      'This area already has an organisation called “{name}”. Choose another name, or use the existing one.',
    'refusal.organisations.line_unknown': 'The organisation chosen above it is unknown or closed. Choose another one.',
    'refusal.organisations.line_circle': 'That would put each above the other. Choose another superior.',
    'refusal.organisations.has_subordinates':
      '{count} organisations stand under it, so it cannot close. Give them another superior first.',
    'refusal.organisations.in_use':
      'It still has work under way, so it cannot close. Finish or hand over that work first.',
    'refusal.organisations.ending_in_past': 'The last day cannot lie before today. Choose today or a later day.',
    'refusal.organisations.ending_after_term':
      'The term ends on {day} and cannot be moved later. Give a new post for a longer term.',
    'refusal.organisations.post_over': 'This post ended on {day} already.',
    'refusal.organisations.last_administrator':
      'This is the last administrator of the whole jurisdiction; without it nobody could give posts. Appoint another first.',
    'refusal.organisations.person_unknown': 'This person was not found. Create an account first.',
    'refusal.organisations.scope_empty':
      'A post needs a scope. Choose at least one area, or an area set that is in use.',
    'refusal.organisations.term_backwards': 'The end must come after the beginning. Please change the term.',
    'refusal.organisations.scope_outside': 'Area {code} lies outside “{name}”. Choose areas inside it.',
    'refusal.organisations.grid_role_needed':
      'Say whether the grid worker is leader, full-time, part-time or adviser. Please choose one.',
    'refusal.organisations.grid_role_needless':
      'Only grid workers are leaders, full-time, part-time or advisers. Please leave this empty.',
    'refusal.organisations.grid_code_needed':
      'A grid worker’s scope is a grid. Choose grids, not a village, community or town.',
    'refusal.organisations.full_time_one_grid':
      'A full-time grid worker has one grid. Choose one, and add part-time posts for others.',
    'refusal.organisations.full_time_taken':
      'This person is full-time in grid {grid} during that time, and one person may have only one. End that post first, or choose part-time.',
    'refusal.organisations.post_overlaps':
      'This person holds the same post from {from}, and the terms overlap. Change the days, or end the other post first.',
    'refusal.organisations.beyond_own_scope':
      'Area {code} is beyond what you may administer. Ask the administrator above you.',
    'refusal.organisations.role_reserved':
      'Only an administrator of the whole jurisdiction gives and ends posts of administrators, security administrators and auditors. Please ask one.',
    'refusal.organisations.offices_apart':
      'Administration, security and audit are held by three people, and this person already holds one of these posts. Choose someone else, or end that post first.',
  },
});
