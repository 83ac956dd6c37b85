import { App, Stack } from 'aws-cdk-lib';
import cdk from '../../cdk.json';
import { loadConfiguration } from '../../lib/config';
import { addPlatekeeper } from '../../lib/platekeeper';
import { acknowledgements } from '../../scripts/docs/acknowledgements';

describe('acknowledged findings', () => {
  const app = new App({ context: cdk.context });
  addPlatekeeper(app, loadConfiguration('config/bloomington.json'));
  const all = acknowledgements(app);

  it('stand on single resources, never on a stack or the app', () => {
    const wide = new Set(
      app.node
        .findAll()
        .filter((each) => each === app || Stack.isStack(each))
        .map((each) => each.node.path),
    );
    expect(all.length).toBeGreaterThan(50);
    expect(all.filter((each) => wide.has(each.resource))).toEqual([]);
  });

  it('each give a reason that a reviewer can judge', () => {
    expect(all.filter(({ reason }) => reason.split(' ').length < 6)).toEqual([]);
  });
});
