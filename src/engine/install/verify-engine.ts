/** Whether a file is a working `temporal` executable, found out by running it. */
import { execFile } from 'node:child_process';

export type Verdict =
  { readonly ok: true; readonly version: string } | { readonly ok: false; readonly why: string };

/** Long enough for the first start of a 250 MB file on a cold disk. */
const VERIFY_TIMEOUT_MS = 20_000;

/** Runs `FILE --version`. `version` is the server's, since a CLI built by Go calls itself 0.0.0-DEV. */
export function verifyEngine(file: string, env: NodeJS.ProcessEnv): Promise<Verdict> {
  return new Promise((resolve) => {
    execFile(
      file,
      ['--version'],
      { env, timeout: VERIFY_TIMEOUT_MS, killSignal: 'SIGKILL' },
      (error, stdout, stderr) => {
        if (error) {
          const said = stderr.trim().split('\n').at(-1) || error.message.split('\n')[0];
          resolve({
            ok: false,
            why: error.killed ? `no answer to --version in ${VERIFY_TIMEOUT_MS / 1000} s` : `${said}`,
          });
          return;
        }
        const server = /^temporal version .*\bServer (\d+\.\d+\.\d+)/m.exec(stdout)?.[1];
        resolve(
          server
            ? { ok: true, version: server }
            : {
                ok: false,
                why: `--version says ${JSON.stringify(stdout.trim().slice(0, 80))}, not a Temporal server's version`,
              },
        );
      },
    );
  });
}
