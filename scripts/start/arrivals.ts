import { decodeRecord } from '../../core/reads/admit-record';
import type { Read } from '../../core/reads/read';
import type { LocalSystem } from '../../local/system';

/** The reads that lie on the streams, as their consumers got them: each once, whatever was sent twice. */
export function readsOnStreams(system: LocalSystem): readonly Read[] {
  const byId = new Map<string, Read>();
  for (const name of system.services.kinesis.streamNames())
    for (const { data } of system.services.kinesis.dump(name))
      for (const { read } of readsOf(data)) byId.set(read.readId, read);
  return [...byId.values()];
}

function readsOf(bytes: Uint8Array) {
  for (const source of ['camera', 'detected'] as const) {
    const decoded = decodeRecord(source, bytes);
    if (decoded.kind === 'decoded') return decoded.reads;
  }
  return [];
}
