import { defineTexts } from '../i18n/texts.ts';

export const filesTexts = defineTexts({
  'zh-CN': {
    'refusal.files.no_file': '没有收到文件。请重新选择后再传。',
    'refusal.files.empty': '这个文件是空的。请换一个。',
    'refusal.files.too_large':
      '这个文件太大（{size} MB，最多 {limit} MB）。请换一张，或用手机相册里的压缩。已填的内容都还在。',
    'refusal.files.type_unsupported':
      '不能上传这种文件（{found}）。可以传 JPG、PNG、WebP 照片，PDF，或 Word、Excel（docx、xlsx）。苹果手机请在设置里把照片格式改为“兼容性最佳”。',
    'refusal.files.type_mismatch': '文件名写的是 {claimed}，内容其实是 {found}。请改好扩展名，或另存后再传。',
    'refusal.files.archive_bomb': '这个文档展开后大得不正常，为安全没有收下。请另存为 PDF 后再传。',
    'refusal.files.too_many_pixels': '这张照片有 {megapixels} 百万像素，最多 {limit}。请缩小后再传。',
    'refusal.files.unreadable': '这张照片打不开，可能没传完整。请重新选择，或换一张。',
    'refusal.files.too_many_waiting': '现在上传的人太多。请 {seconds} 秒后再试，已填的内容都还在。',
    'refusal.files.not_found': '没有找到这个文件。上传后一天内没有提交的文件会自动删除，请重新上传。',
    'refusal.files.already_attached': '这个文件已用在别处。请重新上传一份。',
    'refusal.files.too_many': '文件太多，一共最多 {limit} 个。请减少后再提交。',
    'refusal.files.not_an_image': '这个文件不是照片。请选择照片。',
    'refusal.files.erased': '这个文件已依照规定删除。',
  },
  en: {
    'refusal.files.no_file': 'No file arrived. Please choose it again.',
    'refusal.files.empty': 'That file is empty. Please choose another.',
    'refusal.files.too_large':
      'That file is too large ({size} MB; the limit is {limit} MB). Choose another, or make it smaller in your photo app. Everything you filled in is still there.',
    'refusal.files.type_unsupported':
      'This kind of file ({found}) cannot be uploaded. Photos may be JPG, PNG or WebP; documents PDF, Word or Excel (docx, xlsx). On an iPhone, set the camera format to Most Compatible.',
    'refusal.files.type_mismatch':
      'The name or label says {claimed}, but the content is {found}. Correct the ending, or save it again, and upload that.',
    'refusal.files.archive_bomb':
      'This document unfolds to an unusual size and was not taken, for safety. Please save it as PDF and upload that.',
    'refusal.files.too_many_pixels':
      'This photo has {megapixels} megapixels; the limit is {limit}. Please make it smaller.',
    'refusal.files.unreadable': 'This photo cannot be opened; it may be incomplete. Choose it again, or another one.',
    'refusal.files.too_many_waiting':
      'Many people are uploading just now. Try again in {seconds} seconds; everything you filled in is still there.',
    'refusal.files.not_found':
      'There is no such file. Uploads that are not submitted within a day are removed; please upload it again.',
    'refusal.files.already_attached': 'This file is in use elsewhere. Please upload it once more.',
    'refusal.files.too_many': 'There are too many files; {limit} is the limit. Please remove some.',
    'refusal.files.not_an_image': 'This file is not a photo. Please choose a photo.',
    'refusal.files.erased': 'This file was removed by order.',
  },
});
