/** What every use of plates must carry; whoever leaves it out is told the clause that asks for it. */
export const useClauses = { purpose: 'Policy-B', reason: 'Access-E' } as const;
