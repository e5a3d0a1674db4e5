/**
 * Keys and what is done with them. A master key lies outside the database (file made at first start, 0600, or
 * environment); data keys per tenant are wrapped by it and stored in `platform.data_key`.
 */
export type Vault = {
  /** The tenant whose keys this vault holds. */
  readonly tenant: number;
  /** AES-256-GCM under the tenant's current data key; `context` is authenticated and must be given again to open. */
  seal(tenant: number, plain: string, context: string): Buffer;
  /** Throws when the bytes were changed, the context differs or the key is gone. */
  open(tenant: number, sealed: Uint8Array, context: string): string;
  /** Keyed digest for exact look-up of sealed values (phone): hex, equal for equal input, useless without the key. */
  blindIndex(tenant: number, purpose: string, value: string): string;
  /** HMAC-SHA-256 under a key derived for `purpose`; for tokens and codes the server can recompute. */
  mac(purpose: string, value: string): Buffer;
};
