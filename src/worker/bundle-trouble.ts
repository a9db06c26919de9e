/** Explains in one line why workflow code cannot be bundled: the bundler's message fills pages. */
import { isBuiltin } from 'node:module';
import { relative } from 'node:path';
import { DefaultLogger, type BundleOptions, type Logger } from '@temporalio/worker';

export type WebpackConfiguration = Parameters<NonNullable<BundleOptions['webpackConfigHook']>>[0];

/** Node modules that the sandbox provides too. */
const IN_THE_SANDBOX = new Set(['assert', 'url', 'util']);
/** Modules that only a worker or a client has. */
const OUTSIDE =
  /^(@temporalio\/(worker|client|activity|testing)|@batonhq\/baton\/(worker|client|testing))(\/|$)/;
const AT_MOST = 600;

export class BundleTrouble {
  /** Passes everything to the given logger except errors, which {@link describe} reports once. */
  readonly logger: Logger;
  private readonly errors: string[] = [];
  /** Modules that do not belong in a workflow, by the file that imports them. */
  private readonly imports = new Map<string, string>();

  constructor(logger: Logger) {
    this.logger = new DefaultLogger('TRACE', ({ level, message, meta }) => {
      if (level === 'ERROR') this.errors.push(message);
      else logger.log(level, message, meta);
    });
  }

  /** The configuration, extended to watch imports. */
  watching(config: WebpackConfiguration): WebpackConfiguration {
    const look = ({ request = '', contextInfo }: Imported): Promise<undefined> => {
      const name = request.replace(/^node:/, '');
      const foreign = OUTSIDE.test(name) || (isBuiltin(name) && !IN_THE_SANDBOX.has(name));
      const from = contextInfo?.issuer ?? '';
      if (foreign && from !== '' && !this.imports.has(from)) this.imports.set(from, request);
      return Promise.resolve(undefined);
    };
    const { externals = [] } = config;
    return { ...config, externals: [look, ...(Array.isArray(externals) ? externals : [externals])] };
  }

  describe(error: unknown): string {
    const all = [...this.imports].map(([from, what]) => ({ from, what }));
    // A package's import is a consequence of a user file that imports the package, so the user file is named first.
    const found = all.find(({ from }) => !from.includes('node_modules')) ?? all[0];
    if (found !== undefined) {
      return `${relative(process.cwd(), found.from)} imports ${found.what}, which a workflow cannot have: it is carried out again after a crash, and reaches the world by way of tools only. Put what needs it into a module that only the configuration imports, as the implementation of a tool.`;
    }
    const said = this.errors.join('\n');
    const [, first] = /ERROR in ([\s\S]*?)(?:\n\s+at |$)/.exec(said) ?? [];
    const message = first ?? (error instanceof Error ? error.message : String(error));
    return message.trim().slice(0, AT_MOST);
  }
}

interface Imported {
  readonly request?: string;
  readonly contextInfo?: { readonly issuer?: string };
}
