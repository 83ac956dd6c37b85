import { neighbourTasks } from '../../../core/alerts/neighbours';
import { madeAlert, madeRecord, madeSighting, madeStolen, madeVehicle } from './made-alert';
import { inBoth, inNone, inNormal, madeNeighbours } from './made-neighbours';

const alert = madeAlert(1, { vehicle: madeStolen(), position: inNone });
const tasksOf = (changes: Parameters<typeof madeRecord>[0]) =>
  neighbourTasks(madeRecord({ alert, ...changes }), madeNeighbours).map(({ neighbour, notification }) =>
    notification === undefined ? neighbour.id : `${neighbour.id} told`,
  );
const takenOnAt = (position: typeof inNormal) => ({
  acknowledgement: { acknowledgedBy: 'made-up.officer', acknowledgedAtMs: 1, position },
});
const notification = {
  neighbour: 'normal',
  told: 'Dispatch, by radio',
  atMs: 1,
  recordedBy: 'made-up.officer',
  recordedAtMs: 2,
};

it('nobody is to be told of a stolen vehicle that is nowhere near a border [Policy-I]', () => {
  expect(tasksOf({ trail: [madeSighting(1)] })).toEqual([]);
});

it.each([
  ['its first read', { alert: { ...alert, position: inNormal } }],
  ['a later read', { trail: [madeSighting(1), madeSighting(2, { position: inNormal })] }],
  ['the officer who took it on, though no camera saw it there', takenOnAt(inNormal)],
])('the task opens early by %s inside a neighbour [Policy-I]', (_, changes) => {
  expect(tasksOf(changes)).toEqual(['normal']);
});

it('each neighbour whose border holds the place is to be told [Policy-I]', () => {
  expect(tasksOf(takenOnAt(inBoth))).toEqual(['normal', 'eastville']);
});

it('who was told stays on the alert as done [Policy-I]', () => {
  expect(tasksOf({ ...takenOnAt(inBoth), notifications: [notification] })).toEqual([
    'normal told',
    'eastville',
  ]);
  expect(tasksOf({ notifications: [notification] })).toEqual(['normal told']);
});

it.each(['stolen-plate', 'stolen-vehicle'] as const)('it is a duty for a %s [Policy-I]', (concern) => {
  const listed = { ...alert, position: inNormal, vehicle: madeStolen({ concern }) };
  expect(tasksOf({ alert: listed })).toEqual(['normal']);
});

it('it is none for what is not stolen', () => {
  expect(tasksOf({ alert: { ...alert, position: inNormal, vehicle: madeVehicle() } })).toEqual([]);
});
