import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { buildViewUrl, renderViewScript, VIEWS } from './web-ui-views.js';

test('web ui: the script keeps other views and namespaces, and adds its own once', () => {
  const other = { id: '1', name: 'Mine', query: 'WorkflowType="x"', type: 'user' };
  const kept = new Map([['saved-workflow-queries', JSON.stringify({ default: [other], prod: [other] })]]);
  const localStorage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  };
  let reloads = 0;
  const location = { reload: () => (reloads += 1) };
  for (let times = 0; times < 2; times += 1)
    runInNewContext(renderViewScript('default'), { localStorage, location });
  expect(reloads).toBe(2);
  const read = (key: string): unknown => JSON.parse(kept.get(key) ?? '');
  const views = VIEWS.map(({ name, query }): unknown => expect.objectContaining({ name, query }));
  expect(read('saved-workflow-queries')).toEqual({ default: [other, ...views], prod: [other] });
  expect(read('saved-namespace-queries')).toEqual({ default: views });
  expect(read('namespace-workflow-table-columns')).toEqual({
    default: expect.arrayContaining([{ label: 'BatonState', pinned: false }]),
  });
});

test('web ui: the address of a view has its query; without a Web UI there is no address', () => {
  const [view] = VIEWS;
  const server = { namespace: 'my desk', uiUrl: 'http://127.0.0.1:8233' } as Parameters<
    typeof buildViewUrl
  >[0];
  expect(view && buildViewUrl(server, view)).toBe(
    'http://127.0.0.1:8233/namespaces/my%20desk/workflows?query=ExecutionStatus%3D%22Running%22%20AND%20BatonState%3D%22waiting%22',
  );
  expect(view && buildViewUrl({ ...server, uiUrl: undefined } as never, view)).toBeUndefined();
});
