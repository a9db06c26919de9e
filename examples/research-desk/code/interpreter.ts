/** The interpreter's code, compiled once for all threads of a process, because compiling takes longer than running. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** A WebAssembly module, whose types exist only in a browser's library. */
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
