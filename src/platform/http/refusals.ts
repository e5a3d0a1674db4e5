/** Refusals any route may answer with; modules add their own. Statuses are always 4xx but for the last two. */
export const HTTP_REFUSALS = {
  'http.bad_json': 400,
  'http.invalid_input': 400,
  'http.bad_request': 400,
  'auth.required': 401,
  'auth.forbidden': 403,
  'http.origin_refused': 403,
  'http.not_found': 404,
  'http.method_not_allowed': 405,
  'http.timeout': 408,
  'http.idempotency_in_progress': 409,
  'http.body_too_large': 413,
  'http.unsupported_media_type': 415,
  'http.idempotency_mismatch': 422,
  'http.too_many_requests': 429,
  'http.internal': 500,
  'http.unavailable': 503,
} as const satisfies Readonly<Record<string, number>>;
