import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { S3Client } from '@aws-sdk/client-s3';
import { enrolPerson } from './enrol-person';
import { personFile } from './enrolment-files';
import { replayFailedRecords } from './replay-failed-records';
import { outputOf, readOutputs } from './stack-outputs';

const help = `Usage: npm run operate -- COMMAND [options]

What the platform team does by hand, with its own AWS credentials.

Commands:
  enrol-person --file FILE           an account with its access record (docs/formats/enrolment.md)
  replay-failed-records --object KEY puts a failed batch back on its stream

Options:
  --outputs FILE   written by: cdk deploy --all --outputs-file FILE (default outputs.json)
  --help           this text
`;

async function main(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      file: { type: 'string' },
      object: { type: 'string' },
      outputs: { type: 'string', default: 'outputs.json' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const [command] = positionals;
  if (values.help || command === undefined) {
    console.log(help);
    return values.help ? 0 : 2;
  }
  const outputs = readOutputs(values.outputs);
  switch (command) {
    case 'enrol-person': {
      const temporaryPassword = `${randomBytes(12).toString('base64url')}-Aa1`;
      const person = personFile.parse(readJson(values.file));
      await enrolPerson(
        { cognito: new CognitoIdentityProviderClient(), dynamodb: new DynamoDBClient() },
        { userPoolId: outputOf(outputs, 'UserPoolId'), peopleTable: outputOf(outputs, 'PeopleTable') },
        person,
        temporaryPassword,
      );
      console.log(
        `Enrolled. Temporary password, good for one day, to be handed over in person: ${temporaryPassword}`,
      );
      return 0;
    }
    case 'replay-failed-records': {
      const count = await replayFailedRecords(
        { s3: new S3Client(), kinesis: new KinesisClient() },
        outputOf(outputs, 'FailuresBucket'),
        values.object ?? '',
      );
      console.log(`${count} records are back on their stream.`);
      return 0;
    }
    default:
      console.error(`There is no command ${command}.\n\n${help}`);
      return 2;
  }
}

function readJson(path: string | undefined): unknown {
  if (path === undefined) throw new Error('name the file with --file FILE');
  return JSON.parse(readFileSync(path, 'utf8'));
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  },
);
