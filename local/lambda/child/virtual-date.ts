/**
 * Replaces `globalThis.Date` by one whose present is `now()`: `new Date()`, `Date()` and `Date.now()`. Dates made
 * from arguments, `instanceof` and `Date.prototype` stay what they were. Returns the undo.
 */
export function installVirtualDate(now: () => number): () => void {
  const RealDate = globalThis.Date;
  const VirtualDate = new Proxy(RealDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    apply: () => new RealDate(now()).toString(),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  });
  globalThis.Date = VirtualDate;
  return () => {
    globalThis.Date = RealDate;
  };
}

/** Real time in milliseconds since the epoch, whatever `Date` has been replaced by. */
export const realNowMs = () => performance.timeOrigin + performance.now();
