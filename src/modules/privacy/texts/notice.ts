import { defineTexts } from '../../../platform/i18n/texts.ts';

/** The first version of the privacy notice; later ones are written in the office and stand in the database. */
export const noticeTexts = defineTexts({
  'zh-CN': {
    'privacy.notice.title': '隐私说明',
    'privacy.notice.lead': '我们只收办事要用的，只用来办事，谁看过都有记录。',
    'privacy.notice.who': '谁在处理',
    'privacy.notice.who_1':
      '由{place}社会治理中心处理。想查看、更正、删除自己的信息，或对处理有意见，可以打 12345，或到社会治理中心窗口。',
    'privacy.notice.what': '收哪些、做什么用',
    'privacy.notice.what_1': '您写的情况、位置和照片：交给承办单位办理。',
    'privacy.notice.what_2': '姓名和电话：都可以不填。填了只用来联系您这件事、把结果告诉您、让您用手机号查进度。',
    'privacy.notice.what_3': '网络地址：只用来挡住恶意提交，记录保留六个月（法律要求）。',
    'privacy.notice.not': '不做的事',
    'privacy.notice.not_1': '不给人打分、贴标签、排名次，也不记“重复反映人”。',
    'privacy.notice.not_2': '不识别人脸，不在这部手机上跟踪您，不放广告，不用第三方统计。',
    'privacy.notice.not_3': '没有您的同意，不公开您反映的事。',
    'privacy.notice.see': '谁能看到',
    'privacy.notice.see_1': '姓名和电话单独加密保存。承办单位只看到打了星号的称呼和号码。',
    'privacy.notice.see_2':
      '社会治理中心需要联系您时才能看全部，每次都要写明理由，并留下记录。选了“不让承办单位知道我是谁”的，连打星号的也不给承办单位看。',
    'privacy.notice.see_3': '被投诉的单位看不到您是谁。',
    'privacy.notice.see_4': '照片里的定位信息，给别人看之前会去掉。',
    'privacy.notice.public': '公开',
    'privacy.notice.public_1':
      '只有您勾选同意，并且工作人员整理之后才公开：去掉姓名、电话、门牌，位置只到大概范围，照片里的人脸和车牌先遮住。您可以随时要求撤下。',
    'privacy.notice.phone': '留在您手机上的',
    'privacy.notice.phone_1':
      '没写完的内容和照片、语言和字号设置、您让它记住的编号，都只在这部手机上。用公用手机的，请用“清空重写”和“不再记住”。',
    'privacy.notice.keep': '保存多久',
    'privacy.notice.keep_1':
      '办结后按这一类事项的规定年限保存，到期删除身份信息。依法要求删除的，删去内容，只留“已按规定删除”的记录。',
    'privacy.notice.machine': '自动处理',
    'privacy.notice.machine_1': '系统会建议由哪个单位承办，由工作人员确认。没有只由机器作出的决定。',
    'privacy.notice.rights': '您的权利',
    'privacy.notice.rights_1':
      '用编号和查询码打开您的事项，可以看谁看过您的身份、为什么看，下载关于您的全部信息，申请更正或删除。',
    'privacy.notice.rights_2':
      '已办结的事项，您的身份信息申请后立即删除；办理记录按档案规定保存，能不能删由工作人员在规定期限内答复并说明理由。',
    'privacy.notice.rights_3': '同意公开、同意处理敏感信息都可以随时撤回，撤回不影响办理。',
  },
  en: {
    'privacy.notice.title': 'Privacy',
    'privacy.notice.lead': 'We ask only for what the matter needs, use it for that alone, and record who looked.',
    'privacy.notice.who': 'Who processes it',
    'privacy.notice.who_1':
      'The governance centre of {place}. To see, correct or delete what is held about you, or to object, call 12345 or come to the centre.',
    'privacy.notice.what': 'What is collected, and what for',
    'privacy.notice.what_1': 'Your words, the place and photos: for the office that deals with the matter.',
    'privacy.notice.what_2':
      'Name and phone: both optional. They are used to reach you about this matter, to tell you the result, and to let you track it by phone.',
    'privacy.notice.what_3':
      'Network addresses: only to stop abuse; the log is kept for six months, as the law requires.',
    'privacy.notice.not': 'What is not done',
    'privacy.notice.not_1':
      'No person is scored, labelled or ranked, and nobody is marked as someone who reports often.',
    'privacy.notice.not_2': 'No face recognition, no tracking on this phone, no advertising, no outside statistics.',
    'privacy.notice.not_3': 'Nothing you report is made public without your consent.',
    'privacy.notice.see': 'Who can see it',
    'privacy.notice.see_1': 'Name and phone are stored apart and encrypted. The office in charge sees them masked.',
    'privacy.notice.see_2':
      'The governance centre can see them in full when it must reach you; each look needs a reason and is logged. If you asked that the office not know who you are, it does not even see them masked.',
    'privacy.notice.see_3': 'An office that is complained about never sees who you are.',
    'privacy.notice.see_4': 'Position data inside photos is removed before anyone else sees them.',
    'privacy.notice.public': 'Making public',
    'privacy.notice.public_1':
      'Only if you agree, and after an officer edited it: names, numbers and house numbers go, the place is rough, faces and plates in photos are covered. You can ask to have it taken down at any time.',
    'privacy.notice.phone': 'What stays on your phone',
    'privacy.notice.phone_1':
      'Unfinished reports and photos, language and print size, and numbers you asked it to remember stay on this phone alone. On a shared phone use “Start over” and “Forget”.',
    'privacy.notice.keep': 'How long it is kept',
    'privacy.notice.keep_1':
      'For the time set for its kind of matter after it is closed; then identity is deleted. When deletion is ordered by law, the content goes and a note of the order stays.',
    'privacy.notice.machine': 'Automatic processing',
    'privacy.notice.machine_1':
      'The system suggests which office should deal with a matter; a person confirms. No decision is made by a machine alone.',
    'privacy.notice.rights': 'Your rights',
    'privacy.notice.rights_1':
      'Open your request with its number and code to see who looked at your identity and why, to download everything held about you, and to ask for correction or deletion.',
    'privacy.notice.rights_2':
      'In an ended request your identity is deleted as soon as you ask. The record of what was done is kept as the archive rules demand; whether it can be deleted is answered with reasons by a date.',
    'privacy.notice.rights_3':
      'Consent to publishing or to handling sensitive matters can be taken back at any time; your request goes on all the same.',
  },
});
