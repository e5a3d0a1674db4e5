import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { TOWN } from '../../testing/cast.ts';
import { type County, testCounty } from '../../testing/county.ts';
import { modelPath, runTraining } from './training.ts';
import { beginTraining } from './trainings.ts';

// Trains several times, each a few seconds on an idle machine.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

let county: County;
beforeAll(async () => {
  county = await testCounty();
  await train();
});
afterAll(() => county.close());

async function train(): Promise<number | null> {
  const id = await county.write((tx) => beginTraining(tx, 'test', county.app.now()));
  return runTraining(county.app, id ?? '', 'test');
}
const suggest = async (body: string) =>
  (await county.call('dispatcher', 'POST', '/api/triage/suggestions', { body, areaCode: TOWN })).body;
const models = async () => (await county.call('administrator', 'GET', '/api/triage/models')).body;

describe('a county without cases of its own', () => {
  test('gets class, words, urgency and office for what people write', async () => {
    const lamp = await suggest('巷口的路灯坏了好几天，晚上看不见路');
    expect(lamp).toMatchObject({ modelVersion: 1, verdict: expect.stringMatching(/sure|likely/) });
    expect(lamp.classes[0]).toMatchObject({ code: '1101', words: expect.arrayContaining(['路灯']) });
    expect(lamp.leads[0]).toMatchObject({ organisation: { id: expect.any(String) }, entryNumber: expect.any(String) });

    const gas = await suggest('楼道里煤气味很重，怀疑燃气泄漏');
    expect(gas.classes[0].code).toBe('0703');
    expect(gas.urgency).toMatchObject({ value: 'urgent', words: expect.arrayContaining(['煤气味']) });
  });

  test('says that it does not know', async () => {
    expect(await suggest('今天天气不错')).toMatchObject({ verdict: 'unknown', leads: [] });
  });

  test('tells residents and the filing forms the same, and takes it for a request without a class', async () => {
    const { body } = await county.call(null, 'POST', '/api/public/class-matches', { text: '电梯困住人了，门打不开' });
    expect(body.items[0]).toMatchObject({ code: '0701', confidence: expect.any(Number) });
    const filed = await county.fileAsResident({ classCode: null, text: '我家楼下烧烤店的油烟天天往屋里灌' });
    expect((await county.caseOf('dispatcher', filed.id)).body.class.code).toBe('1002');
  });
});

describe('corrections', () => {
  const words = ['碧波步道的橡胶面层起鼓', '碧波步道橡胶面层开裂翘边', '碧波步道的橡胶面层脱落绊脚'];

  test('change the next suggestion after a retraining', async () => {
    const before = await suggest('碧波步道橡胶面层又起鼓了');
    expect(before.classes[0]?.code).not.toBe('1705');

    const office = await county.body('housing');
    for (const body of words) {
      const filed = await county.file('dispatcher', { title: '碧波步道橡胶面层', body, classCode: '1103' });
      await county.work();
      await county.step('dispatcher', 'correction', filed.id, {
        classCode: '1705',
        reason: '小区内的步道，归物业口。',
      });
      await county.step('dispatcher', 'dispatch', filed.id, { leadId: office, reason: '按实际权属。' });
      await county.work();
    }
    expect((await models()).decided).toBeGreaterThanOrEqual(3);
    const { version } = (await models()).models[0];
    await train();

    const after = await suggest('碧波步道橡胶面层又起鼓了');
    expect(after).toMatchObject({ modelVersion: version + 1, verdict: expect.stringMatching(/sure|likely/) });
    expect(after.classes[0].code).toBe('1705');
    expect(after.leads[0]).toMatchObject({ organisation: { id: office }, given: 3, of: 3 });
  });

  test('are listed without a word of the request, and can be taken back with the older model', async () => {
    const { body } = await county.call('administrator', 'GET', '/api/triage/corrections');
    expect(body.items.length).toBeGreaterThan(0);
    expect(JSON.stringify(body)).not.toContain('橡胶');

    await county.call('administrator', 'POST', '/api/triage/models/1/activation', {});
    expect((await suggest('碧波步道橡胶面层又起鼓了')).modelVersion).toBe(1);
    const none = await county.call('administrator', 'POST', '/api/triage/models/77/activation', {});
    expect([none.status, none.code]).toEqual([404, 'triage.no_such_model']);
    await county.call('administrator', 'POST', '/api/triage/models/2/activation', {});
  });

  test('a model holds nothing that one person alone wrote, and none of a confidential request', async () => {
    const office = await county.body('housing');
    const alone = await county.file('dispatcher', { body: '碧波步道旁住着欧阳瑞锦，电话13911112222。' });
    const secret = { confidential: true, body: '保密件里写到了银杏甲苑的事。' };
    const closed = [await county.file('dispatcher', secret), await county.file('dispatcher', secret)];
    for (const { id } of [alone, ...closed]) {
      await county.work();
      await county.step('dispatcher', 'dispatch', id, { leadId: office, reason: '按实际权属。' });
      await county.work();
    }
    const version = await train();
    const bytes = (await readFile(modelPath(county.app, version ?? 0))).toString();
    for (const word of ['欧阳', '瑞锦', '1391', '银杏甲']) expect(bytes).not.toContain(word);
    expect(bytes).toContain('橡胶');
  });
});

describe('the model', () => {
  test('is trained once at a time', async () => {
    const id = await county.write((tx) => beginTraining(tx, 'test', county.app.now()));
    const second = await county.call('administrator', 'POST', '/api/triage/trainings', {});
    expect([second.status, second.code]).toEqual([409, 'triage.training_runs']);
    expect((await models()).training).toMatchObject({ state: 'running' });
    await runTraining(county.app, id ?? '', 'test');
    expect((await models()).training).toMatchObject({ state: 'done' });
  });

  test('whose file was changed is not used; words alone speak', async () => {
    const { version } = (await models()).models[0];
    await writeFile(modelPath(county.app, version), 'something else');
    const { modelVersion, verdict } = await suggest('路灯不亮');
    expect([modelVersion, verdict]).toEqual([null, 'unknown']);
    const { body } = await county.call(null, 'POST', '/api/public/class-matches', { text: '路灯不亮' });
    expect(body.items[0]).toMatchObject({ code: '1101', confidence: null });
  });

  test('is kept by administrators of the whole jurisdiction alone', async () => {
    for (const who of ['dispatcher', 'housing', 'auditor'] as const) {
      expect((await county.call(who, 'GET', '/api/triage/models')).status).toBe(403);
      expect((await county.call(who, 'POST', '/api/triage/trainings', {})).status).toBe(403);
    }
    expect((await county.call('housing', 'POST', '/api/triage/suggestions', { body: '路灯不亮' })).status).toBe(403);
  });
});
