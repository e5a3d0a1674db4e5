/**
 * Keys and what is done with them. A master key lies outside the database (file made at first start, 0600, environment,
 * or a key service); keys per tenant are wrapped by it and stored in `platform.data_key`.
 */
export type Vault = {
  /** The tenant whose keys this vault holds. */
  readonly tenant: number;
  /**
   * Seals with the configured cipher under the tenant's current data key; `context` is authenticated and must be given
   * again to open. Declare every column that holds such bytes in the module's `sealed`, so that rotations reach it.
   */
  seal(tenant: number, plain: string, context: string): Buffer;
  /** Throws when the bytes were changed, the context differs or the key is gone. */
  open(tenant: number, sealed: Uint8Array, context: string): string;
  /** Keyed digest for exact look-up of sealed values (phone): equal for equal input, useless without the key. */
  blindIndex(tenant: number, purpose: string, value: string): string;
  /** The digests under every index key in use, the current first; look-ups compare with all while a rotation runs. */
  blindIndexes(tenant: number, purpose: string, value: string): readonly string[];
  /** HMAC under a key derived for `purpose`; for tokens and codes the server can recompute. 32 bytes. */
  mac(purpose: string, value: string): Buffer;
};
