/** It needs nothing but the event. */
export const env = {} as const;
