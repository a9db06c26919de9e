/** Runs a crew for each of several inputs: each is a part of the run, and all run at once. */
import { createDefinitionError, createInputError } from '../../../contracts/errors.js';
import { clip } from '../../../contracts/data/preview.js';
import type { TeamDefinition } from '../../../contracts/definitions/team.js';
import { getDefinition, type Orchestration } from '../../orchestration/definition.js';
import { orchestration } from '../../orchestration/orchestration.js';
import { getSubflowName, runSubflow } from '../../orchestration/subflow.js';

/** The step limit for a run of several crews. */
const MAX_STEPS = 10_000;

/**
 * An orchestration that runs a crew for each input, and returns their outputs in the order of the inputs. When one fails,
 * the others are cancelled, and the run fails with its error.
 *
 * @throws {BatonError} `BAD_DEFINITION` when `crew` is not an orchestration; in a run `BAD_INPUT` for an input that is not
 * a list.
 */
export function kickoffForEach<In, Out>(crew: Orchestration<In, Out>): Orchestration<readonly In[], Out[]> {
  const definition = getDefinition(crew);
  if (definition === undefined)
    throw createDefinitionError('kickoffForEach(crew): that is not a crew. Pass the result of crew(…).');
  const name = `${getSubflowName(crew)}_for_each`;
  return orchestration<TeamDefinition | undefined, readonly In[], Out[]>(
    { name, team: definition.options.team, maxSteps: MAX_STEPS },
    (inputs, verbs) => {
      if (!Array.isArray(inputs))
        throw createInputError(
          `The input of ${name} is ${clip(String(inputs), 60)}, and must be a list: an input for each kickoff.`,
        );
      const branches = (inputs as readonly In[]).map((input) => () => runSubflow(verbs, crew, input));
      return verbs.parallel(branches) as Promise<Out[]>;
    },
  );
}
