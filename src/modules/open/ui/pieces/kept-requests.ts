import { forget, recall, remember } from '../../../../platform/web/memory.ts';

/** What a person has just been given. Kept until he says that he noted it, since a phone may die before. */
export type Receipt = {
  readonly number: string;
  readonly queryCode: string;
  readonly officeName: string;
  readonly dispatchDueAt: string | null;
  readonly dueAt: string | null;
  /** The request it was joined to; absent in receipts kept by an earlier version. */
  readonly joined?: string | null;
  readonly sentAt: string;
  /** Words changed after the connection broke are not in it. */
  readonly incomplete: boolean;
};

const RECEIPT = 'receipt';
const REQUESTS = 'requests';
const MOST = 20;

export function keptReceipt(): Receipt | undefined {
  return recall(RECEIPT) as Receipt | undefined;
}

export function keepReceipt(receipt: Receipt): void {
  remember(RECEIPT, receipt);
}

export function dropReceipt(): void {
  forget(RECEIPT);
}

/** Requests the person asked this phone to remember, newest first. */
export type KeptRequest = { readonly number: string; readonly queryCode: string };

export function keptRequests(): readonly KeptRequest[] {
  const kept = recall(REQUESTS);
  return Array.isArray(kept) ? (kept as KeptRequest[]) : [];
}

/** Answers whether the phone kept it. */
export function keepRequest(request: KeptRequest): boolean {
  const others = keptRequests().filter((one) => one.number !== request.number);
  return remember(REQUESTS, [request, ...others].slice(0, MOST));
}

export function dropRequest(number: string): void {
  remember(
    REQUESTS,
    keptRequests().filter((one) => one.number !== number),
  );
}
