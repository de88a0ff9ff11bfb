import type { Run, Step } from '../../model/index.ts';
import { changesText, mainChanges } from './changes.ts';
import { eventText, recordText, workText } from './say.ts';

/** Something that happened in a turn, in words. */
export interface Happening {
  readonly text: string;
  /** It is the step at which the property fails. */
  readonly failed: boolean;
}

/** A turn of the environment, and what kswapd did after it until it waited again. */
export interface TurnStory {
  /** The index of the turn; undefined for what kswapd does before the first. */
  readonly turn: number | undefined;
  /** Where kswapd waited. */
  readonly at: string;
  readonly environment: readonly Happening[];
  readonly kswapd: readonly Happening[];
}

/** A run as its turns. */
export function turnStories({ steps }: Pick<Run, 'steps'>, failedStep: number | undefined): readonly TurnStory[] {
  const stories: TurnStory[] = [];
  let environment: Happening[] = [];
  let kswapd: Happening[] = [];
  if (steps[0]?.kind === 'transition') stories.push({ turn: undefined, at: 'start', environment, kswapd });
  steps.forEach((step, i) => {
    const failed = i === failedStep;
    if (step.kind === 'work') {
      environment = [];
      kswapd = [];
      stories.push({ turn: step.turn, at: step.at, environment, kswapd });
    }
    const text = happeningText(step);
    if (text === '' && !failed) return;
    const list = step.kind === 'work' || step.kind === 'event' ? environment : kswapd;
    list.push({ text: failed ? failedText(step, text) : text, failed });
  });
  return stories;
}

const failedText = (step: Step, text: string): string =>
  [step.kind === 'event' ? '' : `${step.at}:`, text === '' ? 'nothing changes' : text].join(' ').trim();

function happeningText(step: Step): string {
  switch (step.kind) {
    case 'work':
      return workText(step);
    case 'event':
      return eventText(step);
    case 'transition':
    case 'resume': {
      // That a run begins at priority 12, for the order of the wake before it, goes without saying.
      const begins = step.at === 'balancePgdat';
      const changes = begins ? '' : changesText(mainChanges(step.before, step.after));
      const records = step.records.map((record) => recordText(record, step.after.node));
      return [changes, ...records].filter((text) => text !== '').join('; ');
    }
  }
}
