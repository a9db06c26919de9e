/** A crew as plain JSON, for crews that are read from files: agents and tasks refer to each other by name. */

/** An agent. Its role, goal and backstory can contain placeholders. */
export interface CrewAgentSpec {
  readonly name: string;
  readonly role: string;
  readonly goal: string;
  readonly backstory: string;
  /**
   * Names of the tools that are passed together with the crew. A tool also gives the agent the permission that it
   * requires.
   */
  readonly tools: readonly string[];
  readonly allowDelegation?: boolean;
  readonly maxIterations?: number;
  /** A name under `models` in the configuration. */
  readonly model?: string;
}

/** A task. Its texts can contain placeholders. */
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
  /** Conditions, written as text. */
  readonly guardrail?: readonly string[];
  readonly guardrailRetries?: number;
}

/** A crew. `crewFromSpec` creates an orchestration from it. */
export interface CrewSpec {
  readonly name: string;
  readonly process: 'sequential' | 'hierarchical';
  /** The name of one of the agents, which then has no tasks. */
  readonly manager?: string;
  readonly agents: readonly CrewAgentSpec[];
  readonly tasks: readonly CrewTaskSpec[];
}
