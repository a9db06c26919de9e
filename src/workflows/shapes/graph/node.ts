/** The nodes of a graph: functions of the state, agents, people, and other orchestrations. */
import type { Json } from '../../../contracts/data/json.js';
import type { AnyParticipant, Participant } from '../../../contracts/definitions/participant.js';
import { type Orchestration, getDefinition } from '../../orchestration/definition.js';
import { runSubflow } from '../../orchestration/subflow.js';
import { delegate } from '../../handoff/verbs.js';
import { getRun, type Verbs } from '../../orchestration/verbs.js';

/** The verbs of a node: all except moving control out of the graph. */
export type NodeVerbs = Omit<Verbs<undefined>, 'handoff'>;

/** A node: takes the state, and returns its changes. `item` is the item of a fan-out branch. */
export type GraphNode<State> = (
  state: State,
  verbs: NodeVerbs,
  item: Json,
) => Partial<State> | Promise<Partial<State>>;

/** The input for a node that an agent, person or orchestration runs, and how its result changes the state. */
export interface Work<State, In, Out> {
  readonly input: (state: State, item: Json) => In;
  readonly output: (result: Out, state: State, item: Json) => Partial<State>;
}

/** A node that gives its work to an agent, a person, or another orchestration. Control returns with the result. */
export function node<State, In, Out>(
  who: Participant<string, In, Out> | Orchestration<In, Out>,
  { input, output }: Work<State, NoInfer<In>, NoInfer<Out>>,
): GraphNode<State> {
  return async (state, verbs, item) => {
    const given = input(state, item);
    const whole = verbs as Verbs<undefined>;
    const result =
      typeof who === 'function'
        ? await runSubflow(whole, who, given)
        : await delegate(getRun(whole), who as AnyParticipant, given);
    return output(result as Out, state, item);
  };
}

/** Whether a value can be a node. */
export function isNode(value: unknown): boolean {
  return typeof value === 'function' && getDefinition(value) === undefined;
}
