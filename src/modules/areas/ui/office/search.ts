/** What the address of the areas screen says. */
export type AreasSearch = Partial<Record<'view' | 'code' | 'closed' | 'estate', string>>;
