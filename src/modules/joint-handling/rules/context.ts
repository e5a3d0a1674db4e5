import type { Party } from './words.ts';

/** Who acts, and as what. */
export type Acting = {
  readonly id: string;
  /** Every organisation of his posts that takes part, by what it is there. */
  readonly standing: ReadonlyMap<Party, readonly string[]>;
  /** Every organisation in which he holds a post: what independence is judged by. */
  readonly organisationIds: readonly string[];
};

/** An organisation that a command names, as it is today. */
export type Called = {
  readonly id: string;
  readonly kind: string;
  readonly level: 'city' | 'county' | 'town' | 'village';
  readonly name: string;
  readonly active: boolean;
  /** The area it stands for. */
  readonly areaCode: string;
};

export type Context = {
  readonly now: Date;
  readonly acting: Acting;
  /** The organisations that the command names, where they exist, and those already called. */
  readonly organisations: ReadonlyMap<string, Called>;
};
