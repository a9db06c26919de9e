import { expect, test } from 'vitest';
import { z } from 'zod';
import { agent } from '../../contracts/definitions/agent.js';
import type { Definition } from '../../contracts/definitions/definition.js';
import { tool } from '../../contracts/definitions/tool.js';
import { scriptedModel } from '../../testing/scripted-model.js';
import { createRegistry, getAgent } from './registry.js';

const search = tool({ name: 'search', description: 'Searches.', input: z.object({}) });
const ann = agent({ name: 'ann', goal: 'Go.', tools: [search], model: 'smal' });
const bob = agent({ name: 'bob', goal: 'Go.' });
const models = { default: scriptedModel({}), small: scriptedModel({}) };
// Nothing of the store is used.
const store = {} as never;

test('registry: all problems are reported at once', () => {
  const other = agent({ name: 'bob', goal: 'Come.' });
  expect(() =>
    createRegistry({
      definitions: [ann, bob, other] as unknown as Definition[],
      implementations: [],
      models,
      store,
    }),
  ).toThrow(
    expect.objectContaining({
      message: expect.stringMatching(
        /^There are 3 problems:\n- Two agents are named bob.*\n- Agent ann uses the tool search.*\n- .*model "smal".*Did you mean "small"\?$/,
      ),
    }),
  );
});

test('registry: an unknown agent is reported with the nearest name', () => {
  const definitions = [bob] as unknown as Definition[];
  const registry = createRegistry({ definitions, implementations: [], models, store });
  expect(() => getAgent(registry, 'bbo')).toThrow('It has: bob. Did you mean "bob"?');
});
