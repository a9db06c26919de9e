/** Whether a worker is available for a run, as lists show it. */
import { expect, test } from 'vitest';
import { BatonError } from '../../contracts/errors.js';
import { honestRequest, shownRun } from '../../../test/fixtures/shown-run.js';
import { createAsker } from './ask-run.js';

const ask = (error: Error) => {
  const { client } = shownRun(honestRequest());
  client.workflow.getHandle('pays-1').query = () => Promise.reject(error);
  return createAsker(client)('desk', 'pays-1');
};

test('ask: a server error does not count as an answer, so the run is not shown as served', async () => {
  expect(await ask(new Error('1 CANCELLED: context canceled'))).toBeUndefined();
});

test('ask: a missing run needs no worker', async () => {
  expect(await ask(new BatonError('UNKNOWN_RUN', 'There is no run pays-1.'))).toEqual({ answer: null });
});
