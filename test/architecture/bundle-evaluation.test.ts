/**
 * The bundle that each run evaluates. Temporal evaluates all of a bundle's modules for each run. So the bundle costs
 * processor time at the start of every run, and memory for as long as the run is open.
 */
import assert from 'node:assert';
import { AsyncLocalStorage } from 'node:async_hooks';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';
import { DefaultLogger } from '@temporalio/worker';
import { bundleWorkflows } from '@batonhq/baton/worker';
import { describe, expect, test } from 'vitest';
import { WORKFLOWS } from '../fixtures/global-setup.js';

const PLAIN = fileURLToPath(new URL('../fixtures/plain-workflows.ts', import.meta.url));

/** The names of the modules that are evaluated when a run of this type begins, beyond those that all runs of a worker share. */
async function evaluatedOf(workflowsFile: string, type: string): Promise<string[]> {
  const { code } = await bundleWorkflows(workflowsFile, new DefaultLogger('ERROR'));
  const evaluated = new Map<string, unknown>();
  const modules = new Proxy(
    {},
    {
      get: (_, id: string) => evaluated.get(id),
      set: (_, id: string, module) => evaluated.set(id, module) === evaluated,
    },
  );
  const globals = { assert, AbortController, AsyncLocalStorage, TextEncoder, TextDecoder, URL, console };
  const sandbox = vm.createContext({ ...globals, __webpack_module_cache__: modules });
  vm.runInContext(code, sandbox);
  const shared = new Set(evaluated.keys());
  // As the SDK does: it asks for the type, and for a default.
  const found: unknown = vm.runInContext(
    `const all = __TEMPORAL__.importWorkflows(); [typeof all['${type}'], typeof all.default].join()`,
    sandbox,
  );
  expect(found).toBe('function,undefined');
  return [...evaluated.keys()].filter((id) => !shared.has(id));
}

describe('what a run evaluates', () => {
  test('bundle: a run without schemas evaluates no zod', async () => {
    const evaluated = await evaluatedOf(PLAIN, 'plain');
    expect(evaluated.filter((id) => id.includes('plain-workflows'))).toHaveLength(1);
    expect(evaluated.filter((id) => /node_modules\/zod\//.test(id))).toEqual([]);
  });

  test('bundle: a run with schemas evaluates zod, but none of the definitions that it does not use', async () => {
    const evaluated = await evaluatedOf(WORKFLOWS, 'remote');
    expect(evaluated.some((id) => /node_modules\/zod\//.test(id))).toBe(true);
    expect(evaluated.filter((id) => /contracts\/(?:approval|json-schema)\.js$/.test(id))).toEqual([]);
  });

  test('bundle: a child agent evaluates none of the orchestrations, and no zod', async () => {
    const evaluated = await evaluatedOf(WORKFLOWS, 'childAgent');
    expect(evaluated.filter((id) => /test\/fixtures|node_modules\/zod\//.test(id))).toEqual([]);
    expect(evaluated.filter((id) => id.includes('child-agent.js'))).toHaveLength(1);
  });
});
