/** The nodes of a graph: functions of the state, agents, people, and other orchestrations. */
import type { Json } from '../../../contracts/data/json.js';
import type { AnyParticipant, Participant } from '../../../contracts/definitions/participant.js';
import { type Orchestration, getDefinition } from '../../orchestration/definition.js';
import { runSubflow } from '../../orchestration/subflow.js';
import { delegate } from '../../handoff/verbs.js';
import { getRun, type Verbs } from '../../orchestration/verbs.js';

/** What a node may do: everything but moving control out of the graph. */
export type NodeVerbs = Omit<Verbs<undefined>, 'handoff'>;

/** A node: takes the state, and gives what changes of it. `item` is its own where it is one branch of a fan-out. */
export type GraphNode<State> = (
  state: State,
  verbs: NodeVerbs,
  item: Json,
) => Partial<State> | Promise<Partial<State>>;

/** What a node that is somebody's work is given, and what of their result goes into the state. */
export interface Work<State, In, Out> {
  readonly input: (state: State, item: Json) => In;
  readonly output: (result: Out, state: State, item: Json) => Partial<State>;
}

/** A node that gives an agent, a person, or another orchestration its work. Control comes back with the result. */
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

/** Whether something can be a node. */
export function isNode(value: unknown): boolean {
  return typeof value === 'function' && getDefinition(value) === undefined;
}
