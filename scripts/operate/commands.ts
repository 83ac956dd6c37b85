import { readFileSync } from 'node:fs';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { S3Client } from '@aws-sdk/client-s3';
import type { Configuration } from '../../core/contract/configuration';
import { deviceRegistration } from '../../core/contract/devices';
import { enrolPerson } from './enrol-person';
import { missingTopics, parseTraining, personFile, requirePlace } from './enrolment-files';
import { linkPerson } from './link-person';
import { registerFirstDevice } from './register-device';
import { replayFailedRecords } from './replay-failed-records';

/** What a command may ask for; each throws with the option's or output's name where that is missing. */
export interface CommandInput {
  readonly option: (name: string) => string;
  readonly file: () => string;
  readonly trained: readonly string[];
  readonly trainedAll: string | undefined;
  readonly output: (name: string) => string;
  readonly configuration: () => Configuration;
}

/** Each does its work and says what came of it. */
export const commands: Readonly<Record<string, (input: CommandInput) => Promise<string>>> = {
  'enrol-person': async (input) => {
    const configuration = input.configuration();
    const { email, ...person } = personFile.parse(readJson(input.file()));
    requirePlace(person, configuration);
    const training = parseTraining(input, { configuration, nowMs: Date.now() });
    const address = email === undefined ? {} : { email };
    const { temporaryPassword } = await enrol(input, { ...person, ...address, training });
    const missing = missingTopics(training, configuration);
    return [
      temporaryPassword === undefined
        ? 'Enrolled. The invitation goes to the e-mail address, unless the account is in use already.'
        : `Enrolled. Temporary password, good for one day, to be handed over in person: ${temporaryPassword}`,
      ...(missing.length === 0 ? [] : [`Nothing opens before these are recorded: ${missing.join(', ')}.`]),
    ].join('\n');
  },
  'enrol-personnel-feed': async (input) => {
    const { department, divisions } = input.configuration();
    const clientId = input.output('PersonnelFeedClientId');
    await enrol(input, {
      username: clientId,
      role: 'personnel-feed',
      agency: department.agencyId,
      division: divisions[0] ?? '',
      sworn: false,
      training: new Map(),
    });
    return `The personnel system may send its feed as client ${clientId}; its secret: aws cognito-idp describe-user-pool-client`;
  },
  'register-device': async (input) => {
    const { deviceId } = await registerFirstDevice(
      new DynamoDBClient(),
      {
        peopleTable: input.output('PeopleTable'),
        devicesTable: input.output('DevicesTable'),
        auditEventsTable: input.output('AuditEventsTable'),
      },
      deviceRegistration.parse(readJson(input.file())),
      { training: input.configuration().training },
    );
    return `Registered: ${deviceId}`;
  },
  'link-person': async (input) => {
    const { federation } = input.configuration();
    if (federation === undefined) throw new Error('the configuration has no identity provider');
    await linkPerson(new CognitoIdentityProviderClient(), {
      userPoolId: input.output('UserPoolId'),
      username: input.option('user'),
      provider: federation.name,
      subject: input.option('subject'),
    });
    return 'Linked.';
  },
  'replay-failed-records': async (input) => {
    const count = await replayFailedRecords(
      { s3: new S3Client(), kinesis: new KinesisClient() },
      input.output('FailuresBucket'),
      input.option('object'),
    );
    return `${count} records are back on their stream.`;
  },
};

function enrol({ output }: CommandInput, person: Parameters<typeof enrolPerson>[2]) {
  return enrolPerson(
    { cognito: new CognitoIdentityProviderClient(), dynamodb: new DynamoDBClient() },
    {
      userPoolId: output('UserPoolId'),
      peopleTable: output('PeopleTable'),
      auditEventsTable: output('AuditEventsTable'),
    },
    person,
  );
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}
