import { InMemorySpanExporter, type TracerProvider } from '@opentelemetry/sdk-trace';
import { type ProxyTracerProvider, trace } from '@opentelemetry/api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { authModule } from '../auth/module.ts';
import { type TestApp, TEST_PASSWORD, testApp } from '../testing/test-app.ts';
import { sendTraces } from './send-traces.ts';

const TOKEN = 'a token of the tests, long enough';
let open: TestApp;
let guarded: TestApp;
beforeAll(async () => {
  open = await testApp({ modules: [authModule] });
  guarded = await testApp({ modules: [authModule], environment: { GONGZHI_METRICS_TOKEN: TOKEN } });
});
afterAll(async () => {
  await open.close();
  await guarded.close();
});

const read = (app: TestApp, headers: Record<string, string> = {}, remoteAddress = '127.0.0.1') =>
  app.server.inject({ method: 'GET', url: '/metrics', headers, remoteAddress });

test('metrics count requests by route and tell of pool, outbox and timers, without a word of anybody', async () => {
  const sign = {
    method: 'POST',
    url: '/api/auth/sign-in',
    payload: { username: 'zhangsan', password: TEST_PASSWORD },
  } as const;
  await open.server.inject(sign);
  await open.server.inject({ method: 'GET', url: '/api/nowhere/13800138000' });
  open.app.metrics.gauge('gongzhi_made_seconds', 'Made for a test', () => 7);
  open.app.metrics.gauge('gongzhi_broken_seconds', 'Made to fail', () => Promise.reject(new Error('away')));
  const { body, statusCode } = await read(open);

  expect(statusCode).toBe(200);
  expect(body).toContain('gongzhi_requests_total{method="POST",route="/api/auth/sign-in",status="401"} 1');
  expect(body).toMatch(/gongzhi_request_seconds_bucket\{le="0\.005",method="POST",route="\/api\/auth\/sign-in"\}/);
  for (const line of [
    'gongzhi_database_up 1',
    'gongzhi_outbox_lag_seconds 0',
    'gongzhi_timers_late_seconds 0',
    'gongzhi_made_seconds 7',
  ]) {
    expect(body).toContain(line);
  }
  expect(body).not.toMatch(/^gongzhi_broken_seconds /m);
  expect(body).not.toMatch(/zhangsan|13800138000/);
});

test('metrics are for this machine, or for who has the token', async () => {
  expect((await read(open, {}, '10.0.0.9')).statusCode).toBe(404);
  expect((await read(open, { 'x-forwarded-for': '127.0.0.1' })).statusCode).toBe(404);
  expect((await read(guarded)).statusCode).toBe(404);
  expect((await read(guarded, { authorization: 'Bearer wrong token' })).statusCode).toBe(404);
  expect((await read(guarded, { authorization: `Bearer ${TOKEN}` }, '10.0.0.9')).statusCode).toBe(200);
});

test('traces show request and transactions, and only what is ours, without a word of anybody', async () => {
  const exporter = new InMemorySpanExporter();
  const sending = sendTraces({ url: 'http://127.0.0.1:9/', version: 'test', exporter });
  await open.server.inject({
    method: 'POST',
    url: '/api/auth/sign-in',
    payload: { username: 'zhangsan', password: TEST_PASSWORD },
    headers: { 'x-note': 'zhangsan' },
  });
  trace.getTracer('a library').startSpan('SELECT zhangsan').end();
  await read(open);
  const provider = trace.getTracerProvider() as ProxyTracerProvider;
  await (provider.getDelegate() as TracerProvider).forceFlush();
  const kept: string[] = [];
  for (const span of exporter.getFinishedSpans()) kept.push(`${span.name} ${JSON.stringify(span.attributes)}`);
  await sending.close();

  expect(kept.some((line) => line.startsWith('request {"http.route":"/api/auth/sign-in"'))).toBe(true);
  expect(kept.some((line) => line.startsWith('transaction'))).toBe(true);
  expect(kept.join('\n')).not.toMatch(/zhangsan|SELECT/);
});
