/** Generated from the migrated schema; replaced by the schema command. */
// biome-ignore lint/suspicious/noEmptyInterface: filled by generation
export interface DB {}
