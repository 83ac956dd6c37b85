import type { Witness } from '../../core/audit/log/publish-day';
import { type LogKey, parseWitnessKey } from '../../core/audit/log/verifier/open-note';

const answerBytesMax = 64_000;
const timeoutMs = 5000;

/**
 * A witness behind its submission prefix (C2SP tlog-witness). Whatever it answers is hostile until it is checked, and a
 * witness that cannot be reached is silent, not a failure: the day is published without it, and that is told.
 */
export class HttpWitness implements Witness {
  readonly key: LogKey;
  readonly #url: string;

  /** Throws `RangeError` for a key that is none. */
  constructor({ key, url }: { readonly key: string; readonly url: string }) {
    const parsed = parseWitnessKey(key);
    if (parsed === undefined) throw new RangeError('not a key of a witness');
    this.key = parsed;
    this.#url = `${url.replace(/\/$/, '')}/add-checkpoint`;
  }

  async ask(request: string): ReturnType<Witness['ask']> {
    try {
      const reply = await fetch(this.#url, {
        method: 'POST',
        body: request,
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      const text = await textOf(reply);
      if (reply.status === 200) return { kind: 'cosigned', lines: text };
      const size = Number(/^(0|[1-9]\d{0,15})\n$/.exec(text)?.[1] ?? Number.NaN);
      const isSize = reply.status === 409 && Number.isSafeInteger(size);
      return isSize ? { kind: 'other-size', size } : { kind: 'silent' };
    } catch {
      return { kind: 'silent' };
    }
  }
}

/** Throws for more than a witness has to say. */
async function textOf({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.length;
    if (length > answerBytesMax) throw new RangeError('the witness says too much');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
