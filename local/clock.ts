/** The one source of time of the local system; services read it, only the system moves it. */
export interface Clock {
  /** Milliseconds since the epoch, on the virtual clock. */
  now(): number;
}
