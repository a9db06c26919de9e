/** Where a request is read: its owner knows, and the memo speaks only for an owner that does not answer. */
import { expect, test } from 'vitest';
import { QUERIES } from '../../contracts/wire/wire.js';
import { honestRequest, shownRun } from '../../../test/fixtures/shown-run.js';
import { findRequest } from './find-request.js';

const request = honestRequest();
const { id } = request;

/** Finds the request when its run answers with `answer` and its memo still names it. */
const find = (answer: unknown) =>
  findRequest(shownRun(request, true, { answers: { [QUERIES.pending]: answer } }).client, id);

test('find request: a request that its owner has settled waits no longer, though the memo is a moment behind', async () => {
  expect(await find([request])).toMatchObject({ id, whole: true });
  expect(await find([])).toBeUndefined();
});

test('find request: the memo is shown for a request of a later version, and without an available worker', async () => {
  expect(await find([{ id, v: 99 }])).toMatchObject({ id, whole: false });
  expect(await find(null)).toMatchObject({ id, whole: false });
  const unanswered = shownRun(request, false).client;
  expect(await findRequest(unanswered, id)).toMatchObject({ id, whole: false });
});
