import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { StoredAuditLog } from '../../adapters/audit/audit-log';
import { StoredDeviceRegistry } from '../../adapters/devices/devices';
import { StoredPeopleRecords } from '../../adapters/people/people-records';
import { type EventSource, newEvent } from '../../core/audit/event';
import type { Configuration } from '../../core/contract/configuration';
import type { DeviceRegistration } from '../../core/contract/devices';
import { type Device, isSameDevice, registerDevice } from '../../core/devices/device';
import { hashedUuid } from '../../core/hashed-uuid';
import { livePerson } from '../../core/people/record';
import { asInTheFile } from '../../core/sharing/sharing-now';
import { operator, systemEvents } from './operator';

export interface DevicePlaces {
  readonly peopleTable: string;
  readonly devicesTable: string;
  readonly auditEventsTable: string;
}

/**
 * Puts the first console or phone into the registry [Access-G]: whoever registers the others needs one to do it with.
 * By the same rules as `register-device` of the API; the row is stored before its event, which is made of the row, so
 * that repeating completes it. Throws for a device that may not be registered, and for a key that stands otherwise.
 */
export async function registerFirstDevice(
  dynamo: DynamoDBClient,
  places: DevicePlaces,
  registration: DeviceRegistration,
  facts: { readonly training: Configuration['training']; readonly events?: EventSource },
): Promise<Device> {
  const nowMs = (facts.events ?? systemEvents).now();
  const onMalformed = () => undefined;
  const people = new StoredPeopleRecords({ dynamo, table: places.peopleTable, onMalformed });
  const { assignedTo } = registration;
  const record = assignedTo === undefined ? undefined : await people.find(assignedTo);
  const assignee = record && livePerson(record, { training: facts.training, sharing: asInTheFile, nowMs });
  const made = registerDevice(registration, { assignee, by: operator.name, nowMs });
  if (made.kind === 'invalid') throw new Error(`${made.field} ${made.message}`);

  const registry = new StoredDeviceRegistry({ dynamo, table: places.devicesTable, onMalformed });
  const device = await registry.register(made.device);
  if (!isSameDevice(device, made.device))
    throw new Error('this key stands in the registry otherwise, or was retired; make a new one');
  const audit = new StoredAuditLog({ dynamo, table: places.auditEventsTable });
  await audit.appendOnce(registeredEvent(device));
  return device;
}

function registeredEvent({ deviceId, assignedTo, registeredAtMs }: Device) {
  const newId = () => hashedUuid(`platekeeper device registered ${deviceId}`);
  return newEvent(
    { now: () => registeredAtMs, newId },
    {
      kind: 'device-changed',
      actor: operator,
      operation: 'register-device',
      deviceId,
      change: 'registered',
      assignedTo,
    },
  );
}
