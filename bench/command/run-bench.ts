/** How every bench goes: options in, progress on standard error, one report on standard output. */
import process from 'node:process';

export interface BenchCommand<Options extends { readonly json: boolean }, Report> {
  readonly usage: string;
  /** Undefined when only the usage is wanted. */
  readonly parse: (args: readonly string[]) => Options | undefined;
  readonly measure: (options: Options) => Promise<Report>;
  /** The report for people. */
  readonly tableOf: (report: Report) => string;
  /** Whether the report is a failure, so that the exit code says so. */
  readonly failed?: (report: Report, options: Options) => boolean;
}

/** Runs a bench to its end. A failure prints one line and exits with code 1. */
export async function runBench<Options extends { readonly json: boolean }, Report>(
  command: BenchCommand<Options, Report>,
): Promise<void> {
  const { usage, parse, measure, tableOf, failed } = command;
  try {
    const options = parse(process.argv.slice(2));
    if (!options) {
      process.stdout.write(`${usage}\n`);
      return;
    }
    const report = await measure(options);
    process.stdout.write(`${options.json ? JSON.stringify(report, null, 2) : tableOf(report)}\n`);
    if (failed?.(report, options)) process.exitCode = 1;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    // Work that is still under way is useless after a failure, so the process does not wait for it.
    process.exit(1);
  }
}

export function progress(line: string): void {
  process.stderr.write(`${line}\n`);
}
