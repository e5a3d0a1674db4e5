import { defineTexts } from '../../../platform/i18n/texts.ts';

/** Choosing and sending photos, in a report and in a supplement. */
export const photoTexts = defineTexts({
  'zh-CN': {
    'open.photo.label': '照片',
    'open.photo.hint': '最多 {n} 张，每张不超过 {size}。照片里的定位信息不会给别人看到。',
    'open.photo.add': '加照片',
    'open.photo.alt': '照片 {n}：{name}',
    'open.photo.remove': '去掉照片 {n}',
    'open.photo.retry': '重传照片 {n}',
    'open.photo.waiting': '等着上传',
    'open.photo.part': '已传 {percent}%',
    'open.photo.done': '已传好',
    'open.photo.failed': '没传上',
    'open.photo.all_done': '照片都传好了',
    'open.photo.too_big': '“{name}”太大（{size}，最多 {max}）。请换一张，或用手机相册里的压缩。已填的内容都还在。',
    'open.photo.wrong_kind':
      '“{name}”不是照片。请选 JPG、PNG 或 WebP 格式的照片；苹果手机请在设置里把照片格式改为“兼容性最佳”。',
    'open.photo.too_many': '最多 {n} 张，多选的没有加上。',
    'open.photo.offline': '网络断了，“{name}”没传上。连上后会自动再传，也可以点“重传”。',
    'open.photo.lost': '“{name}”在这部手机上找不到了，请去掉后重新选。',
    'open.photo.memory': '这部手机不让保存照片，关掉页面后要重新选。',
  },
  en: {
    'open.photo.label': 'Photos',
    'open.photo.hint': 'Up to {n}, each at most {size}. Position data inside photos is never shown to others.',
    'open.photo.add': 'Add photos',
    'open.photo.alt': 'Photo {n}: {name}',
    'open.photo.remove': 'Remove photo {n}',
    'open.photo.retry': 'Upload photo {n} again',
    'open.photo.waiting': 'waiting',
    'open.photo.part': '{percent}% sent',
    'open.photo.done': 'uploaded',
    'open.photo.failed': 'not uploaded',
    'open.photo.all_done': 'All photos are uploaded',
    'open.photo.too_big':
      '“{name}” is too large ({size}, at most {max}). Choose another, or make it smaller in the photo app. Everything you filled in is still there.',
    'open.photo.wrong_kind':
      '“{name}” is not a photo. Please choose JPG, PNG or WebP; on an iPhone, set the camera format to Most Compatible.',
    'open.photo.too_many': 'At most {n}; the others were not added.',
    'open.photo.offline':
      'The connection broke and “{name}” was not uploaded. It is tried again once you are online, or press “upload again”.',
    'open.photo.lost': '“{name}” is no longer on this phone. Please remove it and choose it again.',
    'open.photo.memory': 'This phone does not keep photos; after closing the page you will need to choose them again.',
  },
});
