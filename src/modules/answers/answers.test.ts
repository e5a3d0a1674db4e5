import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type County, testCounty } from '../../testing/county.ts';
import { bring, caseAt } from '../../testing/ways.ts';
import { multipart } from '../../testing/desk.ts';
import { fillIn, isLeftOpen, offeredFor, unknownFields } from './rules/template.ts';
import { shippedTemplates } from './shipped.ts';

let county: County;
beforeAll(async () => {
  county = await testCounty();
});
afterAll(() => county.close());

const PATH = '/api/answers/templates';
const NEW = {
  classCode: '1101',
  step: 'reply',
  name: { 'zh-CN': '路灯已报修', en: 'Lamp reported' },
  words: {
    'zh-CN': '您好，{office}已安排检修{place}的路灯：{result}',
    en: 'Good day. {office} will mend it: {result}',
  },
};

describe('templates', () => {
  test('a change makes a new version, older ones stay, and what has ended is offered no more', async () => {
    const added = await county.call('administrator', 'POST', PATH, NEW);
    expect([added.status, added.body.version]).toEqual([201, 1]);
    const { id } = added.body;
    const changed = { ...NEW, words: { ...NEW.words, 'zh-CN': '您好，{office}明天来修。' }, version: 1 };
    expect((await county.call('administrator', 'PUT', `${PATH}/${id}`, changed)).body.version).toBe(2);
    expect((await county.call('administrator', 'PUT', `${PATH}/${id}`, changed)).code).toBe('answers.stale');
    const { id: caseId } = await county.file('dispatcher');
    const offered = async () => (await county.call('dispatcher', 'GET', `/api/cases/${caseId}/answer-templates`)).body;
    expect((await offered()).items[0]).toMatchObject({ id, version: 2 });
    const ended = await county.call('administrator', 'POST', `${PATH}/${id}/ending`, { version: 2 });
    expect(ended.body).toMatchObject({ version: 3, ended: true });
    expect((await county.call('administrator', 'POST', `${PATH}/${id}/ending`, { version: 3 })).code).toBe(
      'answers.already_ended',
    );
    expect((await offered()).items.map((one: { id: string }) => one.id)).not.toContain(id);
    const versions = (await county.call('dispatcher', 'GET', `${PATH}/${id}/versions`)).body.items;
    expect(versions.map((one: { version: number }) => one.version)).toEqual([3, 2, 1]);
    expect(versions[2].words).toEqual(NEW.words);
    const actions = (await county.call('auditor', 'GET', `/api/audit/entries?targetId=${id}`)).body.items;
    expect(actions.map((entry: { action: string }) => entry.action).toSorted()).toEqual([
      'answers.add_template',
      'answers.change_template',
      'answers.end_template',
    ]);
  });

  test('a shipped one is version 1 and can be changed', async () => {
    const [shipped] = await shippedTemplates();
    if (!shipped) throw new Error('none shipped');
    const { id, name, step, classCode } = shipped;
    const body = { name, step, classCode, words: { 'zh-CN': '您好，改过的。', en: 'Changed.' }, version: 1 };
    expect((await county.call('administrator', 'PUT', `${PATH}/${id}`, body)).body.version).toBe(2);
    const all = (await county.call('dispatcher', 'GET', PATH)).body.items;
    expect(all.filter((one: { id: string }) => one.id === id)).toHaveLength(1);
    expect((await county.call('dispatcher', 'GET', `${PATH}/${id}/versions`)).body.items).toHaveLength(2);
  });

  test('unknown names, unknown classes and unknown templates are refused in words', async () => {
    const words = { ...NEW.words, en: 'Call {telephone} about {result}.' };
    const unknown = await county.call('administrator', 'POST', PATH, { ...NEW, words });
    expect([unknown.status, unknown.code]).toEqual([422, 'answers.unknown_field']);
    expect(unknown.body.detail ?? unknown.body.title).toContain('{telephone}');
    expect((await county.call('administrator', 'POST', PATH, { ...NEW, classCode: '99' })).code).toBe(
      'answers.class_unknown',
    );
    const nowhere = `${PATH}/0190a000-0000-7000-8000-999999999999`;
    expect((await county.call('administrator', 'PUT', nowhere, { ...NEW, version: 1 })).code).toBe('answers.not_found');
    expect((await county.call('administrator', 'GET', `${nowhere}/versions`)).code).toBe('answers.not_found');
  });

  test('administrators of the whole place write them, dispatchers read, handlers only use', async () => {
    for (const who of ['dispatcher', 'housing', 'otherAdministrator'] as const) {
      expect((await county.call(who, 'POST', PATH, NEW)).status).toBe(403);
    }
    expect((await county.call('dispatcher', 'GET', PATH)).status).toBe(200);
    expect((await county.call('housing', 'GET', PATH)).status).toBe(403);
    const { id } = await caseAt(county, 'dispatched');
    expect((await county.call('housing', 'GET', `/api/cases/${id}/answer-templates`)).status).toBe(200);
    expect((await county.call('enforcement', 'GET', `/api/cases/${id}/answer-templates`)).status).toBe(404);
  });

  test('a preview takes an invented case, or a real one that its reader sees', async () => {
    const { words } = NEW;
    const sample = await county.call('dispatcher', 'POST', '/api/answers/previews', { words });
    expect(sample.body.text['zh-CN']).toContain('示例单位');
    expect(sample.body.missing).toEqual([]);
    const { number } = await county.file('dispatcher');
    const real = await county.call('dispatcher', 'POST', '/api/answers/previews', { words, number });
    expect(real.body.text['zh-CN']).toContain('【待填：办理结果】');
    expect(real.body.missing).toEqual(['result']);
    const foreign = await county.call('otherDispatcher', 'POST', '/api/answers/previews', { words, number });
    expect(foreign.code).toBe('answers.case_not_found');
  });
});

