/** All activities of a worker, bound to its registry. */
import type { BatonActivities } from '../contracts/wire/activities.js';
import { createCallModel } from './call-model.js';
import { createCallTool } from './call-tool.js';
import { createReadHome } from './runtime/home.js';
import { createNotify } from './notify.js';
import { createReadApprovers } from './read-approvers.js';
import { createScoreDestinations } from './score-destinations.js';
import { createSummarizeContext } from './summarize-context.js';
import type { Registry } from './registry/registry.js';

export function createActivities(registry: Registry): BatonActivities {
  return {
    callModel: createCallModel(registry),
    callTool: createCallTool(registry),
    notify: createNotify(registry),
    readApprovers: createReadApprovers(registry),
    readHome: createReadHome(registry),
    scoreDestinations: createScoreDestinations(registry),
    summarizeContext: createSummarizeContext(registry),
  };
}
