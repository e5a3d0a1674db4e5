import { defineTexts } from '../../platform/i18n/texts.ts';

/** What the server says; the screens' texts stand in ui/texts.ts. */
export const ledgerTexts = defineTexts({
  'zh-CN': {
    'refusal.ledger.not_yet': '这件事项还没有进入签名检查点。检查点每隔几分钟生成一次，请过一会儿再试。',
    'refusal.ledger.no_checkpoint': '没有这个大小的检查点。请从检查点列表里选一个。',
    'refusal.ledger.not_public': '这件事项没有公开。如果是您自己的，请先用编号和查询码打开它，再下载证明。',
    'refusal.ledger.case_needed': '请先用编号和查询码打开您的事项，再下载证明。',
  },
  en: {
    'refusal.ledger.not_yet':
      'This request is not in a signed checkpoint yet. One is made every few minutes; try again later.',
    'refusal.ledger.no_checkpoint': 'There is no checkpoint of that size. Choose one from the list of checkpoints.',
    'refusal.ledger.not_public':
      'This request is not public. If it is your own, open it with its number and query code first, then download the proof.',
    'refusal.ledger.case_needed': 'Open your request with its number and query code first, then download the proof.',
  },
});
