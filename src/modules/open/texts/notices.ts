import { defineTexts } from '../../../platform/i18n/texts.ts';

/** The privacy notice and the accessibility statement. */
export const noticeTexts = defineTexts({
  'zh-CN': {
    'open.privacy.title': '隐私说明',
    'open.privacy.lead': '我们只收办事要用的，只用来办事，谁看过都有记录。',
    'open.privacy.who': '谁在处理',
    'open.privacy.who_1':
      '由{place}社会治理中心处理。想查看、更正、删除自己的信息，或对处理有意见，可以打 12345，或到社会治理中心窗口。',
    'open.privacy.what': '收哪些、做什么用',
    'open.privacy.what_1': '您写的情况、位置和照片：交给承办单位办理。',
    'open.privacy.what_2': '姓名和电话：都可以不填。填了只用来联系您这件事、把结果告诉您、让您用手机号查进度。',
    'open.privacy.what_3': '网络地址：只用来挡住恶意提交，记录保留六个月（法律要求）。',
    'open.privacy.not': '不做的事',
    'open.privacy.not_1': '不给人打分、贴标签、排名次，也不记“重复反映人”。',
    'open.privacy.not_2': '不识别人脸，不在这部手机上跟踪您，不放广告，不用第三方统计。',
    'open.privacy.not_3': '没有您的同意，不公开您反映的事。',
    'open.privacy.see': '谁能看到',
    'open.privacy.see_1': '姓名和电话单独加密保存。承办单位只看到打了星号的称呼和号码。',
    'open.privacy.see_2':
      '社会治理中心需要联系您时才能看全部，每次都要写明理由，并留下记录。选了“不让承办单位知道我是谁”的，连打星号的也不给承办单位看。',
    'open.privacy.see_3': '被投诉的单位看不到您是谁。',
    'open.privacy.see_4': '照片里的定位信息，给别人看之前会去掉。',
    'open.privacy.public': '公开',
    'open.privacy.public_1':
      '只有您勾选同意，并且工作人员整理之后才公开：去掉姓名、电话、门牌，位置只到大概范围，照片里的人脸和车牌先遮住。您可以随时要求撤下。',
    'open.privacy.phone': '留在您手机上的',
    'open.privacy.phone_1':
      '没写完的内容和照片、语言和字号设置、您让它记住的编号，都只在这部手机上。用公用手机的，请用“清空重写”和“不再记住”。',
    'open.privacy.keep': '保存多久',
    'open.privacy.keep_1':
      '办结后按这一类事项的规定年限保存，到期删除身份信息。依法要求删除的，删去内容，只留“已按规定删除”的记录。',
    'open.privacy.machine': '自动处理',
    'open.privacy.machine_1': '系统会建议由哪个单位承办，由工作人员确认。没有只由机器作出的决定。',

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
    'open.privacy.title': 'Privacy',
    'open.privacy.lead': 'We ask only for what the matter needs, use it for that alone, and record who looked.',
    'open.privacy.who': 'Who processes it',
    'open.privacy.who_1':
      'The governance centre of {place}. To see, correct or delete what is held about you, or to object, call 12345 or come to the centre.',
    'open.privacy.what': 'What is collected, and what for',
    'open.privacy.what_1': 'Your words, the place and photos: for the office that deals with the matter.',
    'open.privacy.what_2':
      'Name and phone: both optional. They are used to reach you about this matter, to tell you the result, and to let you track it by phone.',
    'open.privacy.what_3':
      'Network addresses: only to stop abuse; the log is kept for six months, as the law requires.',
    'open.privacy.not': 'What is not done',
    'open.privacy.not_1': 'No person is scored, labelled or ranked, and nobody is marked as someone who reports often.',
    'open.privacy.not_2': 'No face recognition, no tracking on this phone, no advertising, no outside statistics.',
    'open.privacy.not_3': 'Nothing you report is made public without your consent.',
    'open.privacy.see': 'Who can see it',
    'open.privacy.see_1': 'Name and phone are stored apart and encrypted. The office in charge sees them masked.',
    'open.privacy.see_2':
      'The governance centre can see them in full when it must reach you; each look needs a reason and is logged. If you asked that the office not know who you are, it does not even see them masked.',
    'open.privacy.see_3': 'An office that is complained about never sees who you are.',
    'open.privacy.see_4': 'Position data inside photos is removed before anyone else sees them.',
    'open.privacy.public': 'Making public',
    'open.privacy.public_1':
      'Only if you agree, and after an officer edited it: names, numbers and house numbers go, the place is rough, faces and plates in photos are covered. You can ask to have it taken down at any time.',
    'open.privacy.phone': 'What stays on your phone',
    'open.privacy.phone_1':
      'Unfinished reports and photos, language and print size, and numbers you asked it to remember stay on this phone alone. On a shared phone use “Start over” and “Forget”.',
    'open.privacy.keep': 'How long it is kept',
    'open.privacy.keep_1':
      'For the time set for its kind of matter after it is closed; then identity is deleted. When deletion is ordered by law, the content goes and a note of the order stays.',
    'open.privacy.machine': 'Automatic processing',
    'open.privacy.machine_1':
      'The system suggests which office should deal with a matter; a person confirms. No decision is made by a machine alone.',

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
