/** A crew as plain JSON, for what reads crews from files: agents and tasks refer to each other by their names. */

/** An agent; placeholders stand in its role, goal and backstory. */
export interface CrewAgentSpec {
  readonly name: string;
  readonly role: string;
  readonly goal: string;
  readonly backstory: string;
  /** By the names under which tools are given beside the crew. With a tool it holds the permission that the tool needs. */
  readonly tools: readonly string[];
  readonly allowDelegation?: boolean;
  readonly maxIterations?: number;
  /** A name under `models` in the configuration. */
  readonly model?: string;
}

/** A task; placeholders stand in its texts. */
export interface CrewTaskSpec {
  readonly name: string;
  readonly description: string;
  readonly expectedOutput: string;
  /** An agent's name. */
  readonly agent?: string;
  /** Names of earlier tasks. */
  readonly context?: readonly string[];
  readonly async?: boolean;
  readonly humanReview?: boolean;
  readonly outputFile?: string;
  /** Conditions in words. */
  readonly guardrail?: readonly string[];
  readonly guardrailRetries?: number;
}

/** A crew: `crewFromSpec` makes an orchestration of it. */
export interface CrewSpec {
  readonly name: string;
  readonly process: 'sequential' | 'hierarchical';
  /** The name of one of the agents, who then has no tasks of its own. */
  readonly manager?: string;
  readonly agents: readonly CrewAgentSpec[];
  readonly tasks: readonly CrewTaskSpec[];
}
