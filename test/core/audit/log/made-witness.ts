import { createHash, sign } from 'node:crypto';
import { splitNote } from '../../../../core/audit/log/verifier/note';
import { madeKey } from './made-log';

const name = 'witness.example/w1';
const { privateKey, publicKey } = madeKey(Buffer.alloc(32, 9));
const typed = Buffer.concat([Buffer.of(0x04), publicKey]);
const id = createHash('sha256').update(`${name}\n`).update(typed).digest().subarray(0, 4);

/** What a verifier is given of the made-up witness. */
export const witnessKeyText = `${name}+${id.toString('hex')}+${typed.toString('base64')}`;

/** The line that the made-up witness adds to a note (C2SP tlog-cosignature). */
export function cosignature(note: string, atS: number): string {
  const text = splitNote(Buffer.from(note))?.text ?? '';
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(BigInt(atS));
  const signature = sign(null, Buffer.from(`cosignature/v1\ntime ${atS}\n${text}`), privateKey);
  return `— ${name} ${Buffer.concat([id, time, signature]).toString('base64')}\n`;
}
