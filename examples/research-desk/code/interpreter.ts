/** The interpreter's code, compiled once for all threads of a process: each would take longer to compile it than to run. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** WebAssembly's module, whose types come with a browser's library only. */
export type Interpreter = object;

declare const WebAssembly: { compile(bytes: Uint8Array): Promise<Interpreter> };

let compiled: Promise<Interpreter> | undefined;

/** @throws when the package's file cannot be read. */
export function compileInterpreter(): Promise<Interpreter> {
  compiled ??= readFile(
    createRequire(import.meta.url).resolve('@jitl/quickjs-wasmfile-release-sync/wasm'),
  ).then((bytes) => WebAssembly.compile(bytes));
  return compiled;
}
