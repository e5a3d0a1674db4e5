/** The most cases a person may choose in a list at once; requests take them twenty at a time. */
export const MOST_CHOSEN = 200;
