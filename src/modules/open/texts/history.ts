import { defineTexts } from '../../../platform/i18n/texts.ts';

/** Texts of the portal's page on how anyone can check that history was not changed. */
export const historyTexts = defineTexts({
  'zh-CN': {
    'open.history.title': '办理记录可以核对',
    'open.history.intro':
      '每一件事项的每一步都写进一本只能往后添加的总账。平台每隔 {minutes} 分钟给总账签一次名，并公布在这里。谁存了一份，以后就能发现：有没有哪一步被改过、删过、调换过。',
    'open.history.latest': '最近一次签名',
    'open.history.none': '还没有签过名，请过几分钟再来。',
    'open.history.at': '签名时间',
    'open.history.size': '已记入的条目',
    'open.history.key': '签名钥匙',
    'open.history.note': '签名原文',
    'open.history.copy': '保存这次签名',
    'open.history.save_key': '保存公钥',
    'open.history.how': '怎么核对',
    'open.history.how.1': '保存上面的签名和公钥，或者请您信任的人、单位定期保存。',
    'open.history.how.2': '想核对自己的事项：用编号和查询码打开它，下载“存证证明”。公开的事项，谁都可以下载。',
    'open.history.how.3':
      '用一个不到 100 行、谁都能看懂的小程序核对证明（随本平台源代码提供：docs/verify-proof.mjs）。它不需要连接本平台。',
    'open.history.limits': '它说明不了什么',
    'open.history.limits.1': '最近一次签名之后的步骤，要等下一次签名才受保护。',
    'open.history.limits.2': '依法删除的文字看不到了，但什么时候、依据哪个决定删除，仍然能看到。',
    'open.history.limits.3': '它证明记录没有被改过，不证明当初记的就是对的。记得不对，请在事项里提出来。',
    'open.history.proof': '存证证明',
    'open.history.proof_hint': '证明您这件事项已记入签名的总账，以后改动不了。',
    'open.history.download': '下载存证证明',
    'open.history.about': '这是什么',
  },
  en: {
    'open.history.title': 'Check our history',
    'open.history.intro':
      'Every step of every request goes into one log that can only grow. Every {minutes} minutes the platform signs the log and publishes the signature here. Whoever keeps a copy can see later whether any step was changed, deleted or moved.',
    'open.history.latest': 'Latest signature',
    'open.history.none': 'Nothing is signed yet. Come back in a few minutes.',
    'open.history.at': 'Signed',
    'open.history.size': 'Entries covered',
    'open.history.key': 'Signing key',
    'open.history.note': 'The signature itself',
    'open.history.copy': 'Save this signature',
    'open.history.save_key': 'Save the public key',
    'open.history.how': 'How to check',
    'open.history.how.1': 'Save the signature and the key above, or have somebody you trust keep them regularly.',
    'open.history.how.2':
      'For your own request: open it with its number and query code and download its proof. For public requests anyone can.',
    'open.history.how.3':
      'Check the proof with a script of fewer than 100 lines that anyone can read (docs/verify-proof.mjs in our source code). It works without our server.',
    'open.history.limits': 'What it does not show',
    'open.history.limits.1': 'Steps after the latest signature are protected from the next one on.',
    'open.history.limits.2': 'Words erased by law are gone, but when and by which order stays visible.',
    'open.history.limits.3':
      'It shows that the record was not changed, not that it was right to begin with. If something is wrong, say so in your request.',
    'open.history.proof': 'Proof of record',
    'open.history.proof_hint': 'Shows that your request stands in the signed log and can no longer be changed unseen.',
    'open.history.download': 'Download the proof',
    'open.history.about': 'What is this',
  },
});
