/** Shows a run while it continues: redrawn in place on a terminal, as lines elsewhere. */
import type { Story } from '../../schemas/documents/story.js';
import { drawTree } from '../pages/draw-tree.js';
import type { LineStyle } from '../terminal/palette.js';
import type { Screen } from '../terminal/screen.js';
import { buildStepTree, type Step } from '../pages/step-tree.js';
import { formatDifficulties, describeModels, formatState } from '../pages/story-page.js';
import { formatDuration } from '../../client/text/time.js';
import { escapeText } from '../terminal/escape-text.js';

const FRAME_EVERY_MS = 100;

export class LiveTree {
  private readonly screen: Screen;
  private readonly models: readonly string[];
  private readonly timer: NodeJS.Timeout | undefined;
  private story: Story | undefined;
  private frame = 0;
  private paused = false;
  /** Steps that were printed before a pause. */
  private readonly told = new Set<string>();

  constructor(screen: Screen, models: readonly string[]) {
    this.screen = screen;
    this.models = models;
    this.timer = screen.isLive ? setInterval(() => this.draw(), FRAME_EVERY_MS) : undefined;
  }

  show(story: Story): void {
    this.story = escapeText(story);
    this.draw();
  }

  /** Where the output cannot be redrawn, news are printed line by line. */
  tell<T>(news: readonly T[], format: (each: T, style: LineStyle) => string): void {
    const { isLive, noteStyle } = this.screen;
    if (!isLive) this.screen.note(...news.map((each) => format(each, noteStyle)));
  }

  /** Leaves the drawing on the screen, so that something else can be written below it. */
  pause(): void {
    if (this.paused) return;
    this.draw();
    this.paused = true;
    this.screen.settle('keep');
    for (const step of this.steps()) if (step.state === 'done') this.told.add(step.path);
  }

  resume(): void {
    this.paused = false;
  }

  stop(): void {
    clearInterval(this.timer);
    if (!this.paused) this.draw();
    this.paused = true;
    this.screen.settle('keep');
  }

  private steps(): Step[] {
    return this.story ? buildStepTree(this.story) : [];
  }

  private draw(): void {
    const { story, screen } = this;
    if (!screen.isLive || this.paused || !story) return;
    this.frame += 1;
    const style = {
      width: Math.min(screen.width - 2, 110),
      palette: screen.notePalette,
      details: false,
      now: Date.now(),
      frame: this.frame,
    };
    const steps = this.steps().filter(({ path }) => !this.told.has(path));
    const tree = steps.length > 0 ? drawTree(steps, style) : [];
    const head = this.told.size > 0 ? [] : this.head(story);
    screen.draw([...head, ...tree, ...formatDifficulties(story, style)]);
  }

  private head(story: Story): string[] {
    const { notePalette: palette } = this.screen;
    const end = story.endedAt ? Date.parse(story.endedAt) : Date.now();
    const models = describeModels(story.models.length > 0 ? story.models : this.models);
    return [
      `${palette.strong(story.workflow)}  ${formatState(story, palette)}  ${palette.quiet(formatDuration(end - Date.parse(story.startedAt)))}`,
      palette.quiet(`${story.owner} has control · ${models}`),
    ];
  }
}
