import { describe, expect, test } from 'vitest';
import { LiveRegion } from './live-region.js';

/** A terminal of this size that remembers what it shows. */
class Terminal {
  readonly columns = 20;
  readonly rows = 8;
  written = '';
  write(text: string): void {
    this.written += text;
  }
}

describe('LiveRegion', () => {
  test('region: the next frame goes up by the height of the last, and the same frame is not written again', () => {
    const terminal = new Terminal();
    const region = new LiveRegion(terminal);
    region.draw(['a', 'b']);
    terminal.written = '';
    region.draw(['a', 'b']);
    expect(terminal.written).toBe('');
    region.draw(['c']);
    expect(terminal.written).toContain('\u001b[2A\rc\u001b[K\n\u001b[J');
  });

  test('region: a frame that is too high or too wide is cut, never the first lines', () => {
    const terminal = new Terminal();
    new LiveRegion(terminal).draw(
      Array.from({ length: 20 }, (_, index) => `line ${index} ${'x'.repeat(30)}`),
    );
    const lines = terminal.written.split('\n').slice(0, -1);
    expect(lines).toHaveLength(7);
    expect(lines[0]).toContain('line 0');
    expect(lines[4]).toContain('14 more lines');
    expect(lines[6]).toContain('line 19');
  });

  test('region: finished lines stay, and the cursor comes back', () => {
    const terminal = new Terminal();
    const region = new LiveRegion(terminal);
    region.draw(['a']);
    terminal.written = '';
    region.done();
    expect(terminal.written).toBe('\u001b[?25h');
  });
});
