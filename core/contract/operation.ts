import type { z } from 'zod';

/** One operation of the API: all that validates, documents and routes it. */
export interface Operation {
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly summary: string;
  readonly request: {
    readonly path?: z.ZodObject;
    readonly query?: z.ZodObject;
    readonly body?: z.ZodType;
  };
  readonly response: {
    readonly status: 200 | 201 | 204;
    /** Absent: no content. `image/jpeg`: bytes. */
    readonly body?: z.ZodType | 'image/jpeg';
  };
  /** SOP clauses that bear on it; the first is named when nothing else refuses. */
  readonly clauses: readonly [string, ...string[]];
  /** The clause that demands a field: naming it is what a caller who left it out is told. */
  readonly fieldClauses?: Readonly<Record<string, string>>;
  /** Scopes of which an access token needs one; absent: that of people. */
  readonly scopes?: readonly string[];
}
