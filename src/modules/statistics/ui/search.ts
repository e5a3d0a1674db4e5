/** Parts of the screen's address. */
export const FIGURES_SEARCH = ['area', 'by', 'period', 'from', 'to'] as const;
