/** The tools of the scenarios' agents, which answer what the scenario says. Loaded after the configuration. */
import { implement, type ToolImplementation } from '@batonhq/baton/worker';
import type { CallArgs, Scenario, ToolName } from '../scenario.js';
import { askPerson, lookUp, readThread } from './team.js';

export function toolsOf(scenarios: readonly Scenario[]): ToolImplementation[] {
  const calls = scenarios.flatMap(({ agents }) => agents.flat().flatMap((turn) => turn.calls));
  const results = new Map(calls.map(({ tool, args, result }) => [keyOf(tool, args), result]));
  const answer = (tool: ToolName, args: CallArgs): string => {
    const result = results.get(keyOf(tool, args));
    if (result === undefined) throw new Error(`No scenario has ${tool} answer ${JSON.stringify(args)}.`);
    return result;
  };
  return [
    implement(lookUp, (args) => answer('look_up', args)),
    implement(readThread, (args) => answer('read_thread', args)),
    implement(askPerson, (args) => answer('ask_person', args)),
  ];
}

function keyOf(tool: ToolName, args: CallArgs): string {
  return [tool, args.case, 'about' in args ? args.about : args.question].join('\n');
}
