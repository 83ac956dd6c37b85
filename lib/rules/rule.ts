import type { IConstruct } from 'constructs';

/** Looks at one construct; says in one sentence what is wrong with it, or nothing. Pure, so it is tested on its own. */
export type Rule = (construct: IConstruct) => string | undefined;
