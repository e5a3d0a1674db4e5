import { defineTexts } from '../../platform/i18n/texts.ts';

export const importsTexts = defineTexts({
  'zh-CN': {
    'refusal.imports.no_source_id': '缺少来源编号。请补上后重新导入。',
    'refusal.imports.empty': '缺少内容（{column}）。请补上后重新导入。',
    'refusal.imports.forbidden_characters': '内容里有无法保存的特殊字符。请删去后重新导入。',
    'refusal.imports.too_long': '内容超过 {maximum} 个字。请缩短后重新导入。',
    'refusal.imports.bad_time': '“{column}”里的时间读不懂。请改成映射文件里写的格式。',
    'refusal.imports.closed_without_time': '状态是已办结，却没有办结时间。请补上后重新导入。',
    'refusal.imports.in_future': '时间在将来。请核对后重新导入。',
    'refusal.imports.handled_before_opened': '办理时间早于反映时间。请核对两个时间和时区。',
    'refusal.imports.closed_before_opened': '办结时间早于反映时间。请核对两个时间和时区。',
    'refusal.imports.class_not_mapped': '类别“{value}”在映射文件里没有对应。请在映射里补上。',
    'refusal.imports.bad_point': '坐标不完整或不合理。请改正或清空。',
    'refusal.imports.ragged': '第 {line} 行的列数与表头不符。请检查引号和分隔符。',
    'refusal.imports.repeated_id': '来源编号 {id} 在本文件里出现了不止一次，只导入第一条。',
    'refusal.imports.area_unknown': '找不到叫“{name}”的区域。请写区划代码或准确名称。',
    'refusal.imports.area_ambiguous': '有多个区域叫“{name}”。请写区划代码。',
  },
  en: {
    'refusal.imports.no_source_id': 'The source’s own id is missing. Add it and import again.',
    'refusal.imports.empty': 'Content is missing ({column}). Add it and import again.',
    'refusal.imports.forbidden_characters':
      'The text holds special characters that cannot be stored. Remove them and import again.',
    'refusal.imports.too_long': 'The text is longer than {maximum} characters. Shorten it and import again.',
    'refusal.imports.bad_time': 'The time in “{column}” cannot be read. Write it in a format the mapping names.',
    'refusal.imports.closed_without_time':
      'The status says closed but there is no closing time. Add it and import again.',
    'refusal.imports.in_future': 'The time lies in the future. Check it and import again.',
    'refusal.imports.handled_before_opened': 'It was handled before it was opened. Check both times and their zone.',
    'refusal.imports.closed_before_opened': 'It was closed before it was opened. Check both times and their zone.',
    'refusal.imports.class_not_mapped': 'The mapping has nothing for the class “{value}”. Add it to the mapping.',
    'refusal.imports.bad_point': 'The coordinates are incomplete or impossible. Correct or empty them.',
    'refusal.imports.ragged': 'Line {line} does not have as many cells as the header. Check quotes and separators.',
    'refusal.imports.repeated_id':
      'The source id {id} occurs more than once in this file; only its first row is imported.',
    'refusal.imports.area_unknown': 'No area is called “{name}”. Write a division code or the exact name.',
    'refusal.imports.area_ambiguous': 'Several areas are called “{name}”. Write the division code.',
  },
});
