import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { StoredSites } from '../../../adapters/sites/sites';
import { decideSite, recordInstallation } from '../../../core/cameras/site-life-cycle';
import {
  administrator,
  changeOf,
  chief,
  madeCamera,
  madeProposal,
  siteIds,
} from '../../core/cameras/made-site';
import type { LocalDynamo } from '../local-dynamo';
import { cameraRow, putCamera, startTables, tables } from './made-tables';

let local: LocalDynamo;
let sites: StoredSites;
beforeEach(async () => {
  local = await startTables();
  sites = new StoredSites({ dynamo: local.dynamo, ...tables });
});
afterEach(() => local.stop());

const approve = { decision: 'approve' } as const;

it('keeps a site with everything that was decided', async () => {
  const proposal = madeProposal();
  expect(await sites.store(proposal)).toBe('stored');
  expect(await sites.find(siteIds.courthouse)).toEqual(proposal.sites[0]);
  expect(await sites.list()).toEqual([proposal.sites[0]]);
  expect(await sites.find(siteIds.underpass)).toBeUndefined();
});

it('stores of two decisions on one state only the first', async () => {
  const proposal = madeProposal();
  await sites.store(proposal);
  const approval = changeOf(decideSite(proposal.sites[0], approve, chief));
  const back = changeOf(
    decideSite(proposal.sites[0], { decision: 'return', words: 'Not like this.' }, chief),
  );
  expect(await sites.store(approval)).toBe('stored');
  expect(await sites.store(back)).toBe('conflict');
  expect((await sites.find(siteIds.courthouse))?.state).toBe('approved');
});

it('gives the registry the approved site in the same step, in the registry’s own shape [Policy-E]', async () => {
  await installed();
  expect(await cameraRow(local, 'fixed-1')).toMatchObject({
    site: {
      M: {
        siteId: { S: siteIds.courthouse },
        latitude: { N: '40.4795' },
        longitude: { N: '-88.9938' },
        approvedBy: { S: 'made-up.chief' },
        approvedAtMs: { N: '2000' },
      },
    },
  });
});

it('takes the site out of the registry as a relocation is approved [Policy-E]', async () => {
  const relocation = madeProposal({ siteId: siteIds.underpass, from: await installed() });
  await sites.store(relocation);
  expect(await cameraRow(local, 'fixed-1')).toHaveProperty('site');
  const [there, here] = relocation.sites;
  expect(await sites.store(changeOf(decideSite(there, approve, chief, here)))).toBe('stored');
  expect(await cameraRow(local, 'fixed-1')).not.toHaveProperty('site');
  expect((await sites.find(siteIds.courthouse))?.state).toBe('vacated');
});

it('installs nothing when the camera changed meanwhile', async () => {
  const approved = await approvedSite();
  const change = changeOf(recordInstallation(approved, madeCamera(), administrator));
  await putCamera(local, madeCamera({ status: 'retired' }));
  expect(await sites.store(change)).toBe('conflict');
  expect((await sites.find(siteIds.courthouse))?.state).toBe('approved');
});

it('says that a row is malformed rather than leaving parts of it out', async () => {
  const Item = { pk: { S: 'SITE' }, sk: { S: siteIds.courthouse }, site: { S: '{"state":"made up"}' } };
  await local.dynamo.send(new PutItemCommand({ TableName: 'Sites', Item }));
  await expect(sites.list()).rejects.toMatchObject({ name: 'StoreError', code: 'malformed' });
});

async function approvedSite() {
  const proposal = madeProposal();
  await sites.store(proposal);
  const approval = changeOf(decideSite(proposal.sites[0], approve, chief));
  await sites.store(approval);
  return approval.sites[0];
}

async function installed() {
  await putCamera(local, madeCamera());
  const change = changeOf(recordInstallation(await approvedSite(), madeCamera(), administrator));
  expect(await sites.store(change)).toBe('stored');
  return change.sites[0];
}
