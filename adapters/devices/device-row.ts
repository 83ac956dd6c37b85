import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import { deviceId, deviceKinds, publicKey } from '../../core/contract/devices';
import type { Device } from '../../core/devices/device';
import { StoreError } from '../stores/store-error';

export type Row = Record<string, AttributeValue>;

const text = z.object({ S: z.string().min(1) }).transform(({ S }) => S);
const time = z
  .object({ N: z.string() })
  .transform(({ N }) => Number(N))
  .pipe(z.int());

const row = z.object({
  deviceId: text.pipe(deviceId),
  kind: text.pipe(z.enum(deviceKinds)),
  publicKey: text.transform(jsonOf).pipe(publicKey),
  assignedTo: text.optional(),
  label: text,
  status: text.pipe(z.enum(['active', 'retired'])),
  registeredBy: text,
  registeredAtMs: time,
  retiredBy: text.optional(),
  retiredAtMs: time.optional(),
});

export function deviceKey(id: string): Row {
  return { deviceId: { S: id } };
}

/** The row of an active device. */
export function activeRow(device: Device): Row {
  return {
    ...deviceKey(device.deviceId),
    kind: { S: device.kind },
    publicKey: { S: JSON.stringify(device.publicKey) },
    ...(device.assignedTo === undefined ? {} : { assignedTo: { S: device.assignedTo } }),
    label: { S: device.label },
    status: { S: 'active' },
    registeredBy: { S: device.registeredBy },
    registeredAtMs: { N: String(device.registeredAtMs) },
  };
}

/** Throws `StoreError` `malformed`: such a device proves nothing. */
export function deviceOf(item: Row): Device {
  const parsed = row.safeParse(item);
  if (!parsed.success) throw new StoreError('malformed', 'devices', { cause: parsed.error });
  const { status, assignedTo, retiredBy, retiredAtMs, ...rest } = parsed.data;
  const device = { ...rest, ...(assignedTo === undefined ? {} : { assignedTo }) };
  if (status === 'active' && retiredBy === undefined && retiredAtMs === undefined) return device;
  if (retiredBy === undefined || retiredAtMs === undefined) throw new StoreError('malformed', 'devices');
  return { ...device, retired: { by: retiredBy, atMs: retiredAtMs } };
}

function jsonOf(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
