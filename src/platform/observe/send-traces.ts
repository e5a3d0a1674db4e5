import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, type SpanExporter, type SpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { SCOPE } from './trace.ts';

export type TraceSettings = {
  /** Where spans go: the OTLP/HTTP address of a collector, e.g. http://collector:4318/v1/traces. */
  readonly url: string;
  readonly version: string;
  /** In place of the exporter to `url`; for tests. */
  readonly exporter?: SpanExporter;
};

/**
 * Sends traces until closed. The collector's address comes from the settings alone, so this is the one call that does not
 * go through `outgoing.ts`. Libraries make spans, too, with whatever they hold: only ours are sent.
 */
export function sendTraces(settings: TraceSettings): { close(): Promise<void> } {
  const batch = new BatchSpanProcessor({ exporter: settings.exporter ?? new OTLPTraceExporter({ url: settings.url }) });
  const ours: SpanProcessor = {
    onStart: (span, parent) => batch.onStart(span, parent),
    onEnd: (span) => {
      if (span.instrumentationScope.name === SCOPE) batch.onEnd(span);
    },
    forceFlush: () => batch.forceFlush(),
    shutdown: () => batch.shutdown(),
  };
  const resource = resourceFromAttributes({ 'service.name': 'gongzhi', 'service.version': settings.version });
  const provider = new TracerProvider({ resource, spanProcessors: [ours] });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(provider);
  return {
    async close() {
      await provider.shutdown();
      trace.disable();
      context.disable();
    },
  };
}
