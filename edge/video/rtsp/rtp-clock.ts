/**
 * Gives RTP's times, which count from anywhere and begin anew after 32 bits, as milliseconds since the first one. Times
 * may go back a little: pictures are sent in the order of decoding.
 */
export class RtpClock {
  #last: number | undefined;
  #ticks = 0;

  /** Units a second. */
  constructor(private readonly rate: number) {}

  msOf(timestamp: number): number {
    this.#ticks += (timestamp - (this.#last ?? timestamp)) | 0;
    this.#last = timestamp;
    return (this.#ticks * 1000) / this.rate;
  }
}
