import { defineTexts } from '../../../platform/i18n/texts.ts';

/** The accessibility statement. */
export const noticeTexts = defineTexts({
  'zh-CN': {
    'open.accessibility.title': '无障碍说明',
    'open.accessibility.lead': '我们希望人人都能用，包括眼睛看不清、手不方便、不常用手机的人。',
    'open.accessibility.do': '可以这样用',
    'open.accessibility.do_1': '右上角“大字”把字放大三分之一，也可以用浏览器放大到四倍，内容不会被裁掉。',
    'open.accessibility.do_2': '只用键盘就能走完每一步，焦点一直看得见。',
    'open.accessibility.do_3': '读屏软件会读出每个步骤、错误和保存的结果。',
    'open.accessibility.do_4': '地图能做的，名单都能做。颜色之外都有文字。',
    'open.accessibility.do_5': '手机设为深色或减少动画时，页面跟着变。',
    'open.accessibility.do_6': '没有图形验证码，也没有填写时限；写了一半会自动保存。',
    'open.accessibility.level': '做到什么程度',
    'open.accessibility.level_1': '按《Web 内容无障碍指南》WCAG 2.2 AA 级制作，每次改动都用程序检查，并用键盘走一遍。',
    'open.accessibility.level_2': '已知的不足：地图上的圆点不能逐个用键盘选，请用同一页的名单。',
    'open.accessibility.other': '不方便用网页的',
    'open.accessibility.other_1':
      '可以打 12345 由接线员代填，请网格员上门代办，或到社会治理中心窗口。三种办法结果一样。',
    'open.accessibility.tell': '哪里不好用，请在“我要反映”里告诉我们。',
  },
  en: {
    'open.accessibility.title': 'Accessibility',
    'open.accessibility.lead':
      'We want everyone to be able to use this, also people who see poorly, whose hands are not steady, or who seldom use a phone.',
    'open.accessibility.do': 'Ways to use it',
    'open.accessibility.do_1':
      '“Large” at the top enlarges print by a third; the browser can zoom to four times without cutting anything off.',
    'open.accessibility.do_2': 'Every step works with the keyboard alone, and the focus is always visible.',
    'open.accessibility.do_3': 'Screen readers announce each step, error and saved result.',
    'open.accessibility.do_4': 'Whatever the map does, a list does, too. Colour never stands alone.',
    'open.accessibility.do_5': 'The page follows the phone’s dark mode and reduced motion.',
    'open.accessibility.do_6': 'There are no picture puzzles and no time limits; unfinished work is saved.',
    'open.accessibility.level': 'How far it goes',
    'open.accessibility.level_1':
      'It is made to WCAG 2.2 level AA; every change is checked by program and walked through with the keyboard.',
    'open.accessibility.level_2':
      'Known gap: dots on the map cannot be chosen one by one with the keyboard; please use the list on the same page.',
    'open.accessibility.other': 'Without this website',
    'open.accessibility.other_1':
      'Call 12345 and have it filled in for you, ask your grid worker to come, or visit the governance centre. All three lead to the same result.',
    'open.accessibility.tell': 'If something is hard to use, please tell us under “Report something”.',
  },
});
