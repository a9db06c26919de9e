/** What a user configures. */
import type { ToolImplementation } from '../activities/tools/implement.js';
import type { ApprovalPolicy } from '../contracts/definitions/policy.js';
import type { PriceTable } from '../contracts/definitions/price.js';
import type { Duration } from '../contracts/data/duration.js';
import type { OidcSettings } from '../contracts/proof/oidc-settings.js';
import type { TeamDefinition } from '../contracts/definitions/team.js';
import type { Notifier } from '../notices/notifier.js';
import type { Model } from '../models/model/model.js';

/** How it is proven who decides on what this worker carries out. */
export interface ApprovalsConfig {
  /** `signed`: only decisions count that are signed by who stands in the registry. */
  readonly mode: 'signed' | 'unauthenticated';
  /** For `signed`: the file `approvers.json`, seen from the configuration's own folder. Read anew whenever it is asked. */
  readonly registry?: string;
  /** This worker's own policies, before those of the teams that it serves: where one of these applies, it alone counts. */
  readonly policies?: readonly ApprovalPolicy[];
  /** Accepts unproven decisions of a server that is not on this machine. Anybody who can reach it can then approve. */
  readonly unauthenticatedBeyondLoopback?: true;
}

/** How people sign in at the inbox page, beside one-time links. */
export interface InboxConfig {
  /** Lets people in by tokens of an OpenID Connect issuer, signed with a public key. */
  readonly oidc?: OidcSettings;
  /**
   * Where decisions are signed: roles of the registry that read every request and every run. Without, each reads what their
   * roles may decide, and the runs in which they have decided.
   */
  readonly readers?: readonly string[];
}

/** What `baton.config.ts` says: the orchestrations, and all that they need outside of the sandbox. */
export interface BatonConfig {
  /**
   * The file whose exports are the workflow types, seen from the configuration's own folder. Only `baton crew run` does
   * without, which brings its own.
   */
  readonly workflows?: string;
  /**
   * The module that exports `crewTools`, seen from the configuration's own folder: what stands for the tools that crews of
   * files name, `{ SerperDevTool: search }`. It is loaded in the sandbox too, so it has definitions only.
   */
  readonly crewTools?: string;
  /** Teams whose agents the worker serves, beside those that the workflows name. */
  readonly teams?: readonly TeamDefinition[];
  readonly tools?: readonly ToolImplementation[];
  /** By the names that agents use; `default` serves the rest. Without any: the provider that the environment names. */
  readonly models?: Readonly<Record<string, Model>>;
  /** What models cost. Without it no cost is counted, and a budget of cost fails closed. */
  readonly prices?: PriceTable;
  /** How it is proven who decides. Without it nobody is, which a worker accepts of a server on its own machine only. */
  readonly approvals?: ApprovalsConfig;
  /** A file; a relative path is seen from the configuration's own folder. Default `file:.baton/store.db`. */
  readonly store?: string;
  /**
   * A file of its own for the receipts of actions that cannot be undone, and the signatures that were spent on them. Give one to
   * the workers of a permission that others must not be able to make act twice: whoever writes `store` cannot take a receipt away
   * there. All workers of the permission share it. Default `store`.
   */
  readonly receipts?: string;
  /** The folder into which crews write their output files, seen from the configuration's own. Default `.baton/outputs` there. */
  readonly outputs?: string;
  /**
   * How long a step is retried whose failure may pass: a provider or a store that does not answer, a worker that lacks
   * either. Default `6 hours`. Then the step fails with the last failure's code.
   */
  readonly retryFor?: Duration;
  /**
   * How many steps (model calls, tool calls, notices) the worker carries out at the same time, on each of its queues.
   * Default 200: a step mostly waits for somebody else. Fewer where tools use the processor themselves.
   */
  readonly activitySlots?: number;
  readonly inbox?: InboxConfig;
  /** By what people are told of what waits for them: `webhook`, `email`, or your own. Without any, nobody is told. */
  readonly notify?: readonly Notifier[];
  /** By which address people reach the inbox page, e.g. `https://inbox.example.com`: what they are told links there. */
  readonly inboxUrl?: string;
  /** Default: the name in the project's `package.json`, or of the folder, as in `acme-desk`. */
  readonly taskQueue?: string;
}

/** Types a configuration; its default export is what `baton worker` reads. */
export function defineConfig(config: BatonConfig): BatonConfig {
  return config;
}