describe('an answer', () => {
  test('is filled in from the case, with the result once there is one', async () => {
    const filed = await caseAt(county, 'reported_done');
    const { body } = await county.call('housing', 'GET', `/api/cases/${filed.id}/answer-templates?step=reply`);
    const done = body.items.find((one: { name: { en: string } }) => one.name.en === 'Done, please have a look');
    expect(done.missing).toEqual([]);
    expect(done.text['zh-CN']).toContain('已更换灯泡，恢复照明。');
    expect(done.text.en).not.toContain('{');
  });

  test('with a gap in it goes to nobody', async () => {
    const filed = await caseAt(county, 'in_progress');
    const files = [await county.photo('housing')];
    for (const text of ['已处理：【待填：办理结果】', 'Done: [to fill in: result]', '已处理：{result}']) {
      const refused = await county.act('housing', 'replies', filed.id, { text });
      expect([refused.status, refused.code]).toEqual([422, 'answers.field_left_open']);
      expect((await county.act('housing', 'completion', filed.id, { result: text, files })).code).toBe(
        'answers.field_left_open',
      );
    }
    // The office's own notes may say what they like, and braces that are no field are the writer's.
    await county.step('housing', 'notes', filed.id, { text: '模板里 {result} 还没填', contact: null });
    await county.step('housing', 'replies', filed.id, { text: '您好，{参见}公示栏。' });
  });

  test('takes documents along, which its requester downloads and nobody else', async () => {
    const filed = await county.fileAsResident();
    await bring(county, filed, 'in_progress');
    const { payload, headers } = multipart(
      Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n'),
      '通知.pdf',
      'application/pdf',
    );
    const sent = await county.call('housing', 'POST', '/api/files', payload, headers);
    expect(sent.body.thumbnailUrl).toBeNull();
    await county.step('housing', 'replies', filed.id, { text: '维修通知见附件。', files: [sent.body.id] });
    const { body } = await county.asRequester(filed);
    const step = body.steps.find((one: { answer: { text: string } | null }) => one.answer?.text === '维修通知见附件。');
    expect(step.papers).toHaveLength(1);
    const file = await county.call(null, 'GET', step.papers[0].url);
    expect([file.status, file.headers['content-type']]).toEqual([200, 'application/pdf']);
    expect(String(file.headers['content-disposition'])).toMatch(/^attachment/);
    expect((await county.call(null, 'GET', `/api/files/${sent.body.id}`)).status).toBe(401);
  });
});

describe('the rules', () => {
  test('name unknown fields once and leave other braces alone', () => {
    expect(unknownFields('{title} {a} {b} {a} { }')).toEqual(['a', 'b', ' ']);
    expect(fillIn('{title}，{result}', { ...EMPTY, title: '灯' }, (field) => `<${field}>`)).toEqual({
      text: '灯，<result>',
      missing: ['result'],
    });
    expect(isLeftOpen('按 {office} 的安排', [])).toBe(true);
    expect(isLeftOpen('按 {单位} 的安排', ['【待填：'])).toBe(false);
  });

  test('offer those of the class before those of its upper class and those for all', () => {
    const of = (classCode: string, ended = false) => ({ classCode, step: 'reply' as const, ended });
    const all = [of('*'), of('11'), of('1101'), of('12'), of('1101', true)];
    expect(offeredFor(all, 'reply', '1101').map((one) => one.classCode)).toEqual(['1101', '11', '*']);
    expect(offeredFor(all, 'refer', '1101')).toEqual([]);
  });

  test('hold for what is shipped: no unknown field, and no name twice for a step and a class', async () => {
    const shipped = await shippedTemplates();
    expect(shipped.length).toBeGreaterThan(8);
    for (const { words } of shipped) expect(Object.values(words).flatMap(unknownFields)).toEqual([]);
    expect(new Set(shipped.map((one) => `${one.step} ${one.classCode} ${one.name.en}`)).size).toBe(shipped.length);
    expect(new Set(shipped.map((one) => one.id)).size).toBe(shipped.length);
  });
});

const EMPTY = { number: null, title: null, office: null, deadline: null, place: null, result: null };
