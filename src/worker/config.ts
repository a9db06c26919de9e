/** The settings of a user's configuration. */
import type { ToolImplementation } from '../activities/tools/implement.js';
import type { ApprovalPolicy } from '../contracts/definitions/policy.js';
import type { PriceTable } from '../contracts/definitions/price.js';
import type { Duration } from '../contracts/data/duration.js';
import type { OidcSettings } from '../contracts/proof/oidc-settings.js';
import type { TeamDefinition } from '../contracts/definitions/team.js';
import type { Notifier } from '../notices/notifier.js';
import type { Model } from '../models/model/model.js';

/** How this worker verifies who decides on the actions that it carries out. */
export interface ApprovalsConfig {
  /** `signed`: a decision counts only if someone in the registry signed it. */
  readonly mode: 'signed' | 'unauthenticated';
  /** For `signed`: the file `approvers.json`, relative to the configuration's folder. It is read again at each use. */
  readonly registry?: string;
  /** This worker's own policies. They come before those of the teams that it serves: if one of these applies, only it counts. */
  readonly policies?: readonly ApprovalPolicy[];
  /** Accepts unverified decisions from a server that is not on this machine. Anyone who can reach the server can then approve. */
  readonly unauthenticatedBeyondLoopback?: true;
}

/** How people sign in at the inbox page, in addition to one-time links. */
export interface InboxConfig {
  /** Lets people sign in with tokens of an OpenID Connect issuer, signed with a public key. */
  readonly oidc?: OidcSettings;
  /**
   * With signed decisions: roles of the registry that may read every request and every run. Without it, each person reads
   * the requests that their roles may decide, and the runs in which they have decided.
   */
  readonly readers?: readonly string[];
}

/** The content of `baton.config.ts`: the orchestrations, and everything that they need outside of the sandbox. */
export interface BatonConfig {
  /**
   * The file whose exports are the workflow types, relative to the configuration's folder. Only `baton crew run` works
   * without it, because it brings its own.
   */
  readonly workflows?: string;
  /**
   * The module that exports `crewTools`, relative to the configuration's folder. It maps the tool names in crew files to
   * tools, e.g. `{ SerperDevTool: search }`. The sandbox loads it too, so it contains definitions only.
   */
  readonly crewTools?: string;
  /** Teams whose agents the worker serves, in addition to those that the workflows name. */
  readonly teams?: readonly TeamDefinition[];
  readonly tools?: readonly ToolImplementation[];
  /**
   * By the names that agents use; `default` serves all other names. Without any models: the provider that the environment
   * names.
   */
  readonly models?: Readonly<Record<string, Model>>;
  /** The prices of models. Without them no cost is counted, and a cost budget fails closed. */
  readonly prices?: PriceTable;
  /**
   * How decisions are verified. Without it decisions are not verified, which a worker accepts only from a server on its own
   * machine.
   */
  readonly approvals?: ApprovalsConfig;
  /** A file; a relative path is relative to the configuration's folder. Default `file:.baton/store.db`. */
  readonly store?: string;
  /**
   * A separate file for the receipts of irreversible actions, and the signatures that were spent on them. Set it for a
   * permission whose actions other workers must not be able to repeat: write access to `store` is not enough to remove a
   * receipt there. All workers of the permission share it. Default `store`.
   */
  readonly receipts?: string;
  /**
   * Whether the store keeps what each model was sent, so that `baton show --prompt` and the inbox page can show it; default
   * true. It is deleted with the run's other texts.
   */
  readonly keepPrompts?: boolean;
  /** The folder for the output files of crews, relative to the configuration's folder. Default `.baton/outputs`. */
  readonly outputs?: string;
  /**
   * How long a step with a transient failure is retried: a provider or a store that does not respond, or a worker that
   * lacks either. Default `6 hours`. Then the step fails with the last failure's code.
   */
  readonly retryFor?: Duration;
  /**
   * How many steps (model calls, tool calls, notices) the worker carries out at the same time, on each of its queues.
   * Default 200, because a step mostly waits for another system. Set fewer if tools use the processor themselves.
   */
  readonly activitySlots?: number;
  readonly inbox?: InboxConfig;
  /**
   * How people learn about their pending requests: `webhook`, `email`, or your own notifier. Without any, no notices are
   * sent.
   */
  readonly notify?: readonly Notifier[];
  /** The public address of the inbox page, e.g. `https://inbox.example.com`. Notices link to it. */
  readonly inboxUrl?: string;
  /** Default: the name in the project's `package.json`, or of the folder, as in `acme-desk`. */
  readonly taskQueue?: string;
}

/** Types a configuration; `baton worker` reads its default export. */
export function defineConfig(config: BatonConfig): BatonConfig {
  return config;
}
