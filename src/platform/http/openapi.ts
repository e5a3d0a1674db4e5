import type { ZodType } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { z } from 'zod';
import type { Contract } from './contract.ts';

const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    instance: z.string(),
    details: z.record(z.string(), z.unknown()),
    errors: z.array(z.object({ path: z.string(), code: z.string(), message: z.string().optional() })).optional(),
  })
  .meta({ id: 'Problem' });

/** The OpenAPI 3.1 document of the given contracts. */
export function openApiDocument(
  contracts: readonly Contract[],
  statuses: ReadonlyMap<string, number>,
  version: string,
) {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const contract of contracts) {
    const path = contract.path.replace(/:(\w+)/g, '{$1}');
    const item = paths[path] ?? {};
    item[contract.method.toLowerCase()] = operation(contract, statuses);
    paths[path] = item;
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Gongzhi 共治',
      version,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description: 'Every refusal is an RFC 9457 problem with a stable `code`. POSTs take an `Idempotency-Key` header.',
    },
    paths: paths as ZodOpenApiPathsObject,
    components: {
      securitySchemes: {
        officer: { type: 'apiKey', in: 'cookie', name: 'gongzhi.session_token' },
        resident: { type: 'http', scheme: 'bearer' },
      },
    },
  });
}

function operation(contract: Contract, statuses: ReadonlyMap<string, number>): ZodOpenApiOperationObject {
  const requestParams: Record<string, ZodType> = {};
  if (contract.params) requestParams.path = contract.params;
  if (contract.query) requestParams.query = contract.query;
  const codesByStatus = new Map<number, string[]>();
  for (const code of refusalCodes(contract)) {
    const status = statuses.get(code);
    if (status !== undefined) codesByStatus.set(status, [...(codesByStatus.get(status) ?? []), code]);
  }
  const responses: Record<string, object> = {
    [String(contract.status ?? 200)]: {
      description: 'Done',
      content: { 'application/json': { schema: contract.answer } },
    },
  };
  for (const [status, codes] of [...codesByStatus].sort(([a], [b]) => a - b)) {
    responses[String(status)] = {
      description: codes.join(', '),
      content: { 'application/problem+json': { schema: problem } },
    };
  }
  return {
    operationId: contract.id,
    summary: contract.summary,
    tags: [contract.id.split('.')[0] ?? 'general'],
    ...(Object.keys(requestParams).length > 0 ? { requestParams } : {}),
    ...(contract.body ? { requestBody: { content: { 'application/json': { schema: contract.body } } } } : {}),
    ...securityOf(contract),
    responses,
    'x-access': contract.access,
    ...(contract.fresh ? { 'x-fresh': true } : {}),
  } as ZodOpenApiOperationObject;
}

function securityOf(contract: Contract): { security?: Record<string, string[]>[] } {
  if (contract.access.kind === 'public') return {};
  return { security: [contract.access.kind === 'resident' ? { resident: [] } : { officer: [] }] };
}

function refusalCodes(contract: Contract): string[] {
  const codes = new Set(contract.refusals);
  if (contract.access.kind !== 'public') codes.add('auth.required');
  if (contract.access.kind === 'action') codes.add('auth.forbidden');
  if (contract.access.kind === 'signed_in' || contract.access.kind === 'action') {
    if (!contract.withoutSecondFactor) codes.add('auth.second_factor_needed');
  }
  if (contract.fresh) codes.add('auth.proof_needed');
  if (contract.body || contract.query) codes.add('http.invalid_input');
  codes.add('http.too_many_requests');
  return [...codes];
}
